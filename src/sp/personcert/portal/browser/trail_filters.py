"""What is asked of the audit trail, as it stands in the address."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from zope.i18nmessageid import Message

from sp.personcert import _
from sp.personcert.foundation.audit.entries import Position
from sp.personcert.foundation.audit.searching import Wanted
from sp.personcert.foundation.clock import STOCKHOLM
from sp.personcert.foundation.forms.days import typed_day
from sp.personcert.foundation.logs.masking import masked

from ..trail.actions import ACTIONS
from ..trail.people import People
from ..trail.things import path_of

FIELDS = ("fran", "till", "vem", "atgard", "objekt")
LONGEST = 200
LAST_YEAR = 2200
_PLACE = re.compile(r"(\d{1,17})-([0-9a-f]{32})")

BAD_DAY = _("refused_trail_day", default="Skriv dagen som 2026-11-24.")
BACKWARDS = _("refused_trail_backwards", default="Till och med-dagen ligger före från-dagen.")
TOO_LONG = _("refused_trail_long", default="Skriv högst 200 tecken.")
NO_NUMBER = _("refused_trail_number", default="Sök inte på personnummer utan på namn eller kundnummer.")
NO_ACTION = _("refused_trail_action", default="Välj en åtgärd i listan.")
NO_OBJECT = _(
    "refused_trail_object",
    default="Hittar inget sådant. Skriv ett kundnummer som C129289, ett ärendenummer som ca555436 eller en "
    "sökväg som börjar med /.",
)
NO_PLACE = _("refused_trail_place", default="Adressen till sidan är inte hel. Börja om från det nyaste.")


@dataclass
class Asked:
    """What was typed, what it means, and a sentence for each field that means nothing."""

    typed: dict[str, str]
    people: People
    wanted: Wanted = field(default_factory=Wanted)
    after: Position | None = None
    errors: dict[str, Message] = field(default_factory=dict)

    def __post_init__(self) -> None:
        since, until = self._day("fran"), self._day("till")
        if since and until and until < since:
            self.errors["till"] = BACKWARDS
        self.after = self._place()
        self.wanted = Wanted(
            since=_midnight(since) if since else None,
            before=_midnight(until + timedelta(days=1)) if until else None,
            person=self._person(),
            path=self._path(),
            action=self._action(),
        )

    def query(self, **changes: str) -> dict[str, str]:
        """The same question as parameters of an address, without what is empty."""
        return {name: value for name, value in (self.typed | changes).items() if value}

    def _text(self, name: str) -> str:
        text = self.typed[name].strip()
        if len(text) > LONGEST:
            self.errors[name] = TOO_LONG
        elif masked(text) != text:
            self.errors[name] = NO_NUMBER
        return "" if name in self.errors else text

    def _day(self, name: str) -> date | None:
        text = self.typed[name].strip()
        day = typed_day(text) if len(text) <= LONGEST else None
        if text and (day is None or day.year > LAST_YEAR):
            self.errors[name] = BAD_DAY
            return None
        return day

    def _action(self) -> str:
        code = self._text("atgard")
        if code and not re.fullmatch(r"[a-z_]+\.[a-z_]+", code):
            self.errors["atgard"] = NO_ACTION
        return code

    def _person(self) -> Callable[[str], bool] | None:
        sought = self._text("vem").casefold()
        return (lambda user_id: self.people.by_id(user_id).has(sought)) if sought else None

    def _path(self) -> str:
        text = self._text("objekt")
        path = path_of(text) if text else ""
        if path is None:
            self.errors["objekt"] = NO_OBJECT
        return path or ""

    def _place(self) -> Position | None:
        text = self.typed["fore"]
        found = _PLACE.fullmatch(text)
        if text and not found:
            self.errors[""] = NO_PLACE
        return (-int(found[1]), found[2]) if found else None


def asked(request: Any, people: People) -> Asked:
    """Read the address. A parameter that comes twice counts once, one that we don't know not at all."""
    return Asked({name: _first(request.form.get(name, "")) for name in (*FIELDS, "fore")}, people)


def place(position: Position) -> str:
    """A position as it stands in an address."""
    return f"{-position[0]}-{position[1]}"


def choices(chosen: str) -> list[tuple[str, Message | str]]:
    """Code and word of what can be looked for; a code without a word is shown as it is."""
    known = list(ACTIONS.items())
    return known if not chosen or chosen in ACTIONS else [(chosen, chosen), *known]


def _first(value: Any) -> str:
    return str(value[0] if isinstance(value, list) and value else value)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, STOCKHOLM)
