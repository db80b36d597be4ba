"""Where tasks are stored: one outbox for the whole database, in the ZODB's root.

Enqueuers only insert, under random ids in 64 trees, and workers write only the record itself: a
request never meets a worker in one object. The index belongs to the sweep alone; pages read it
and need no scan. It is at most a minute old.
"""

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

import transaction
import Zope2
from BTrees.OOBTree import OOBTree, OOTreeSet
from persistent import Persistent

from .records import TaskGroup, TaskRecord

ROOT_KEY = "sp.personcert.taskqueue"
SHARDS = 64
_ID = re.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_NAMESPACE = uuid.UUID("5d2f1a3c-8b1e-4a0e-9c59-7e1d7a0a9c11")


class Index(Persistent):
    """What the last sweep saw, at the moment ``swept``.

    ``settled`` maps the ids of tasks that are done or given up to when they ended. ``oldest_due`` is
    the moment since when the task waits that has been due longest and has no worker; 0.0 for none.
    """

    def __init__(self) -> None:
        self.settled = OOBTree()
        self.by_group = OOBTree({str(group): OOTreeSet() for group in TaskGroup})
        self.swept = 0.0
        self.oldest_due = 0.0

    def ids(self, group: TaskGroup, most: int | None = None) -> list[str]:
        """The ids of the tasks of one group, or the first of them."""
        return list(islice(self.by_group[str(group)], most))

    def counts(self) -> dict[TaskGroup, int]:
        """How many tasks each group has."""
        return {TaskGroup(group): len(ids) for group, ids in self.by_group.items()}


class Outbox(Persistent):
    """All tasks that were ever queued and not yet purged."""

    def __init__(self) -> None:
        self.shards = tuple(OOBTree() for _ in range(SHARDS))
        self.index = Index()

    def shard(self, task_id: str) -> OOBTree:
        """The tree that a task lies in."""
        return self.shards[int(task_id[:8], 16) % SHARDS]

    def get(self, task_id: str) -> TaskRecord | None:
        """One task, or None; also for what is no id, as somebody may have sent it."""
        return self.shard(task_id).get(task_id) if _ID.fullmatch(task_id) else None

    def insert(self, record: TaskRecord) -> None:
        """Store a new task."""
        self.shard(record.task.id)[record.task.id] = record

    def unsettled(self) -> Iterator[TaskRecord]:
        """The tasks that the index does not know as settled; loads no other record."""
        settled = self.index.settled
        for shard in self.shards:
            for task_id in shard:
                if task_id not in settled:
                    yield shard[task_id]


def new_task_id(site: str, key: str | None) -> str:
    """The id of a task: random, or the same each time for the same key on the same site."""
    return str(uuid.uuid5(_NAMESPACE, f"{site} {key}") if key else uuid.uuid4())


def outbox_of(connection: Any) -> Outbox | None:
    """The outbox of a database, or None before the first task."""
    return connection.root().get(ROOT_KEY)


def ensure_outbox(connection: Any) -> Outbox:
    """The outbox of a database; installation makes it, so that no two first tasks collide."""
    root = connection.root()
    if ROOT_KEY not in root:
        root[ROOT_KEY] = Outbox()
    return root[ROOT_KEY]


@contextmanager
def own_transaction() -> Iterator[Any]:
    """A connection and a transaction apart from the thread's; commits at the end."""
    manager = transaction.TransactionManager(explicit=True)
    connection = Zope2.DB.open(manager)
    manager.begin()
    try:
        yield connection
        manager.commit()
    except BaseException:
        manager.abort()
        raise
    finally:
        connection.close()


@contextmanager
def own_record(task_id: str) -> Iterator[TaskRecord | None]:
    """One task in a transaction of its own."""
    with own_transaction() as connection:
        outbox = outbox_of(connection)
        yield outbox.get(task_id) if outbox is not None else None
