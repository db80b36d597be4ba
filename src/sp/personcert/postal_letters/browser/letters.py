"""The list of letters by post: print them, tick them off (H42)."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from plone import api
from zope.i18nmessageid import Message

from sp.personcert import _
from sp.personcert.foundation.clock import today
from sp.personcert.foundation.forms.form import Form

from .. import operations, queries
from ..domain import LetterState
from ..queries import Listed
from . import words

PAGE_SIZE = 50
PRINT, POST = "print", "post"
NOTHING_CHOSEN = _("refused_no_letter_chosen", default="Kryssa för minst ett brev.")


@dataclass(frozen=True)
class Row:
    """A letter in the list. ``printed`` is the day of the latest printing, ``obstacle`` why there is none."""

    id: str
    customer: str
    number: str
    url: str
    titles: tuple[Message | str, ...]
    reason: Message | None
    since: date
    state: Message
    printed: str
    printed_by: str
    obstacle: Message | None
    is_chosen: bool


class Letters(Form):
    """``/brev``: one form with check boxes and two buttons."""

    name = "brev"
    made: bytes = b""

    @cached_property
    def listed(self) -> list[Listed]:
        """The letters of the page, and the first of the next."""
        return queries.waiting(today(), (self.page_number - 1) * PAGE_SIZE, PAGE_SIZE + 1)

    @cached_property
    def rows(self) -> list[Row]:
        """The same for the template. Everything is chosen that has not been printed, else everything."""
        found = self.listed[:PAGE_SIZE]
        fresh = any(one.letter.state is LetterState.WAITING and not one.obstacle for one in found)
        return [self._row(one, fresh) for one in found]

    @property
    def can_print(self) -> bool:
        """Whether any letter of the page can be printed."""
        return any(row.obstacle is None for row in self.rows)

    @property
    def for_others(self) -> int:
        """How many letters named officers see."""
        return queries.for_others(today())

    @cached_property
    def page_number(self) -> int:
        """The page of the list, from 1."""
        return max(1, _number(self.typed("sida")))

    @cached_property
    def has_next(self) -> bool:
        """Whether more letters follow."""
        return len(self.listed) > PAGE_SIZE

    @property
    def posted(self) -> int:
        """How many letters were ticked off just now."""
        return 0 if self.request["REQUEST_METHOD"] == "POST" else _number(self.typed("postade"))

    @property
    def is_cancelled(self) -> bool:
        """Whether a letter was struck out just now."""
        return bool(self.request.form.get("klart") == "struket")

    @cached_property
    def chosen(self) -> list[str]:
        """The ids that were ticked."""
        sent = self.request.form.get("brev", [])
        return [one for one in (sent if isinstance(sent, list | tuple) else [sent]) if isinstance(one, str)]

    def problems(self) -> dict[str, Message]:
        """Nothing chosen."""
        return {} if self.chosen else {"": NOTHING_CHOSEN}

    def handle(self, creation_id: str) -> str:
        """Print, or tick off."""
        if self.typed("do") == POST:
            return f"{self.site_url}/brev?postade={operations.tick_off(self.chosen)}"
        self.made = operations.print_letters(self.chosen)
        return ""

    def done(self, target: str) -> Any:
        """The PDF, to be saved or opened beside the page; it is kept by no cache."""
        if not self.made:
            return super().done(target)
        response = self.request.response
        response.setHeader("Content-Type", "application/pdf")
        response.setHeader("Content-Disposition", f'attachment; filename="brev-{today().isoformat()}.pdf"')
        return self.made

    def _row(self, one: Listed, fresh: bool) -> Row:
        letter, customer = one.letter, one.customer
        is_sent = self.request["REQUEST_METHOD"] == "POST"
        by_default = letter.state is LetterState.WAITING or not fresh
        return Row(
            letter.id,
            customer.full_name,
            customer.customer_number,
            customer.absolute_url_path(),
            tuple(words.titles(letter)),
            words.reason(customer),
            letter.since,
            words.STATES[letter.state],
            datetime.fromisoformat(letter.printed_at).date().isoformat() if letter.printed_at else "",
            _name(letter.printed_by),
            words.OBSTACLES[one.obstacle] if one.obstacle and letter.state is LetterState.WAITING else None,
            letter.id in self.chosen if is_sent else by_default,
        )


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 7 else 0


def _name(user_id: str) -> str:
    user = api.user.get(userid=user_id) if user_id else None
    return str(user.getProperty("fullname") or user.getUserName()) if user else ""
