"""Running the queue's tasks inside a test, whose broker lives in memory (``environment``)."""

import contextvars
import threading
from collections.abc import Callable
from typing import Any

import transaction
from zope.component.hooks import getSite

from sp.personcert.foundation.clock import later, machine_seconds
from sp.personcert.foundation.taskqueue.broker import broker
from sp.personcert.foundation.taskqueue.outbox import Outbox, ensure_outbox, own_transaction
from sp.personcert.foundation.taskqueue.records import TaskRecord, TaskState
from sp.personcert.foundation.taskqueue.running import run_all

from . import environment

assert environment.FOLDER


def run_due(after: float = 0.0) -> int:
    """Commit the test's work, run every task that is due, and show the test what they did.

    Tasks run in a thread of their own, so site, user, request and transaction of the test stay as
    they are; the clock that the test moved moves them too. Tasks that a task queues run as well.

    :param after: let so many seconds pass first, for tasks that wait for their next try.
    :returns: how many wake-ups were served.
    """
    transaction.commit()
    with later(after):
        served = in_thread(_serve if not after else _serve_and_retry)
    transaction.begin()
    return served


def in_thread(call: Callable[[], Any]) -> Any:
    """The result of a call in another thread, with this one's clock; its error is raised here."""
    context = contextvars.copy_context()
    results: list[Any] = []
    errors: list[BaseException] = []

    def work() -> None:
        try:
            results.append(context.run(call))
        except BaseException as error:
            errors.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    if errors:
        raise errors[0]
    return results[0]


def record_of(task_id: str) -> TaskRecord:
    """The stored task, as committed.

    :raises LookupError: when there is none.
    """
    transaction.begin()
    record = _outbox().get(task_id)
    if record is None:
        raise LookupError(task_id)
    return record


def queued_urls() -> list[str]:
    """The addresses of the tasks that wait, sorted; also those of this very transaction."""
    return sorted(record.task.url for record in _outbox().unsettled() if record.state == TaskState.QUEUED)


def forget_wake_ups() -> None:
    """Empty the broker: the database that an earlier test woke tasks of is gone."""
    broker().huey.storage.flush_all()


def _outbox() -> Outbox:
    return ensure_outbox(getSite().getPhysicalRoot()._p_jar)


def _serve() -> int:
    return broker().drain()


def _serve_and_retry() -> int:
    with own_transaction() as connection:
        now = machine_seconds()
        waiting = [
            record.task.id
            for record in ensure_outbox(connection).unsettled()
            if record.state == TaskState.QUEUED and record.not_before <= now
        ]
    run_all(waiting)
    return len(waiting) + _serve()
