"""Queueing a task, in the caller's own transaction."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import transaction
from zope.component import getUtility
from zope.component.hooks import getSite
from zope.interface import implementer

from .actors import current_actor
from .gathering import WakeUp, gather
from .interfaces import SYSTEM_USER, ITaskQueue
from .outbox import ensure_outbox, new_task_id, outbox_of
from .records import Task, TaskRecord, TaskState

_ROOTS = ("VirtualHostBase", "VirtualHostRoot", "_vh_")
_METHODS = frozenset({"GET", "POST"})
_WAKE_UPS = "sp.personcert.taskqueue.wake-ups"
_FORBIDDEN_HEADERS = frozenset({"host", "cookie", "authorization", "forwarded"})


class TaskRefused(ValueError):
    """What was to be queued holds something that a record must not hold."""


def add(
    url: str,
    method: str = "GET",
    params: Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
    payload: str | bytes | None = None,
    queue: str = "default",
    key: str | None = None,
    user_id: str = SYSTEM_USER,
    delay: float = 0.0,
) -> str:
    """Queue a task, which runs soon after the commit, and return its id.

    :param url: the path of a task view on this site, see :func:`task_path`; never a host.
    :param params: query parameters, and ``payload``, the body of a POST: ids and codes only.
    :param key: with the same key on the same site there is one task, however often it is queued.
    :param user_id: whose rights it has, if not the service user's; ``delay``: seconds before its first run.
    :raises TaskRefused: for an address outside the site, or headers that carry hosts or secrets.
    """
    site = getSite()
    site_path = _checked_site_path(site, url, method, headers or {})
    task_id = new_task_id(site_path, key)
    outbox = ensure_outbox(site.getPhysicalRoot()._p_jar)
    if key and outbox.get(task_id) is not None:
        return task_id
    task = Task(
        id=task_id,
        site=site_path,
        url=_with_query(url, params),
        method=method,
        headers=dict(headers or {}),
        payload=payload.encode() if isinstance(payload, str) else payload or b"",
        queue=getUtility(ITaskQueue, name=queue).name,
        user_id=user_id,
        actor=current_actor(),
        key=key or "",
    )
    outbox.insert(TaskRecord(task, delay))
    wake_after_commit(task.id, delay)
    return task.id


def known_task(key: str) -> str | None:
    """The id of the task with this key on this site, in whatever state, until it is forgotten; else None."""
    site = getSite()
    outbox = outbox_of(site.getPhysicalRoot()._p_jar)
    task_id = new_task_id("/".join(site.getPhysicalPath()), key)
    return task_id if outbox is not None and outbox.get(task_id) is not None else None


def task_path(content: Any, view_name: str) -> str:
    """The address of a task view on some content, for :func:`add`."""
    return "/".join((*content.getPhysicalPath(), f"@@{view_name}"))


@implementer(ITaskQueue)
class TaskQueue:
    """A queue, registered under its name; that of the package has collective.taskqueue's default.

    All queues lie in one outbox and are served by the same workers.
    """

    def __init__(self, name: str = "default") -> None:
        self.name = name

    def __len__(self) -> int:
        outbox = outbox_of(getSite().getPhysicalRoot()._p_jar)
        records = outbox.unsettled() if outbox is not None else ()
        return sum(one.state == TaskState.QUEUED and one.task.queue == self.name for one in records)

    def __bool__(self) -> bool:
        return True

    def add(
        self,
        url: str,
        method: str = "GET",
        params: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        payload: str | bytes | None = None,
    ) -> str:
        """Queue a task and return its id."""
        return add(url, method, params, headers, payload, self.name)


def _checked_site_path(site: Any, url: str, method: str, headers: Mapping[str, str]) -> str:
    """The path of the site, when the rest can be a task of it."""
    site_path = "/".join(site.getPhysicalPath())
    path = url.partition("?")[0]
    segments = path.split("/")
    # a quoted step would be read only when the task runs; our ids and views need none
    leaves = "%" in path or ".." in segments or any(one.startswith(_ROOTS) for one in segments)
    if leaves or not path.startswith(f"{site_path}/"):
        raise TaskRefused(f"A task is a path below {site_path}.")
    if method not in _METHODS:
        raise TaskRefused(f"A task is a GET or a POST, not {method}.")
    for name in headers:
        if name.lower() in _FORBIDDEN_HEADERS or name.lower().startswith(("x-forwarded", "x-task")):
            raise TaskRefused(f"A task does not carry the header {name}.")
    return site_path


def _with_query(url: str, params: Mapping[str, Any] | None) -> str:
    if not params:
        return url
    return f"{url}{'&' if '?' in url else '?'}{urlencode(params, doseq=True)}"


def wake_after_commit(task_id: str, delay: float = 0.0) -> None:
    """One wake-up for the whole transaction: each costs the broker a commit of its own."""
    current = transaction.get()
    try:
        wake_ups = current.data(_WAKE_UPS)
    except KeyError:
        wake_ups = []
        current.set_data(_WAKE_UPS, wake_ups)
        current.addAfterCommitHook(_committed, (wake_ups,))
    wake_ups.append(WakeUp(task_id, delay))


def _committed(success: bool, wake_ups: list[WakeUp]) -> None:
    if success:
        gather(wake_ups)
