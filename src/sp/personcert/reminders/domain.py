"""When something is due, and what is said of it: plain values and functions."""

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sp.personcert.messages.domain import MessageType

SEPARATOR = "|"


@dataclass(frozen=True)
class Point:
    """One day on which something is to be said.

    :param period: what it is about, such as the last day of a certificate; a new period is said anew.
    :param lead: which of the period's reminders it is, such as ``m6`` or ``d30``; said once.
    :param due: a calendar date in Sweden.
    """

    period: str
    lead: str
    due: date

    def __post_init__(self) -> None:
        if SEPARATOR in self.period + self.lead:
            raise ValueError(f"{SEPARATOR} stands between the parts of the ledger's keys.")


@dataclass(frozen=True)
class Reminder:
    """What is said: a message in a case, and a notice of it without its content.

    :param text: in the customer's language; says why it came.
    :param notice: the name of a text kind of the group NOTICE.
    """

    case: Any
    message_type: MessageType
    text: str
    notice: str


class Outcome(StrEnum):
    """What the ledger says of a point."""

    SENT = "sent"
    SKIPPED = "skipped"
    NOT_NEEDED = "not_needed"


@dataclass(frozen=True)
class Verdict:
    """What becomes of the points of one period that are due: at most one is sent."""

    sent: Point | None = None
    skipped: tuple[Point, ...] = ()


def decide(points: Iterable[Point], settled: Mapping[str, date], day: date) -> Verdict:
    """Choose among the points of one period on a day.

    After a standstill the latest is sent, and earlier ones are skipped: never two at once, and never ”six
    months left” after ”three months left”, also when a rule gets other leads meanwhile.

    :param settled: lead → the day on which it was handled, for every lead that the ledger knows.
    """
    due = sorted(
        (point for point in points if point.due <= day and point.lead not in settled),
        key=lambda point: (point.due, point.lead),
    )
    if not due or due[-1].due <= max(settled.values(), default=date.min):
        return Verdict(None, tuple(due))
    return Verdict(due[-1], tuple(due[:-1]))


def months_before(day: date, months: int) -> date:
    """The same day of an earlier month, or that month's last day: 28 February is six before 31 August."""
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(years, month + 1, min(day.day, calendar.monthrange(years, month + 1)[1]))


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day."""
    return months_before(day, -months)
