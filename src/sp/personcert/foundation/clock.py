"""The only source of business time, in the time zone of the certification body.

``SP_TODAY=YYYY-MM-DD`` moves the date and lets time run; it is for the demo alone, so the
process must also carry ``SP_DEMO=1``.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo


class StoredZone(ZoneInfo):
    """A time zone that ZODB can store: its pickler knows no ``ZoneInfo._unpickle``."""

    def __reduce__(self) -> tuple[type["StoredZone"], tuple[str]]:
        """The zone again, by its name."""
        return (StoredZone, (self.key,))


STOCKHOLM = StoredZone("Europe/Stockholm")

_moment: ContextVar[datetime | None] = ContextVar("moment", default=None)
_frozen: list[datetime] = []
_ahead: list[float] = []


class ClockRefused(Exception):
    """The process is asked to live on another day without being a demo."""


def _shift() -> timedelta:
    """How far the demo's day lies from the machine's, in whole days."""
    wanted = os.environ.get("SP_TODAY", "")
    if not wanted:
        return timedelta()
    if os.environ.get("SP_DEMO") != "1":
        raise ClockRefused("SP_TODAY moves the clock of a demo only: set SP_DEMO=1 or unset SP_TODAY.")
    return date.fromisoformat(wanted) - datetime.now(STOCKHOLM).date()


SHIFT = _shift()


def now() -> datetime:
    """This moment, aware, in Swedish time."""
    fixed = _moment.get() or (_frozen[-1] if _frozen else None)
    return fixed or datetime.now(STOCKHOLM) + SHIFT


def today() -> date:
    """The day in Sweden: due dates and validity are counted in these."""
    return now().date()


def machine_seconds() -> float:
    """Seconds since 1970 on the machine's clock, for what is about this machine: leases, tickets, codes."""
    return time.time() + sum(_ahead)


@contextmanager
def later(seconds: float) -> Iterator[None]:
    """Let every thread's machine live some seconds ahead. For tests only."""
    _ahead.append(seconds)
    try:
        yield
    finally:
        _ahead.remove(seconds)


@contextmanager
def moved_to(moment: datetime) -> Iterator[None]:
    """Let this thread live at one moment. For demo data and test factories only."""
    token = _moment.set(moment.replace(tzinfo=moment.tzinfo or STOCKHOLM))
    try:
        yield
    finally:
        _moment.reset(token)


@contextmanager
def frozen_at(moment: datetime) -> Iterator[None]:
    """Let every thread of the process live at one moment. For tests of a served site only."""
    _frozen.append(moment.replace(tzinfo=moment.tzinfo or STOCKHOLM))
    try:
        yield
    finally:
        _frozen.pop()
