"""The tab Ladda upp intyg and its form MEDDELA OSS (H101–H119, H132–H134)."""

from functools import cached_property
from typing import Any, NamedTuple

from zExceptions import NotFound
from zope.component import getMultiAdapter
from zope.i18nmessageid import Message

from sp.personcert import _
from sp.personcert.cases.domain import DECIDED, CaseState
from sp.personcert.cases.tabs import CaseForm, CasePage
from sp.personcert.cases.vocabularies import KINDS
from sp.personcert.foundation.access import may
from sp.personcert.foundation.permissions import Permission
from sp.personcert.foundation.transitions import state_of

from .. import domain, operations, queries
from .rows import ShownRow, shown_rows


class Look(NamedTuple):
    """How a status looks: its tone, its icon, its word."""

    css: str
    icon: str
    word: str


STATUSES: dict[str, tuple[str, str, Message]] = {
    "missing": ("kw-status", "#kw-none", _("status_missing", default="Saknas")),
    "received": ("kw-status kw-status--info", "#kw-doc", _("status_received", default="Mottaget")),
    "told": ("kw-status kw-status--info", "#kw-mail", _("status_told", default="Meddelat")),
    "approved": ("kw-status kw-status--ok", "#kw-ok", _("status_approved", default="Godkänt")),
    "insufficient": (
        "kw-status kw-status--wait",
        "#kw-alert",
        _("status_insufficient", default="Behöver kompletteras"),
    ),
}


class UploadTab(CasePage):
    """The table of slots; ``is_form`` says whether MEDDELA OSS stands under it."""

    tab = "upload"
    is_form = False
    message_label = _("column_message", default="Meddelande")

    def prepare(self) -> None:
        """When the case is decided the tab is gone (H143)."""
        super().prepare()
        if self.state in DECIDED:
            raise NotFound

    @cached_property
    def state(self) -> str:
        """The state of the case."""
        return state_of(self.context)

    @property
    def waits_for_decision(self) -> bool:
        """Whether nothing more can be sent because the decision is next."""
        return self.state == CaseState.READY_FOR_DECISION

    @cached_property
    def may_upload(self) -> bool:
        """Asked once for the page."""
        return may(Permission.UPLOAD, self.context)

    @cached_property
    def is_armed(self) -> bool:
        """Whether MEDDELA OSS waits to be pressed (H133)."""
        return queries.may_notify(self.context)

    @property
    def notified(self) -> str:
        """When it was last pressed."""
        return f"{self.context.notified_at:%Y-%m-%d %H:%M}"

    @property
    def was_told(self) -> bool:
        """Whether the person just told why a document is missing."""
        return self.request.form.get("klart") == "meddelat"

    @property
    def type_title(self) -> str:
        """The type as a word inside a sentence (H111)."""
        title = self.context.type_title
        return f"{title[:1].lower()}{title[1:]}"

    @property
    def kind(self) -> Message:
        """The kind of the case (H111, H138)."""
        return KINDS[self.context.kind]

    @cached_property
    def found(self) -> tuple[domain.Row, ...]:
        """The checklist."""
        return queries.rows(self.context)

    def rows(self) -> list[ShownRow]:
        """The checklist as rows of the table."""
        return shown_rows(self.context, self.found, self.url)

    def statuses(self) -> dict[str, Look]:
        """The looks of every status, translated once."""
        return {key: Look(css, icon, self.text(word)) for key, (css, icon, word) in STATUSES.items()}

    @property
    def waiting(self) -> list[str]:
        """Titles of the rows that wait for the customer (H134)."""
        return [slot.title for slot in domain.unanswered(self.found)]


class Upload(UploadTab):
    """The tab itself. While MEDDELA OSS may be pressed its form shows the tab."""

    def __call__(self) -> Any:
        if self.request["REQUEST_METHOD"] == "GET" and self.may_upload and self.is_armed:
            return getMultiAdapter((self.context, self.request), name="meddela-oss")()
        return super().__call__()


class NotifyUs(UploadTab, CaseForm):
    """MEDDELA OSS: one notice, however often it is pressed (H132, H133)."""

    name = "notify-us"
    is_form = True

    def handle(self, creation_id: str) -> str:
        """Tell the officers."""
        operations.notify_us(self.context)
        return f"{self.url}/@@ladda-upp-intyg"
