"""Taking a task, and writing down how its run ended, in transactions of their own."""

import logging
import secrets
import time
import traceback
from dataclasses import dataclass
from pathlib import Path

from ZODB.POSException import ConflictError

from ..clock import machine_seconds
from .effects import has_begun
from .failures import GiveUp, RetryLater, TaskFailure, Uncertain
from .naming import consumer_name
from .outbox import own_record
from .records import Failure, Task, TaskRecord, TaskState
from .timing import (
    CRASH_LIMIT,
    CRASH_PAUSE_SECONDS,
    FAILURE_LIMIT,
    LEASE_SECONDS,
    WAITING_LIMIT_SECONDS,
    pause_after_failure,
    pause_while_waiting,
)

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Claim:
    """What a worker got: the task and the name of this run, or why not."""

    task: Task | None = None
    run: str = ""
    unknown: bool = False


def claim(task_id: str) -> Claim:
    """Take a task that is due. Of two workers that try, the second is given nothing."""
    try:
        with own_record(task_id) as record:
            if record is None:
                return Claim(unknown=True)
            now = machine_seconds()
            if record.state != TaskState.QUEUED or record.not_before > now + 0.5:
                return Claim()
            record.state, record.run = TaskState.RUNNING, secrets.token_hex(8)
            record.consumer, record.lease_until = consumer_name(), now + LEASE_SECONDS
            claimed = Claim(record.task, record.run)
        return claimed
    except ConflictError:
        return Claim()


def note_crash(record: TaskRecord) -> None:
    """The worker of this task is gone. A task that takes its process down is not tried for ever."""
    record.crashes += 1
    record.note(Failure(machine_seconds(), "Crash", f"the worker ended in the middle ({record.crashes})"))
    if record.crashes >= CRASH_LIMIT:
        _give_up(record)
    else:
        record.requeue(CRASH_PAUSE_SECONDS)


def note_failure(task_id: str, run: str, error: BaseException) -> float | None:
    """Write down that a run failed.

    :returns: seconds until the next try; None when there is none, or the run is no longer ours.
    """
    for attempt in range(6):
        try:
            with own_record(task_id) as record:
                if record is None or record.run != run:
                    return None
                record.note(_failure(error))
                pause = _fate(record, error)
                if pause is not None:
                    record.requeue(pause)
            return pause
        except ConflictError:
            time.sleep(0.05 * 2**attempt)
    logger.warning("The failure of task %s could not be written; its lease will run out.", task_id)
    return None


def _fate(record: TaskRecord, error: BaseException) -> float | None:
    """Seconds until the next try, or None after an end."""
    if isinstance(error, Uncertain):
        record.end(TaskState.UNCERTAIN)
        return None
    if isinstance(error, RetryLater):
        now = machine_seconds()
        record.waiting_since = record.waiting_since or now
        waited = now - record.waiting_since
        if waited < WAITING_LIMIT_SECONDS:
            return pause_while_waiting(waited)
    elif not isinstance(error, GiveUp):
        record.failures, record.waiting_since = record.failures + 1, 0.0
        if record.failures < FAILURE_LIMIT:
            return pause_after_failure(record.failures)
    _give_up(record)
    return None


def _give_up(record: TaskRecord) -> None:
    """The last try has failed. Who runs the task again must know whether it had begun something outside."""
    record.end(TaskState.UNCERTAIN if has_begun(record) else TaskState.DEAD)


def _failure(error: BaseException) -> Failure:
    """Kind and place; the words of the error only when they are ours, since others may name a person."""
    reason = str(error) if isinstance(error, TaskFailure) else ""
    frames = traceback.extract_tb(error.__traceback__)[-3:]
    place = " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))
    return Failure(machine_seconds(), type(error).__name__, reason, place)
