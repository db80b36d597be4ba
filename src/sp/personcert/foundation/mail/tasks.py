"""The task view of notices."""

from collections.abc import Sequence
from datetime import date

from Products.Five.browser import BrowserView
from zope.component import getUtility
from zope.interface import implementer

from sp.personcert.interfaces import IOwnView

from ..taskqueue import is_done
from ..taskqueue.interfaces import ENVIRON_ID
from . import gathering
from .composing import compose, notice_letter
from .delivery import EFFECT, AddressRefused, deliver
from .interfaces import Channel, IMailRecipient, IPostalChannel


@implementer(IOwnView)
class SendNotice(BrowserView):
    """Tells the person that the context stands for what waits, in the way that counts now.

    The parameter ``notice`` is the id of the task's own notice; the others that wait go with it.
    """

    def __call__(self) -> str:
        task_id = self.request.environ[ENVIRON_ID]
        kinds = gathering.take(self.context, self.request.form["notice"], task_id)
        if not kinds:
            return "sent with another"
        # What has left the house is not sent by another way, whatever the person has changed meanwhile.
        said = "sent before" if is_done(self.request, EFFECT) else self._tell(kinds)
        gathering.remove(self.context, task_id)
        return said

    def _tell(self, kinds: Sequence[str]) -> str:
        recipient = IMailRecipient(self.context)
        if recipient.channel == Channel.HELD:
            return self._post(kinds, recipient.post_from)
        if recipient.channel == Channel.POST or not recipient.mail_address:
            return self._post(kinds, None)
        letter = notice_letter(kinds, recipient.mail_language)
        task_id = self.request.environ[ENVIRON_ID]
        message = compose(recipient.mail_address, recipient.mail_language, letter, task_id)
        try:
            deliver(self.request, message)
        except AddressRefused as refusal:
            recipient.refused(refusal.code)
            return self._post(kinds, IMailRecipient(self.context).post_from)
        return "sent"

    def _post(self, kinds: Sequence[str], from_day: date | None) -> str:
        language = IMailRecipient(self.context).mail_language
        task_id = self.request.environ[ENVIRON_ID]
        getUtility(IPostalChannel).put(self.context, kinds, language, from_day, key=task_id)
        return "by post"
