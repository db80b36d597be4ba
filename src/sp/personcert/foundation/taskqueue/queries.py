"""What stands in the queue of this site: for the page of administrators and for monitoring.

Reads the index that the sweep keeps, and of the records only those that are shown.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from zope.component.hooks import getSite

from ..clock import machine_seconds
from .outbox import Index, Outbox, outbox_of
from .records import TaskGroup, TaskRecord

__all__ = ["Overview", "TaskGroup", "TaskRow", "overview", "task_of_site"]


@dataclass(frozen=True)
class TaskRow:
    """One task, as it stands now.

    :param path: of what it is about, from the site on; "" is the site itself.
    :param next_try: the moment before which it does not run; 0.0 unless it waits for that.
    :param kind: of the last failure; "" when no run has failed. ``reason`` says more, in our own words,
        and ``place`` where in the code.
    """

    task_id: str
    view_name: str
    path: str
    group: TaskGroup
    created: float
    next_try: float
    kind: str
    reason: str
    place: str
    failures: int
    crashes: int
    can_run_again: bool
    can_be_settled: bool
    can_be_given_up: bool

    @classmethod
    def of(cls, record: TaskRecord, group: TaskGroup, now: float) -> "TaskRow":
        """A stored task in its group."""
        path, view_name = record.place
        last = record.history[-1] if record.history else None
        return cls(
            task_id=record.task.id,
            view_name=view_name,
            path=path,
            group=group,
            created=record.created,
            next_try=record.not_before if record.is_waiting(now) else 0.0,
            kind=last.kind if last else "",
            reason=last.reason if last else "",
            place=last.place if last else "",
            failures=record.failures,
            crashes=record.crashes,
            can_run_again=record.can_run_again(now),
            can_be_settled=record.can_be_settled(),
            can_be_given_up=record.can_be_given_up(now),
        )


@dataclass(frozen=True)
class Overview:
    """The queue as the last sweep saw it at ``swept`` (0.0: never), but each row as it stands now.

    ``oldest_due`` is the moment since when a task has been due and has no worker; 0.0 for none.
    """

    swept: float = 0.0
    oldest_due: float = 0.0
    counts: dict[TaskGroup, int] = field(default_factory=lambda: dict.fromkeys(TaskGroup, 0))
    rows: dict[TaskGroup, list[TaskRow]] = field(default_factory=lambda: {group: [] for group in TaskGroup})


def overview(per_group: int = 50) -> Overview:
    """The queue, with so many rows of each group at most; none needs no record."""
    outbox = _outbox()
    if outbox is None:
        return Overview()
    index = outbox.index
    found = Overview(index.swept, index.oldest_due, index.counts())
    now = machine_seconds()
    for indexed, record in _shown(outbox, index, per_group):
        group = record.group if record is not None else None
        if group != indexed:  # since the sweep
            found.counts[indexed] -= 1
            if group is not None:
                found.counts[group] += 1
        if record is not None and group is not None and record.task.site == _site_path():
            found.rows[group].append(TaskRow.of(record, group, now))
    for rows in found.rows.values():
        rows.sort(key=lambda row: row.created)
    return found


def task_of_site(task_id: str) -> TaskRecord | None:
    """A task of this site; None for another site's, and when there is none."""
    outbox = _outbox()
    record = outbox.get(task_id) if outbox is not None else None
    return record if record is not None and record.task.site == _site_path() else None


def _shown(outbox: Outbox, index: Index, per_group: int) -> Iterator[tuple[TaskGroup, TaskRecord | None]]:
    for group in TaskGroup:
        ids: Iterable[str] = index.ids(group, per_group)
        for task_id in ids:
            yield group, outbox.get(task_id)


def _outbox() -> Outbox | None:
    return outbox_of(getSite().getPhysicalRoot()._p_jar)


def _site_path() -> str:
    return "/".join(getSite().getPhysicalPath())
