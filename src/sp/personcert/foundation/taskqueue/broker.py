"""huey: carries wake-ups (ids of tasks). The truth is the outbox; what is lost here, the sweep finds."""

import json
import logging
import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from huey import MemoryHuey, RedisHuey, SqliteHuey
from huey.api import Huey
from huey.registry import Message
from huey.serializer import Serializer
from redis import ConnectionPool

logger = logging.getLogger(__name__)

REDIS = frozenset({"redis", "rediss", "unix"})
CONNECT_SECONDS = 0.5
ANSWER_SECONDS = 5.0
"""How long Redis may be silent; longer than the second for which huey asks for the next job."""


JOB = f"{__name__}.run"
MOST_IN_A_JOB = 50
"""More tasks are several jobs, so that all workers get some."""
MOST_READ = 1000
MOST_TRIES = 5
"""How often ids are woken again that are not found."""


class BrokerRefused(Exception):
    """SP_TASKQUEUE_URL names a kind of broker that is not known."""


class JsonSerializer(Serializer):
    """Jobs are JSON, and only what is ours is read of them: huey would unpickle, retry and call back.

    Whoever can write to the broker can wake tasks that are due, and no more.
    """

    def _serialize(self, data: Any) -> bytes:
        return json.dumps(data, default=datetime.isoformat).encode()

    def _deserialize(self, data: bytes) -> Message:
        """A job of ours; anything else becomes one that wakes nothing."""
        try:
            sent = Message(*json.loads(data))
            task_ids, tries = sent.args
            eta = datetime.fromisoformat(sent.eta) if sent.eta else None
            args = ([str(task_id) for task_id in task_ids[:MOST_READ]], min(max(int(tries), 0), MOST_TRIES))
            return Message(str(sent.id), JOB, eta, retries=0, args=args, kwargs={})
        except (TypeError, ValueError, AttributeError):
            logger.warning("The broker held something that is no wake-up of ours.")
            return Message("", JOB, retries=0, args=([], 0), kwargs={})


@dataclass(frozen=True)
class Broker:
    """huey with our one job: ``run`` is called with ids of tasks."""

    huey: Huey
    run: Any
    is_immediate: bool = False

    def drain(self) -> int:
        """Do in this thread what waits here, and return how many jobs that were. For tests."""
        done = 0
        while (job := self.huey.dequeue()) is not None:
            self.huey.execute(job)
            done += 1
        return done


@lru_cache(maxsize=1)
def broker() -> Broker | None:
    """The broker of this process, made at its first use; None when it has no address."""
    return connect(os.environ.get("SP_TASKQUEUE_URL", ""))


def connect(url: str) -> Broker | None:
    """Make a broker; nothing is connected to yet.

    :param url: ``sqlite:///absolute/path``, ``redis://``, ``rediss://``, ``unix://``, ``memory://`` or "".
    :raises BrokerRefused: for anything else.
    """
    if not url:
        return None
    huey = _huey(url, os.environ.get("SP_TASKQUEUE_NAME", "personcert"))
    huey.is_revoked = _never_revoked
    return Broker(huey, run=huey.task(name="run")(_run), is_immediate=isinstance(huey, MemoryHuey))


def _never_revoked(task: Any, timestamp: Any = None, peek: bool = True) -> bool:
    """Nothing of ours revokes a job; huey would read at the broker whether somebody did."""
    return False


def _huey(url: str, name: str) -> Huey:
    given: dict[str, Any] = {"results": False, "serializer": JsonSerializer()}
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return SqliteHuey(name, filename=parts.path, fsync=False, **given)
    if parts.scheme in REDIS:
        pool = ConnectionPool.from_url(
            url,
            socket_connect_timeout=CONNECT_SECONDS,
            socket_timeout=ANSWER_SECONDS,
            health_check_interval=30,
        )
        return RedisHuey(name, connection_pool=pool, **given)
    if parts.scheme == "memory":
        return MemoryHuey(name, **given)
    raise BrokerRefused(f"SP_TASKQUEUE_URL has the unknown scheme {parts.scheme!r}.")


def wake(task_ids: Sequence[str], delay: float = 0.0, tries: int = 0) -> bool:
    """Ask for tasks to be run; best effort, never an error.

    :param delay: seconds.
    :param tries: how often these ids were woken and not found.
    :returns: whether the broker took them.
    """
    here = broker()
    if here is None or not task_ids:
        return False
    try:
        if delay:
            here.run.schedule((list(task_ids), tries), delay=delay)
        else:
            here.run(list(task_ids), tries)
    except Exception as error:
        if not _silent.is_set():
            logger.warning(
                "%d tasks were not woken (%s); the sweep will.", len(task_ids), type(error).__name__
            )
        _silent.set()
        return False
    if _silent.is_set():
        logger.warning("The broker answers again.")
        _silent.clear()
    return True


def is_busy() -> bool:
    """Whether jobs wait at the broker, so that what waits may well be among them."""
    here = broker()
    try:
        return here is not None and bool(here.huey.pending_count())
    except Exception:
        return False  # who wakes will say so


_silent = threading.Event()
"""The broker did not answer the last time: that was said once."""


def _run(task_ids: list[str], tries: int = 0) -> None:
    from .running import run_all  # here: running a task may wake others

    run_all(task_ids, tries)
