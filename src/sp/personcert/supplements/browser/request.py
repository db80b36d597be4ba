"""The officers' form that asks for a supplement (H136, H163), and the page of one that waits."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from zope.component import getMultiAdapter
from zope.i18nmessageid import Message

from sp.personcert import _
from sp.personcert.cases.tabs import CaseForm
from sp.personcert.checklist import domain as checklist_domain
from sp.personcert.checklist import queries as checklist
from sp.personcert.checklist.domain import Row
from sp.personcert.foundation.forms.days import typed_day
from sp.personcert.foundation.texts import cleaned, one_line

from .. import operations, queries
from ..domain import Item, Request

NO_DAY = _("refused_supplement_no_day", default="Skriv dagen som ÅÅÅÅ-MM-DD, eller lämna tomt.")


@dataclass(frozen=True)
class AskedRow:
    """A row of the checklist that can be asked for."""

    key: str
    title: str
    mandatory: bool
    is_missing: bool  # else it was judged as insufficient
    is_ticked: bool
    wish: str

    @property
    def field(self) -> str:
        """The name of the field for the wish."""
        return f"wish-{self.key}"


@dataclass(frozen=True)
class Wanted:
    """A row of a request as it is shown."""

    title: str
    wish: str


class SupplementPage(CaseForm):
    """Base of both forms."""

    tab = "review"

    @property
    def page_url(self) -> str:
        """The address of the page."""
        return f"{self.url}/@@komplettering"

    @property
    def done_word(self) -> str:
        """What was just done: ``begard`` or ``tillbaka``."""
        return "" if self.request["REQUEST_METHOD"] == "POST" else str(self.request.form.get("klart", ""))

    @cached_property
    def open_request(self) -> Request | None:
        """The request that waits for the customer."""
        return queries.open_request(self.case)

    def wanted(self, asked: Request) -> list[Wanted]:
        """The rows of a request."""
        return [Wanted(self.case.rule.slot(item.slot_key).title, item.wish) for item in asked.items]


class AskForSupplement(SupplementPage):
    """Which rows, what of each, what more, and by when. A request that waits is shown instead."""

    name = "supplement"

    def __call__(self) -> Any:
        if self.request["REQUEST_METHOD"] == "GET" and self.open_request:
            return getMultiAdapter((self.context, self.request), name="ta-tillbaka-komplettering")()
        return super().__call__()

    @cached_property
    def ticked(self) -> list[str]:
        """The keys of the rows that were ticked."""
        sent = self.request.form.get("row", [])
        keys = sent if isinstance(sent, list) else [sent]
        return list(dict.fromkeys(key for key in keys if isinstance(key, str)))

    @cached_property
    def found(self) -> tuple[Row, ...]:
        """The checklist."""
        return checklist.rows(self.case)

    @property
    def rows(self) -> list[AskedRow]:
        """What is missing or was judged as insufficient."""
        return [self._row(row) for row in self.found if row.is_open]

    @property
    def unjudged(self) -> int:
        """How many answers wait for an officer first."""
        return len(checklist_domain.unjudged(self.found))

    @property
    def answer_by(self) -> str:
        """The last day as it stands in the field."""
        return self.typed("answer_by", queries.default_day(self.case).isoformat())

    @property
    def text_typed(self) -> str:
        """What stands in the field for more, as it would be stored."""
        return cleaned(self.typed("text"))

    @property
    def earlier(self) -> list[Request]:
        """Requests that have ended, the newest first."""
        return list(reversed(queries.requests(self.case)))

    def problems(self) -> dict[str, Message]:
        """A day that cannot be read."""
        unreadable = self.typed("answer_by").strip() and self._day() is None
        return {"answer_by": NO_DAY} if unreadable else {}

    def handle(self, creation_id: str) -> str:
        """To the request, as it waits."""
        items = [Item(key, self.typed(f"wish-{key}")) for key in self.ticked]
        operations.request(self.case, items, self.text_typed, self._day(), creation_id)
        return f"{self.page_url}?klart=begard"

    def _day(self) -> date | None:
        return typed_day(self.typed("answer_by"))

    def _row(self, row: Row) -> AskedRow:
        is_sent = self.request["REQUEST_METHOD"] == "POST"
        key, missing = row.slot.key, row.answer is None
        reason = row.answer.verdict_reason if row.answer else ""
        ticked = key in self.ticked if is_sent else row.slot.mandatory or not missing
        wish = one_line(self.typed(f"wish-{key}", "" if is_sent else reason))
        return AskedRow(key, row.slot.title, row.slot.mandatory, missing, ticked, wish)


class WithdrawSupplement(SupplementPage):
    """The request that waits, and the button that takes it back."""

    name = "withdraw-supplement"

    def kept(self) -> str:
        """Which request the page shows: another one is not taken back unseen."""
        return self.open_request.request_id if self.open_request else ""

    def handle(self, creation_id: str) -> str:
        """To the form, for another request. What is taken back already stays so."""
        operations.withdraw(self.case, creation_id, seen=self.token.kept)
        return f"{self.page_url}?klart=tillbaka"
