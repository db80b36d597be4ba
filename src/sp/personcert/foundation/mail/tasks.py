"""The task view of mail."""

from typing import Any

from Products.Five.browser import BrowserView
from zope.interface import implementer

from sp.personcert.interfaces import IOwnView

from ..taskqueue import GiveUp
from ..taskqueue.interfaces import ENVIRON_ID
from .composing import Letter, compose
from .delivery import deliver
from .interfaces import IMailRecipient
from .texts import NoticeKind, notice_text


@implementer(IOwnView)
class SendNotice(BrowserView):
    """Sends the notice ``kind`` to the person that the context stands for, if it still wants any."""

    def __call__(self) -> Any:
        recipient = IMailRecipient(self.context)
        if not recipient.wants_mail:
            return "not wanted"
        if not recipient.mail_address:
            raise GiveUp("no address")
        text = notice_text(NoticeKind(self.request.form["kind"]), recipient.mail_language)
        letter = Letter(text.subject, (text.sentence,))
        task_id = self.request.environ[ENVIRON_ID]
        message = compose(recipient.mail_address, recipient.mail_language, letter, task_id)
        return "sent" if deliver(self.request, message) else "sent before"
