"""A site that cannot send mail is a reason to call somebody."""

from zope.interface import implementer

from ..taskqueue.interfaces import IHealthCheck
from .delivery import is_configured


@implementer(IHealthCheck)
class MailNotConfigured:
    """The settings of the mail server are missing, and mail waits."""

    code = "mail_not_configured"

    def is_failing(self) -> bool:
        """Whether no mail can leave the present site."""
        return not is_configured()
