"""The tab Meddelanden: threads, newest first (H53–H73)."""

from functools import cached_property
from typing import Any

from zope.component import getMultiAdapter
from zope.i18nmessageid import Message

from sp.personcert import _
from sp.personcert.cases import queries as cases
from sp.personcert.cases.tabs import CasePage
from sp.personcert.foundation.access import may
from sp.personcert.foundation.identity import current_user_id
from sp.personcert.foundation.permissions import Permission

from .. import queries
from ..interfaces import IMessage
from ..vocabularies import TYPES
from .rows import ShownThread, shown_thread

PAGE_SIZE = 20
RECEIPTS: dict[str, Message] = {
    "skickat": _("status_message_sent", default="Meddelandet har skickats"),
    "utkast": _("status_draft_kept", default="Utkastet är sparat. Bara du ser det."),
}


class MessagesTab(CasePage):
    """What the list and the two forms show alike; ``writing`` names the form that is open."""

    tab = "messages"
    writing = ""
    answered_id = ""

    @cached_property
    def tab_url(self) -> str:
        """The address of the list."""
        return f"{self.case.absolute_url_path()}/@@meddelanden"

    @cached_property
    def may_write(self) -> bool:
        """Asked once for the page."""
        return may(Permission.WRITE_MESSAGE, self.case)

    @property
    def oldest_first(self) -> bool:
        """The list begins with the newest unless the address says otherwise (H57)."""
        return self.request.form.get("ordning") == "aldst"

    @property
    def sort_url(self) -> str:
        """The same list the other way round."""
        return self.tab_url if self.oldest_first else f"{self.tab_url}?ordning=aldst"

    @property
    def receipt(self) -> Message | None:
        """What just happened, by a code in the address."""
        return RECEIPTS.get(str(self.request.form.get("klart", "")))

    @cached_property
    def threads(self) -> list[queries.Thread]:
        """Every thread of the certification."""
        return queries.threads(self.case, newest_first=not self.oldest_first)

    @cached_property
    def start(self) -> int:
        """Where the page begins; the thread that is being answered is always on it."""
        for number, thread in enumerate(self.threads if self.answered_id else ()):
            if thread.message.getId() == self.answered_id:
                return number - number % PAGE_SIZE
        wanted = str(self.request.form.get("fran", ""))
        start = int(wanted) if wanted.isdecimal() and len(wanted) < 7 else 0
        return start if start < len(self.threads) else 0

    def rows(self) -> list[ShownThread]:
        """The threads of this page."""
        types = {kind.value: self.text(label) for kind, label in TYPES.items()}
        reader = current_user_id()
        shown = self.threads[self.start : self.start + PAGE_SIZE]
        return [shown_thread(thread, types, self.tab_url, reader) for thread in shown]

    def page_url(self, step: int) -> str:
        """The address of the page before (-1) or after (1) this one, "" when there is none."""
        start = self.start + step * PAGE_SIZE
        if start <= -PAGE_SIZE or start >= len(self.threads):
            return ""
        order = "&ordning=aldst" if self.oldest_first else ""
        return f"{self.tab_url}?fran={max(start, 0)}{order}"

    @cached_property
    def new_draft(self) -> Any:
        """A new message that was kept and not sent (H66)."""
        return queries.draft(cases.of_same_type(self.case)[-1]) if self.may_write else None


class Messages(MessagesTab):
    """The tab itself. ``?svara=`` and ``?nytt=1`` hand over to the form that they open."""

    def __call__(self) -> Any:
        form = self._wanted_form() if self.request["REQUEST_METHOD"] == "GET" and self.may_write else None
        return form() if form is not None else super().__call__()

    def _wanted_form(self) -> Any | None:
        answered = str(self.request.form.get("svara", ""))
        for one in cases.of_same_type(self.case) if answered else ():
            message = one._getOb(answered, None)
            if message is not None and IMessage.providedBy(message):
                return getMultiAdapter((message, self.request), name="svara")
        if self.request.form.get("nytt"):
            newest = cases.of_same_type(self.case)[-1]
            return getMultiAdapter((newest, self.request), name="nytt-meddelande")
        return None
