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
    """Where a task stands. DONE, DEAD and UNCERTAIN are ends; people look at the last two."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
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

    def __init__(self, task: Task) -> None:
        self.task = task
        self.state = TaskState.QUEUED
        self.created = machine_seconds()
        self.finished = 0.0
        self.not_before = 0.0
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
