"""What the killed processes run: tasks that count and tasks that send, and pages that queue and tell."""

import json
import os
import random
import time
from typing import Any

from plone import api
from plone.protect.interfaces import IDisableCSRFProtection
from Products.Five.browser import BrowserView
from zope.interface import alsoProvides, implementer

from sp.personcert.foundation import taskqueue
from sp.personcert.foundation.mail import Letter, compose, deliver
from sp.personcert.foundation.taskqueue.interfaces import ENVIRON_ID
from sp.personcert.foundation.taskqueue.outbox import ensure_outbox
from sp.personcert.interfaces import IOwnView

COUNT, MAIL = "crash-count", "crash-mail"


@implementer(IOwnView)
class CrashSetup(BrowserView):
    """Tells the site where its mail server is."""

    def __call__(self) -> str:
        alsoProvides(self.request, IDisableCSRFProtection)
        records = {"smtp_host": "127.0.0.1", "smtp_port": int(self.request.form["smtp_port"])}
        for name, value in {**records, "email_from_address": "kundwebb@example.se"}.items():
            api.portal.set_registry_record(f"plone.{name}", value)
        return "set up"


@implementer(IOwnView)
class CrashQueue(BrowserView):
    """Queues ``counts`` tasks that take ``seconds`` each, and ``mails`` letters among them."""

    def __call__(self) -> str:
        alsoProvides(self.request, IDisableCSRFProtection)
        form = self.request.form
        names = [COUNT] * int(form["counts"]) + [MAIL] * int(form["mails"])
        random.shuffle(names)
        for name in names:
            taskqueue.add(taskqueue.task_path(self.context, name), params={"seconds": form["seconds"]})
        return "queued"


@implementer(IOwnView)
class CrashCount(BrowserView):
    """Takes its time and counts in the database."""

    def __call__(self) -> str:
        time.sleep(float(self.request.form["seconds"]))
        self.context.crash_count = getattr(self.context, "crash_count", 0) + 1
        return "ok"


@implementer(IOwnView)
class CrashMail(BrowserView):
    """Sends a letter."""

    def __call__(self) -> str:
        letter = Letter("Du har ett nytt meddelande", ("Det finns ett nytt meddelande till dig.",))
        message = compose("ce.person.test@example.se", "sv", letter, self.request.environ[ENVIRON_ID])
        return "sent" if deliver(self.request, message) else "sent before"


@implementer(IOwnView)
class CrashStatus(BrowserView):
    """The process, the counter, and how many tasks stand in which state."""

    def __call__(self) -> Any:
        outbox = ensure_outbox(self.context.getPhysicalRoot()._p_jar)
        states = [record.state for shard in outbox.shards for record in shard.values()]
        counts = {state: states.count(state) for state in set(states)}
        return json.dumps({"pid": os.getpid(), "count": getattr(self.context, "crash_count", 0)} | counts)
