"""What will be said, what was said, and where subjects are."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from zope.component import getUtilitiesFor
from zope.i18nmessageid import Message

from sp.personcert.customers import queries as customers
from sp.personcert.foundation.clock import today
from sp.personcert.foundation.mail.interfaces import Channel, IMailRecipient
from sp.personcert.foundation.texts import paragraphs

from . import storage
from .domain import Outcome, Point, Reminder, Verdict, decide
from .interfaces import IReminderKind


@dataclass(frozen=True)
class Forecast:
    """A reminder that comes when nothing happens before."""

    day: date
    title: Message
    reason: Message | str
    channel: Channel
    reminder: Reminder

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The message, as it will be read."""
        return paragraphs(self.reminder.text)


@dataclass(frozen=True)
class SentReminder:
    """A point that was handled, and what became of it."""

    day: date
    title: Message
    reason: Message | str
    outcome: Outcome


def kinds() -> list[Any]:
    """Every kind of reminder, by name."""
    return [kind for _name, kind in sorted(getUtilitiesFor(IReminderKind))]


def key_of(content: Any) -> str:
    """Ids below the customers' folder: the key of a subject that is content. It says nothing."""
    steps = content.getPhysicalPath()
    return "/".join(steps[steps.index(customers.FOLDER) + 1 :])


def content_at(key: str) -> Any | None:
    """The content with a key, unchecked; None when it is gone."""
    found = customers.folder()
    for step in key.split("/"):
        found = found._getOb(step, None)
        if found is None:
            return None
    return found


def verdict(kind: Any, subject: Any, period: str) -> Verdict:
    """What is to become of the points of one period today."""
    leads = _leads(storage.settled(kind.name, kind.key_of(subject)), period)
    return decide(_of_period(kind.points(subject), period), leads, today())


def forecast(case: Any, until: date) -> list[Forecast]:
    """What will be said up to a day, and how, when nothing else happens. Changes nothing.

    The caller has checked that the case may be seen.
    """
    found = [
        Forecast(day, kind.title, kind.reason(point.lead), _channel(reminder), reminder)
        for kind in kinds()
        for subject in kind.subjects_of(case)
        for day, point in _to_come(kind, subject, until)
        if (reminder := kind.reminder(subject, point)) is not None
    ]
    return sorted(found, key=lambda one: one.day)


def sent(case: Any) -> list[SentReminder]:
    """What was said, or was not, the latest first. The caller has checked that the case may be seen."""
    found = [
        SentReminder(day, kind.title, kind.reason(lead), outcome)
        for kind in kinds()
        for subject in kind.subjects_of(case)
        for (_period, lead), (day, outcome) in storage.settled(kind.name, kind.key_of(subject)).items()
    ]
    return sorted(found, key=lambda one: one.day, reverse=True)


def _to_come(kind: Any, subject: Any, until: date) -> Iterator[tuple[date, Point]]:
    """Day and point of what is to be said, as the engine would choose day by day."""
    ledger = storage.settled(kind.name, kind.key_of(subject))
    points = kind.points(subject)
    for period in sorted({point.period for point in points}):
        leads = _leads(ledger, period)
        mine = _of_period(points, period)
        for day in sorted({max(point.due, today()) for point in mine}):
            chosen = decide(mine, leads, day)
            leads.update({point.lead: day for point in mine if point.due <= day})
            if chosen.sent is not None and day <= until:
                yield day, chosen.sent


def _leads(ledger: dict[tuple[str, str], tuple[date, Outcome]], period: str) -> dict[str, date]:
    return {lead: day for (of, lead), (day, _outcome) in ledger.items() if of == period}


def _of_period(points: Any, period: str) -> list[Point]:
    return [point for point in points if point.period == period]


def _channel(reminder: Reminder) -> Channel:
    return IMailRecipient(customers.above(reminder.case)).channel
