"""What the killed server runs: tasks that count inside and outside, and a page that tells."""

import json
import os
import time
from typing import Any

from plone.protect.interfaces import IDisableCSRFProtection
from Products.Five.browser import BrowserView
from zope.interface import alsoProvides, implementer

from sp.personcert.foundation import taskqueue
from sp.personcert.foundation.taskqueue.interfaces import ENVIRON_ID
from sp.personcert.foundation.taskqueue.outbox import ensure_outbox
from sp.personcert.interfaces import IOwnView


@implementer(IOwnView)
class CrashQueue(BrowserView):
    """Queues ``n`` tasks that take ``seconds`` each."""

    def __call__(self) -> str:
        alsoProvides(self.request, IDisableCSRFProtection)
        path = taskqueue.task_path(self.context, "crash-count")
        for _ in range(int(self.request.form["n"])):
            taskqueue.add(path, params={"seconds": self.request.form["seconds"]})
        return "queued"


@implementer(IOwnView)
class CrashCount(BrowserView):
    """Writes a line outside, takes its time, counts in the database."""

    def __call__(self) -> str:
        seconds = float(self.request.form["seconds"])
        with taskqueue.effect(self.request, "line") as to_do:
            if to_do:
                with open(os.environ["SP_CRASH_FILE"], "a", encoding="ascii") as file:
                    file.write(self.request.environ[ENVIRON_ID] + "\n")
                time.sleep(seconds / 4)
        time.sleep(seconds * 3 / 4)
        self.context.crash_count = getattr(self.context, "crash_count", 0) + 1
        return "ok"


@implementer(IOwnView)
class CrashStatus(BrowserView):
    """The counter, and every task with its state and crashes."""

    def __call__(self) -> Any:
        outbox = ensure_outbox(self.context.getPhysicalRoot()._p_jar)
        tasks = {
            record.task.id: (record.state, record.crashes)
            for shard in outbox.shards
            for record in shard.values()
            if record.task.url.partition("?")[0].endswith("@@crash-count")
        }
        return json.dumps({"count": getattr(self.context, "crash_count", 0), "tasks": tasks})
