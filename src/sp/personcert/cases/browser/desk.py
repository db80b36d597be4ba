"""The officers' work lists: what waits for us, the oldest first (H160)."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from zope.i18nmessageid import Message

from sp.personcert import _
from sp.personcert.customers import queries as customers
from sp.personcert.foundation.access import may
from sp.personcert.foundation.clock import today
from sp.personcert.foundation.forms import token
from sp.personcert.foundation.forms.page import Page
from sp.personcert.foundation.identity import current_user_id
from sp.personcert.foundation.permissions import Permission

from .. import queries
from ..queries import WorkList
from ..vocabularies import KINDS
from .officer import Take

MINE = "mine"
PAGE_SIZE = 50
TITLES: dict[str, Message] = {
    WorkList.NOTIFIED.value: _("list_notified", default="MEDDELA OSS"),
    WorkList.WAITING.value: _("list_waiting", default="Väntar på handläggare"),
    WorkList.MESSAGES.value: _("list_messages", default="Meddelanden att besvara"),
    WorkList.READY.value: _("list_ready", default="Inför beslut"),
    MINE: _("list_mine", default="Mina ärenden"),
}
WAITED_SINCE = {
    WorkList.NOTIFIED.value: "notified_at",
    WorkList.MESSAGES.value: "customer_wrote_at",
}


@dataclass(frozen=True)
class DeskRow:
    """A case in a list. ``token`` is there when the person may take it."""

    case_number: str
    url: str
    holder: str
    type_title: str
    kind: Message
    since: datetime
    waited: Message
    officer: str
    token: token.FormToken | None


class Desk(Page):
    """The page ”Att göra nu”."""

    @cached_property
    def counts(self) -> dict[str, int]:
        """Code of the list → how many cases stand in it."""
        return {code: queries.length(self._name(code)) for code in TITLES}

    @cached_property
    def chosen(self) -> str:
        """The list that is shown: the one asked for, else the first that is not empty."""
        asked = str(self.request.form.get("lista", ""))
        if asked in TITLES:
            return asked
        return next((code for code, count in self.counts.items() if count), WorkList.NOTIFIED.value)

    @property
    def tiles(self) -> list[tuple[str, int, Message]]:
        """Code, count and title of every list."""
        return [(code, self.counts[code], title) for code, title in TITLES.items()]

    @property
    def heading(self) -> Message:
        """The title of the list that is shown."""
        return TITLES[self.chosen]

    @cached_property
    def page_number(self) -> int:
        """The page of the list, from 1."""
        asked = str(self.request.form.get("sida", ""))
        return max(1, int(asked)) if asked.isdecimal() and len(asked) < 7 else 1

    @property
    def has_next(self) -> bool:
        """Whether more cases follow."""
        return self.counts[self.chosen] > self.page_number * PAGE_SIZE

    @cached_property
    def rows(self) -> list[DeskRow]:
        """The cases of the page."""
        start = (self.page_number - 1) * PAGE_SIZE
        found = queries.work_list(self._name(self.chosen), start, PAGE_SIZE)
        return [self._row(case) for case in found]

    def _name(self, code: str) -> str:
        return queries.mine(current_user_id()) if code == MINE else code

    def _row(self, case: Any) -> DeskRow:
        since = getattr(case, WAITED_SINCE.get(self.chosen, "opened_at"))
        return DeskRow(
            case.case_number,
            case.absolute_url_path(),
            customers.above(case).full_name,
            case.type_title,
            KINDS[case.kind],
            since,
            waited((today() - since.date()).days),
            case.officer_name,
            self._token(case),
        )

    def _token(self, case: Any) -> token.FormToken | None:
        if case.officer_id or not may(Permission.TAKE, case):
            return None
        return token.issue(self.request, f"{Take.name}@{'/'.join(case.getPhysicalPath())}", case.officer_id)


def waited(days: int) -> Message:
    """How long something has waited, in calendar days."""
    if days < 1:
        return _("waited_today", default="i dag")
    if days == 1:
        return _("waited_one_day", default="1 dag")
    return _("waited_days", default="${days} dagar", mapping={"days": days})
