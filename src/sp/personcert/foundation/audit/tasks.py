"""The task view of the audit."""

from typing import Any

from Products.Five.browser import BrowserView
from zope.interface import implementer

from sp.personcert.interfaces import IOwnView

from .sealing import seal


@implementer(IOwnView)
class SealAudit(BrowserView):
    """Seals what is new on this site."""

    def __call__(self) -> Any:
        batch = seal(self.context)
        return f"batch {batch.number}" if batch else "nothing"
