"""A kind of the tests' own: promises about a case. It proves that the engine knows no kind by name."""

from zope.interface import implementer

from sp.personcert.messages.domain import MessageType
from sp.personcert.reminders import queries
from sp.personcert.reminders.domain import Reminder
from sp.personcert.reminders.interfaces import IReminderKind

NAME = "promise"


@implementer(IReminderKind)
class Promises:
    """The subject is the case. What is planned is kept here, by key, so that a test can change it."""

    name = NAME
    title = "Löften"

    def __init__(self):
        self.planned = {}
        self.kept = set()

    def find(self, key):
        return queries.content_at(key)

    def key_of(self, subject):
        return queries.key_of(subject)

    def subjects_of(self, case):
        return [case]

    def points(self, subject):
        return self.planned.get(self.key_of(subject), ())

    def reminder(self, subject, point):
        if self.key_of(subject) in self.kept:
            return None
        return Reminder(subject, MessageType.NOTE, f"Löfte {point.period} {point.lead}", "new_message")

    def reason(self, lead):
        return f"löftet {lead} är inte infriat"
