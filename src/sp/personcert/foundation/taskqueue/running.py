"""Running a task: claim it, publish its view, see how it ended."""

import logging
import threading
from typing import Any

import Zope2
from zope.component import adapter
from zope.component.hooks import getSite, setSite
from ZPublisher.interfaces import IPubBeforeCommit
from ZPublisher.WSGIPublisher import publish_module

from ..addresses import Address
from ..settings import base_url
from .broker import MOST_TRIES, wake
from .claiming import claim, note_failure
from .failures import GiveUp, frames_of
from .interfaces import ENVIRON_ID, ENVIRON_RUN, ITaskQueueLayer
from .outbox import outbox_of, own_record
from .records import Task, TaskState
from .request import TaskRequest, environ_for

logger = logging.getLogger(__name__)

stopping = threading.Event()
"""Set when the process is about to end: no further task is begun."""


class NotCommitted(Exception):
    """The view answered, and yet its transaction did not mark the task done."""


class AnsweredBadly(Exception):
    """The view answered with another status than success."""


def run_all(task_ids: list[str], tries: int = 0) -> None:
    """Run the tasks of one wake-up.

    An id that is not there yet (with ZEO a wake-up may overtake the data) is woken again. What was not
    begun when this process ends goes back to the broker, for another worker or the next start.
    """
    unknown = []
    for position, task_id in enumerate(task_ids):
        if stopping.is_set():
            wake(task_ids[position:], tries=tries)
            break
        if not run(task_id):
            unknown.append(task_id)
    if unknown and tries < MOST_TRIES:
        wake(unknown, delay=1, tries=tries + 1)


def run(task_id: str) -> bool:
    """Run one task if it is due and free.

    :returns: False when there is no such task.
    """
    claimed = claim(task_id)
    if claimed.task is None:
        return not claimed.unknown
    try:
        _publish(claimed.task, claimed.run)
    except Exception as error:
        path = claimed.task.url.partition("?")[0]
        logger.error("Task %s %s failed: %s", task_id, path, frames_of(error))
        pause = note_failure(task_id, claimed.run, error)
        if pause is not None:
            wake([task_id], delay=pause)
    return True


@adapter(IPubBeforeCommit)
def mark_done(event: Any) -> None:
    """The task's own transaction also marks it done: its writes happen exactly once.

    :raises AnsweredBadly: for a redirect or an error page; the transaction is then given up.
    :raises NotCommitted: when somebody else holds the task by now.
    """
    request = event.request
    if not ITaskQueueLayer.providedBy(request):
        return
    status = request.response.getStatus()
    if not 200 <= status < 300:
        raise AnsweredBadly(f"status {status}")
    outbox = outbox_of(request["PARENTS"][-1].getPhysicalRoot()._p_jar)
    record = outbox.get(request.environ[ENVIRON_ID])
    if record is None or record.run != request.environ[ENVIRON_RUN]:
        raise NotCommitted("the task is in other hands")
    record.end(TaskState.DONE)


def _publish(task: Task, run_name: str) -> None:
    environ = environ_for(task, run_name, Address.of(_base_url(task.site)))
    body = publish_module(environ, _ignore_answer, _request_factory=TaskRequest)
    close = getattr(body, "close", None)
    if close is not None:
        close()
    with own_record(task.id) as record:
        if record is not None and record.run == run_name:
            raise NotCommitted("the transaction was given up")


def _base_url(site_path: str) -> str:
    """The configured address of the site, read in the worker.

    :raises GiveUp: when the site is gone.
    """
    before = getSite()
    app = Zope2.app()
    try:
        site = app.unrestrictedTraverse(site_path.lstrip("/"), None)
        if site is None:
            raise GiveUp("the site is gone")
        setSite(site)
        return base_url()
    finally:
        setSite(before)
        app._p_jar.close()


def _ignore_answer(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
    """start_response: nobody waits for the answer of a task."""
