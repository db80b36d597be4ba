"""The night job and what it queues: views of the site for the task queue only."""

from datetime import time
from typing import Any

from Products.Five.browser import BrowserView
from zope.interface import implementer

from sp.personcert.foundation.clock import now
from sp.personcert.foundation.settings import setting
from sp.personcert.foundation.taskqueue.interfaces import IPeriodicTask
from sp.personcert.interfaces import IOwnView

from . import operations


@implementer(IPeriodicTask)
class EachNight:
    """Once for each day in Sweden, from the set time on: whoever sweeps first queues it (H62, H175).

    After days of standstill one run does everything that is due.
    """

    view_name = operations.NIGHT_JOB

    def key_if_due(self, site: Any) -> str | None:
        """One key for each day. The clock on the wall counts: DST moves nothing to another day."""
        moment = now()
        if moment.time() < time.fromisoformat(str(setting("night_job_time"))):
            return None
        return f"{operations.NIGHT_JOB}:{moment.date().isoformat()}"


class _Task(BrowserView):
    def asked(self, *names: str) -> list[str]:
        """Parameters, "" for those that are missing."""
        return [str(self.request.form.get(name, "")) for name in names]


@implementer(IOwnView)
class NightJob(_Task):
    """``night-job``: queues what is due; with parameters it goes on after an entry."""

    def __call__(self) -> str:
        kind, *entry = self.asked("kind", "due", "key", "period", "lead")
        operations.queue_due(kind, tuple(entry) if kind else None)
        return "queued"


@implementer(IOwnView)
class SendReminder(_Task):
    """``send-reminder``: one point."""

    def __call__(self) -> str:
        operations.send(*self.asked("kind", "key", "period", "lead"))
        return "settled"


@implementer(IOwnView)
class ReplanReminders(_Task):
    """``replan-reminders``: the subjects of some customers."""

    def __call__(self) -> str:
        operations.replan(*self.asked("kind", "type", "after"))
        return "planned"
