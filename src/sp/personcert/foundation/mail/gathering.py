"""The box of notices on a recipient: what waits, and which task has taken it.

Every notice has a task of its own. The first of them to run takes all that wait, in a commit of its
own, before anything leaves the house; the others find theirs taken and are done. What a task has
taken stays in the box until the very transaction that marks the task done: it holds the same notices at
each try, and those of a dead task can still be seen.

A notice that comes while a task takes is either taken with the rest or left to its own task. Two
tasks that take at the same time change the same notices: one of them meets a conflict, looks again,
and finds its own notice taken.
"""

import random
import time
from dataclasses import dataclass, replace
from datetime import UTC
from typing import Any

import transaction
from BTrees.OOBTree import OOBTree
from ZODB.POSException import ConflictError
from zope.annotation.interfaces import IAnnotations

from ..clock import now
from ..taskqueue.outbox import own_transaction

ANNOTATION = "sp.personcert.mail.notices"
TRIES = 6


@dataclass(frozen=True, order=True)
class Notice:
    """Something that a person is to be told. ``taken_by`` is the id of a task, "" while it waits."""

    moment: str
    kind: str
    taken_by: str = ""


def put(recipient: Any, notice_id: str, kind: str) -> None:
    """Let a notice wait, in the caller's transaction."""
    annotations = IAnnotations(recipient)
    if ANNOTATION not in annotations:
        annotations[ANNOTATION] = OOBTree()
    moment = now().astimezone(UTC).isoformat(timespec="microseconds")
    annotations[ANNOTATION][notice_id] = Notice(moment, kind)


def take(recipient: Any, notice_id: str, task_id: str) -> tuple[str, ...]:
    """The kinds of the notices that a task now holds, each once, the oldest first.

    A task that took some at an earlier try holds these and takes no others.

    :returns: nothing when the task's own notice is gone, or held by another task.
    :raises ConflictError: when others were quicker several times; the publisher tries again.
    """
    box = box_of(recipient)
    if notice_id in box and not box[notice_id].taken_by:
        _take_all(box, notice_id, task_id)
        transaction.begin()  # this thread sees the box as it was before; nothing has been changed here yet
        box = box_of(recipient)
    if notice_id not in box or box[notice_id].taken_by != task_id:
        return ()
    held = sorted(notice for notice in box.values() if notice.taken_by == task_id)
    return tuple(dict.fromkeys(notice.kind for notice in held))


def remove(recipient: Any, task_id: str, *own: str) -> None:
    """Forget what a task holds, in the task's own transaction.

    :param own: ids of notices that are forgotten while no task has taken them.
    """
    box = box_of(recipient)
    held = [name for name, notice in box.items() if notice.taken_by == task_id]
    free = [name for name in own if name in box and not box[name].taken_by]
    for notice_id in {*held, *free}:
        del box[notice_id]


def box_of(recipient: Any) -> Any:
    """The box: ids of notices → :class:`Notice`; an empty one while nothing ever waited."""
    return IAnnotations(recipient).get(ANNOTATION, {})


def _take_all(box: OOBTree, notice_id: str, task_id: str) -> None:
    """Mark what waits as taken, in a commit of its own, unless the task's own notice is no longer free."""
    database, oid = box._p_jar.db().database_name, box._p_oid
    for attempt in range(TRIES):
        try:
            with own_transaction() as connection:
                here = connection.get_connection(database).get(oid)
                own = here.get(notice_id)
                if own is not None and not own.taken_by:
                    free = {name: notice for name, notice in here.items() if not notice.taken_by}
                    here.update({name: replace(one, taken_by=task_id) for name, one in free.items()})
            return
        except ConflictError:
            if attempt == TRIES - 1:
                raise
            time.sleep(random.uniform(0, 0.02 * 2**attempt))
