"""The task that makes the PDF."""

from Products.Five.browser import BrowserView
from zope.interface import implementer

from sp.personcert.interfaces import IOwnView

from . import operations


@implementer(IOwnView)
class SignCertificate(BrowserView):
    """``<certificate>/@@sign-certificate``, for the task queue only."""

    def __call__(self) -> str:
        operations.sign(self.context)
        return "signed"
