"""The contract of a kind of reminder."""

from collections.abc import Sequence
from typing import Any

from zope.i18nmessageid import Message
from zope.interface import Attribute, Interface

from .domain import Point, Reminder


class IReminderKind(Interface):
    """A kind of reminder: a named utility of the feature that it is about.

    Call ``reminders.operations.plan(name, subject)`` in each transaction that changes a date, or whether
    anything is to be said: the engine looks at nothing that was not planned.
    """

    name = Attribute("The name of the registration; it stands in the ledger for ever.")
    title: Message = Attribute("What officers call it.")

    def find(key: str) -> Any | None:
        """The subject with a key, unchecked; None when it is gone. See ``queries.content_at``."""

    def key_of(subject: Any) -> str:
        """Ids below the customers' folder, such as ``<customer id>/<case id>``. See ``queries.key_of``."""

    def subjects_of(case: Any) -> Sequence[Any]:
        """The subjects that an officer who looks at the case wants to know of."""

    def points(subject: Any) -> Sequence[Point]:
        """Every point at which something is to be said, past ones too; none when nothing is planned."""

    def reminder(subject: Any, point: Point) -> Reminder | None:
        """What to say; None when nothing is to be said any more.

        It is said today, or on the day that it is due when that is still to come: a forecast asks too, so
        this changes nothing.
        """

    def reason(lead: str) -> Message | str:
        """Why a reminder with this lead comes, as a clause: ”certifikatet slutar gälla inom 6 månader”.

        Also of leads that no rule has any more: officers read it of what was sent.
        """
