"""Each minute, and when a consumer starts: wake what is due, find what was lost, keep the index."""

import logging
import os
import random
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

import transaction
import Zope2
from AccessControl.SecurityManagement import newSecurityManager, noSecurityManager
from plone.base.interfaces import IPloneSiteRoot
from ZODB.POSException import ConflictError
from zope.component import getUtilitiesFor
from zope.component.hooks import setSite

from ..clock import machine_seconds
from .broker import is_busy
from .claiming import note_crash
from .failures import frames_of
from .gathering import WakeUp, send
from .interfaces import SYSTEM_USER, IPeriodicTask
from .naming import consumer_name
from .outbox import Index, outbox_of, own_transaction
from .plugin import PLUGIN_ID
from .queue import add, task_path
from .records import SETTLED, TaskRecord, TaskState
from .timing import CRASH_PAUSE_SECONDS

logger = logging.getLogger(__name__)

SHORTEST_MEMORY_DAYS = 2.0
GRACE_SECONDS = 30.0
"""How old a waiting task is before the sweep wakes it: its own wake-up is probably on its way."""
STARTING_WAITS = (0.05, 0.2, 0.5, 1.0, 2.0)
MOST_WHILE_BUSY = 200
"""How many are woken while jobs wait at the broker: a long queue must not grow with each sweep."""


def sweep(starting: bool = False) -> None:
    """Do all of it; what meets another consumer's sweep is left to that.

    :param starting: this consumer has just started, so whatever it ran before is over. Nobody else knows,
        so it tries again when it meets another sweep.
    """
    for step in (queue_periodic_tasks, partial(wake_what_waits, starting), purge):
        _try(step, STARTING_WAITS if starting else (0.0,))


def _try(step: Callable[[], Any], waits: Sequence[float]) -> None:
    for wait in waits:
        try:
            step()
            return
        except ConflictError:
            time.sleep(random.uniform(wait / 2, wait))
        except Exception as error:
            logger.error("A step of the sweep failed: %s", frames_of(error))
            return
    logger.info("A sweep met another one.")


def last_sweep() -> float:
    """The moment of the latest one, whoever did it; 0.0 for none, and while the database is away."""
    try:
        with own_transaction() as connection:
            outbox = outbox_of(connection)
            return outbox.index.swept if outbox is not None else 0.0
    except Exception as error:
        logger.error("The database was not read: %s", frames_of(error))
        return 0.0


def wake_what_waits(starting: bool = False) -> int:
    """Wake what is due, and take back what no worker has any more; returns how many are woken."""
    lost: list[str] = []
    with own_transaction() as connection:
        outbox = outbox_of(connection)
        if outbox is None:
            return 0
        now = machine_seconds()
        records = list(outbox.unsettled())
        for record in records:
            if _is_lost(record, now, starting):
                note_crash(record)
                lost.append(record.task.id)
        _keep_index(outbox.index, records, now)
        due = [(record.due_since, record.task.id) for record in records if _is_due(record, now, starting)]
    most = MOST_WHILE_BUSY if not starting and is_busy() else None
    woken = [WakeUp(task_id) for _, task_id in sorted(due)[:most]]
    send([*woken, *(WakeUp(task_id, CRASH_PAUSE_SECONDS) for task_id in lost)])
    return len(woken)


def _is_lost(record: TaskRecord, now: float, starting: bool) -> bool:
    own = starting and record.consumer == consumer_name()
    return record.state == TaskState.RUNNING and (own or record.lease_until < now)


def _is_due(record: TaskRecord, now: float, starting: bool) -> bool:
    if record.state != TaskState.QUEUED or record.not_before > now:
        return False
    return starting or record.due_since < now - GRACE_SECONDS


def _keep_index(index: Index, records: list[TaskRecord], now: float) -> None:
    """Write only what changed."""
    for group, kept in index.by_group.items():
        seen = {record.task.id for record in records if record.group == group}
        for task_id in set(kept) - seen:
            kept.remove(task_id)
        kept.update(seen - set(kept))
    index.settled.update({r.task.id: r.finished for r in records if r.state in SETTLED})
    waiting = (r.due_since for r in records if r.state == TaskState.QUEUED and r.due_since <= now)
    index.swept, index.oldest_due = now, min(waiting, default=0.0)


def purge() -> int:
    """Forget tasks that were settled some days ago (30, or SP_TASKQUEUE_KEEP_DAYS); return how many.

    Their keys are free again then, so what is done once a day is remembered for two days at least. What is
    dead or uncertain stays.
    """
    days = max(SHORTEST_MEMORY_DAYS, float(os.environ.get("SP_TASKQUEUE_KEEP_DAYS", "30")))
    before = machine_seconds() - days * 86400
    with own_transaction() as connection:
        outbox = outbox_of(connection)
        old = [] if outbox is None else [i for i, at in outbox.index.settled.items() if at < before]
        for task_id in old:
            del outbox.index.settled[task_id]
            del outbox.shard(task_id)[task_id]
    return len(old)


def queue_periodic_tasks() -> None:
    """Queue, as the service user, what the periodic tasks of each site say is due."""
    app = Zope2.app()
    try:
        for site in _sites(app):
            setSite(site)
            newSecurityManager(None, site.acl_users.getUserById(SYSTEM_USER))
            for _, periodic in getUtilitiesFor(IPeriodicTask):
                key = periodic.key_if_due(site)
                if key:
                    add(task_path(site, periodic.view_name), key=key)
        transaction.commit()
    finally:
        transaction.abort()
        noSecurityManager()
        setSite(None)
        app._p_jar.close()


def _sites(app: Any) -> Iterator[Any]:
    """The sites that can run tasks."""
    for item in app.objectValues():
        if IPloneSiteRoot.providedBy(item) and PLUGIN_ID in item.acl_users.objectIds():
            yield item
