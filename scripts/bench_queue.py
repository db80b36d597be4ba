"""What the task queue costs, asked in this process: ``bench_queue.py CONF``. Used by ``bench.py``.

A request that writes one object against the same request that also queues a task, and our tasks against
bare huey's, by turns in rounds. Prints one line of JSON with a value for each round: CPU milliseconds per
request (all threads of the process count, so the sending of wake-ups does), tasks per second, and tasks per
second of CPU, which neither the disk nor the machine's other work changes.
"""

import io
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from instance import SITE_ID
from persistent.mapping import PersistentMapping
from plone.protect.interfaces import IDisableCSRFProtection
from Products.Five.browser import BrowserView
from zope.interface import alsoProvides, implementer

from sp.personcert.interfaces import IOwnView

ROUNDS = 7
WARM_UP = 30
REQUESTS = 100
BARE_TASKS = 1000
ROOT_KEY = "sp.personcert.bench"
ZCML = """
<configure xmlns="http://namespaces.zope.org/zope" xmlns:browser="http://namespaces.zope.org/browser">
  <include package="Products.Five" file="meta.zcml" />
  <browser:page name="bench-write" for="*" class="bench_queue.Write" permission="zope.Public" />
  <browser:page name="bench-add" for="*" class="bench_queue.WriteAndAdd" permission="zope.Public" />
  <browser:page name="bench-nothing" for="*" class="bench_queue.Nothing" permission="zope2.View"
      layer="sp.personcert.foundation.taskqueue.interfaces.ITaskQueueLayer" />
</configure>
"""


@implementer(IOwnView)
class Write(BrowserView):
    """Writes one object."""

    def __call__(self) -> str:
        alsoProvides(self.request, IDisableCSRFProtection)
        written = self.context.getPhysicalRoot()._p_jar.root()[ROOT_KEY]
        written["times"] = written.get("times", 0) + 1
        return "written"


class WriteAndAdd(Write):
    """Writes it and queues a task."""

    def __call__(self) -> str:
        from sp.personcert.foundation import taskqueue

        taskqueue.add(taskqueue.task_path(self.context, "bench-nothing"))
        return super().__call__()


@implementer(IOwnView)
class Nothing(BrowserView):
    """A task that does nothing."""

    def __call__(self) -> str:
        return "done"


def post(view: str) -> None:
    """One request, through ZPublisher.

    :raises SystemExit: when it does not answer.
    """
    from ZPublisher.WSGIPublisher import publish_module

    statuses: list[str] = []
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": f"/{SITE_ID}/@@{view}",
        "QUERY_STRING": "",
        "CONTENT_LENGTH": "0",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8099",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
    }
    for _ in publish_module(environ, lambda status, headers, error=None: statuses.append(status)):
        pass
    if not statuses or not statuses[0].startswith("200"):
        raise SystemExit(f"{view} answered {statuses}.")


def requests(view: str, times: int = REQUESTS) -> float:
    """CPU milliseconds per request."""
    before = time.process_time()
    for _ in range(times):
        post(view)
    time.sleep(0.2)  # wake-ups are sent a moment later
    return (time.process_time() - before) * 1000 / times


def timed(work: Callable[[], Any], count: int) -> tuple[float, float]:
    """So many done per second, and per second of CPU."""
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return count / (time.perf_counter() - wall), count / (time.process_time() - cpu)


def our_tasks(count: int) -> tuple[float, float]:
    """Run what was queued; see :func:`timed`.

    :raises SystemExit: when not all of it was done.
    """
    from sp.personcert.foundation.taskqueue.broker import broker
    from sp.personcert.foundation.taskqueue.records import TaskState

    before = _in_state(TaskState.DONE)
    rates = timed(broker().drain, count)
    done = _in_state(TaskState.DONE) - before
    if done != count:
        raise SystemExit(f"{done} of {count} tasks were done.")
    return rates


def _in_state(state: str) -> int:
    from sp.personcert.foundation.taskqueue.outbox import outbox_of, own_transaction

    with own_transaction() as connection:
        shards = outbox_of(connection).shards
        return sum(record.state == state for shard in shards for record in shard.values())


def bare_huey(folder: Path) -> Callable[[int], tuple[float, float]]:
    """The same of huey alone, set up as ours is."""
    from huey import SqliteHuey

    huey = SqliteHuey("bare", filename=str(folder / "bare.sqlite"), results=False, fsync=False)
    nothing = huey.task()(lambda: None)

    def drain() -> None:
        while (job := huey.dequeue()) is not None:
            huey.execute(job)

    def tasks(count: int) -> tuple[float, float]:
        for _ in range(count):
            nothing()
        return timed(drain, count)

    return tasks


def start(conf: str) -> None:
    """Start Zope with the views, and forget what the site queued before."""
    import transaction
    from Zope2.Startup.run import configure_wsgi

    configure_wsgi(conf)
    import Zope2

    root = Zope2.app()
    root._p_jar.root()[ROOT_KEY] = PersistentMapping()
    transaction.commit()
    root._p_jar.close()
    from zope.configuration import xmlconfig

    from sp.personcert.foundation.taskqueue.broker import broker

    xmlconfig.string(ZCML)
    broker().huey.storage.flush_all()


def main(conf: str) -> None:
    """Measure and print."""
    start(conf)
    found: dict[str, list[Any]] = {"write": [], "add": [], "ours": [], "bare": []}
    with TemporaryDirectory() as folder:
        bare = bare_huey(Path(folder))
        for view in ("bench-write", "bench-add"):
            requests(view, WARM_UP)
        our_tasks(WARM_UP)
        bare(BARE_TASKS)
        for _ in range(ROUNDS):
            found["write"].append(requests("bench-write"))
            found["add"].append(requests("bench-add"))
            found["ours"].append(our_tasks(REQUESTS))
            found["bare"].append(bare(BARE_TASKS))
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1])
