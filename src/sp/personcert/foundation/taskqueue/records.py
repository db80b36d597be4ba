"""One task as it is stored."""

from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from persistent import Persistent
from persistent.mapping import PersistentMapping

from ..clock import machine_seconds
from .interfaces import SYSTEM_USER


class TaskState(StrEnum):
    """Where a task stands. All but the first two are ends; people look at DEAD and UNCERTAIN.

    GIVEN_UP is an end that a person chose.
    """

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    DEAD = "dead"
    UNCERTAIN = "uncertain"
    GIVEN_UP = "given_up"


SETTLED = frozenset({TaskState.DONE, TaskState.GIVEN_UP})
"""Nobody need look at these any more; they are forgotten after some days."""


class TaskGroup(StrEnum):
    """What people look through. RETRYING waits for its next try after a run that failed."""

    QUEUED = "queued"
    RUNNING = "running"
    RETRYING = "retrying"
    DEAD = "dead"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True)
class Task:
    """What is to be done. Holds site paths, ids and codes only.

    ``site`` is the path of the site; ``url`` is a path below it, with its query. ``actor`` is the
    id of the person who caused the task, ``user_id`` the one whose rights it has.
    """

    id: str
    site: str
    url: str
    method: str = "GET"
    headers: MappingProxyType[str, str] | dict[str, str] = field(default_factory=dict)
    payload: bytes = b""
    queue: str = "default"
    user_id: str = SYSTEM_USER
    actor: str = ""
    key: str = ""


@dataclass(frozen=True)
class Failure:
    """One failed run: the kind is the exception's class, the place is code, the reason is ours."""

    at: float
    kind: str
    reason: str = ""
    place: str = ""


class TaskRecord(Persistent):
    """A task and its fate. Written by its enqueuer once, later by the worker that holds it."""

    def __init__(self, task: Task, delay: float = 0.0) -> None:
        self.task = task
        self.state = TaskState.QUEUED
        self.created = machine_seconds()
        self.finished = 0.0
        self.not_before = self.created + delay if delay else 0.0
        self.waiting_since = 0.0
        self.lease_until = 0.0
        self.consumer = ""
        self.run = ""
        self.failures = 0
        self.crashes = 0
        self.history: tuple[Failure, ...] = ()
        # An object of its own: effects are committed while the task's transaction is open.
        self.effects: PersistentMapping[str, Any] = PersistentMapping()

    @property
    def reason(self) -> str:
        """Why the last run failed, in a few words; "" when none has."""
        if not self.history:
            return ""
        last = self.history[-1]
        return f"{last.kind}: {last.reason}" if last.reason else last.kind

    @property
    def group(self) -> TaskGroup | None:
        """Where people find it; None when it is settled."""
        if self.state in SETTLED:
            return None
        if self.state == TaskState.QUEUED and (self.failures or self.crashes or self.waiting_since):
            return TaskGroup.RETRYING
        return TaskGroup(self.state)

    @property
    def due_since(self) -> float:
        """The moment from which it may run."""
        return max(self.created, self.not_before)

    @property
    def place(self) -> tuple[str, str]:
        """The path of what it is about, from the site on, and the name of its view."""
        path, _, view_name = self.task.url.partition("?")[0].rpartition("/")
        return path.removeprefix(self.task.site), view_name.removeprefix("@@")

    def is_waiting(self, now: float) -> bool:
        """Whether it is not due yet, or waits after a run that failed."""
        return self.state == TaskState.QUEUED and (self.not_before > now or self.group == TaskGroup.RETRYING)

    def can_run_again(self, now: float) -> bool:
        """Whether a person may run it at once, with all its tries."""
        return self.state in (TaskState.DEAD, TaskState.UNCERTAIN) or self.is_waiting(now)

    def can_be_settled(self) -> bool:
        """Whether a person may say that what it did outside was done."""
        return self.state == TaskState.UNCERTAIN

    def can_be_given_up(self, now: float) -> bool:
        """Whether a person may end it for good."""
        return self.can_run_again(now)

    def start_anew(self) -> None:
        """Become due, with all tries; what was noted stays."""
        self.failures, self.crashes, self.waiting_since, self.finished = 0, 0, 0.0, 0.0
        self.requeue(0.0)

    def end(self, state: TaskState) -> None:
        """Come to an end."""
        self.state, self.finished, self.lease_until, self.run = state, machine_seconds(), 0.0, ""

    def note(self, failure: Failure) -> None:
        """Remember a failed run; the latest twenty are kept."""
        self.history = (*self.history, failure)[-20:]

    def requeue(self, pause: float) -> None:
        """Wait for the next try."""
        self.state, self.lease_until, self.run = TaskState.QUEUED, 0.0, ""
        self.not_before = machine_seconds() + pause
