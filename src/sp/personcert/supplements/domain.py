"""Requests for supplements: plain values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta


@dataclass(frozen=True, order=True)
class Item:
    """One row of the checklist that is asked for, and what the officer wishes of it."""

    slot_key: str
    wish: str = ""


@dataclass(frozen=True, order=True)
class Request:
    """One request. It ends when the customer presses MEDDELA OSS or the officer takes it back.

    :param request_id: the id of the form that made it, and of the message that says it.
    :param answer_by: the last day that the customer was given.
    :param is_day_chosen: whether the officer chose that day, instead of what the type says.
    """

    request_id: str
    requested_at: datetime
    requested_by: str
    requested_by_name: str
    items: tuple[Item, ...]
    text: str
    answer_by: date
    is_day_chosen: bool = False
    answered_at: datetime | None = None
    withdrawn_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether the customer's answer is waited for."""
        return self.answered_at is None and self.withdrawn_at is None


def default_day(requested_on: date, days: int) -> date:
    """The last day when the officer chooses none: the one before the type's reminder (H137)."""
    return requested_on + timedelta(days=days - 1)


def reminder_day(request: Request, days: int) -> date:
    """When the reminder is due (H62): as the type says now, but never before the last day has passed.

    A day that the officer chose goes before the type's.
    """
    after = request.answer_by + timedelta(days=1)
    return after if request.is_day_chosen else max(after, request.requested_at.date() + timedelta(days=days))


def open_request(requests: Sequence[Request]) -> Request | None:
    """The request that waits for an answer: at most one of a case does."""
    return next((request for request in requests if request.is_open), None)
