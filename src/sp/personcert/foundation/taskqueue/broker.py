"""huey: carries wake-ups (ids of tasks). The truth is the outbox; what is lost here, the sweep finds."""

import logging
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from huey import MemoryHuey, SqliteHuey, crontab
from huey.api import Huey

logger = logging.getLogger(__name__)


class BrokerRefused(Exception):
    """SP_TASKQUEUE_URL names a kind of broker that is not known."""


@dataclass(frozen=True)
class Broker:
    """huey with our two jobs: ``run`` is called with ids, ``sweep`` runs each minute."""

    huey: Huey
    run: Any
    sweep: Any

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
    """Make a broker.

    :param url: ``sqlite:///absolute/path``, ``memory://`` or "".
    :raises BrokerRefused: for anything else.
    """
    if not url:
        return None
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        huey = SqliteHuey("personcert", filename=parts.path, results=False, fsync=False)
    elif parts.scheme == "memory":
        huey = MemoryHuey("personcert", results=False)
    else:
        raise BrokerRefused(f"SP_TASKQUEUE_URL has the unknown scheme {parts.scheme!r}.")
    return Broker(
        huey,
        run=huey.task(name="run")(_run),
        sweep=huey.periodic_task(crontab(minute="*"), name="sweep")(_sweep),
    )


def wake(task_ids: Sequence[str], delay: float = 0.0, tries: int = 0) -> None:
    """Ask for tasks to be run; best effort, never an error.

    :param delay: seconds.
    :param tries: how often these ids were woken and not found.
    """
    here = broker()
    if here is None or not task_ids:
        return
    try:
        if delay:
            here.run.schedule((list(task_ids), tries), delay=delay)
        else:
            here.run(list(task_ids), tries)
    except Exception as error:
        logger.warning("%d tasks were not woken (%s); the sweep will.", len(task_ids), type(error).__name__)


def _run(task_ids: list[str], tries: int = 0) -> None:
    from .running import run_all  # here: running a task may wake others

    run_all(task_ids, tries)


def _sweep() -> None:
    from .sweep import sweep  # here: a sweep wakes tasks

    sweep()
