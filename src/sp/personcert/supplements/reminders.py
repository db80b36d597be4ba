"""The reminder of a supplement that has not come (H62, H137)."""

from typing import Any

from zope.i18nmessageid import Message
from zope.interface import implementer

from sp.personcert import _
from sp.personcert.cases.domain import DECIDED
from sp.personcert.customers import queries as customers
from sp.personcert.foundation.texts import filled, text_of
from sp.personcert.foundation.transitions import state_of
from sp.personcert.messages.domain import MessageType
from sp.personcert.reminders import queries as reminders
from sp.personcert.reminders.domain import Point, Reminder
from sp.personcert.reminders.interfaces import IReminderKind

from . import domain, queries
from .texts import REMINDER_MESSAGE, REMINDER_NOTICE, fields

LEAD = "first"
REASON = _("reason_supplement", default="begäran om komplettering är inte besvarad")


@implementer(IReminderKind)
class SupplementReminder:
    """One reminder for each request. The subject is the case."""

    name = "supplement"
    title = _("reminder_supplement", default="Komplettering som inte har kommit")

    def find(self, key: str) -> Any | None:
        """The case of a key, unchecked; None when it is gone."""
        return reminders.content_at(key)

    def key_of(self, subject: Any) -> str:
        """Ids, which say nothing."""
        return reminders.key_of(subject)

    def subjects_of(self, case: Any) -> list[Any]:
        """The case itself, while it has a request."""
        return [case] if queries.requests(case) else []

    def points(self, subject: Any) -> tuple[Point, ...]:
        """One for the open request."""
        waiting = self._waiting(subject)
        if waiting is None:
            return ()
        due = domain.reminder_day(waiting, queries.reminder_days(subject))
        return (Point(waiting.request_id, LEAD, due),)

    def reminder(self, subject: Any, point: Point) -> Reminder | None:
        """What is said; None once the request was answered or taken back, or the case is decided."""
        waiting = self._waiting(subject)
        if waiting is None or waiting.request_id != point.period:
            return None
        language = customers.above(subject).customer_language
        said = filled(text_of(REMINDER_MESSAGE, language), fields(subject, waiting))
        return Reminder(subject, MessageType.SUPPLEMENT_REMINDER, said.body, REMINDER_NOTICE)

    def reason(self, lead: str) -> Message:
        """Why it comes."""
        return REASON

    def _waiting(self, case: Any) -> domain.Request | None:
        return None if state_of(case) in DECIDED else queries.open_request(case)


KIND = SupplementReminder()
