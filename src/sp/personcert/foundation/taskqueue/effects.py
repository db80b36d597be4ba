"""Something outside that cannot be taken back, marked before and after."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from .failures import Definite, TaskFailure, Uncertain
from .interfaces import ENVIRON_ID, ENVIRON_RUN
from .outbox import own_record
from .records import TaskRecord

_STARTED = "started"
_DONE = "done"


class RunIsOver(TaskFailure):
    """The task is in other hands by now: this run took longer than its lease, and begins nothing more."""


@contextmanager
def effect(request: Any, name: str) -> Iterator[bool]:
    """Do something outside at most once in the life of a task, however often the task is run.

    ``with effect(self.request, "mail") as to_do: if to_do: send()``. Each mark is committed at
    once, apart from the task's transaction. Keep the block small and read the ZODB before it.

    :param request: the request of the task.
    :param name: of this effect within the task.
    :returns: False when it is known to be done.
    :raises Uncertain: when it was begun before and nobody knows how it went, or goes wrong now
        with anything but ``Definite``.
    :raises RunIsOver: when the task is no longer this run's.
    """
    task_id, run = request.environ[ENVIRON_ID], request.environ[ENVIRON_RUN]
    mark = _begin(task_id, run, name)
    if mark == _DONE:
        yield False
        return
    if mark == _STARTED:
        raise Uncertain(f"{name} was begun before")
    try:
        yield True
    except Definite:
        _mark(task_id, run, name, "")
        raise
    except Exception as error:
        raise Uncertain(f"{name} broke off with {type(error).__name__}") from error
    _mark(task_id, run, name, _DONE)


def is_done(request: Any, name: str) -> bool:
    """Whether an earlier run of the task did it, so that nothing is to be prepared for it anew."""
    with own_record(request.environ[ENVIRON_ID]) as record:
        return record is not None and record.effects.get(name) == _DONE


def has_begun(record: TaskRecord) -> bool:
    """Whether something was begun of which nobody knows how it went."""
    return _STARTED in record.effects.values()


def settle_as_done(record: TaskRecord) -> None:
    """A person knows that what was begun was done."""
    _settle(record, _DONE)


def settle_as_not_done(record: TaskRecord) -> None:
    """A person knows that what was begun was not done, or wants it once more."""
    _settle(record, "")


def _settle(record: TaskRecord, mark: str) -> None:
    for name, before in list(record.effects.items()):
        if before == _STARTED:
            record.effects[name] = mark


def _begin(task_id: str, run: str, name: str) -> str:
    """The mark as it was; sets ``started`` when there was none."""
    with own_record(task_id) as record:
        if record is None or record.run != run:
            raise RunIsOver("the lease has run out")
        mark = record.effects.get(name, "")
        if not mark:
            record.effects[name] = _STARTED
    return mark


def _mark(task_id: str, run: str, name: str, mark: str) -> None:
    """What was done is noted whoever has the task; that it was not, only by its own run."""
    with own_record(task_id) as record:
        if record is not None and (mark == _DONE or record.run == run):
            record.effects[name] = mark
