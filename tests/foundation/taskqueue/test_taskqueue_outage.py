"""Two hours without a mail server: customers notice nothing, and each letter goes out later, once."""

from collections import Counter

import pytest
import transaction
from plone import api

from sp.personcert.foundation.clock import later
from sp.personcert.foundation.mail import Letter, compose, deliver, queue_notice
from sp.personcert.foundation.taskqueue.interfaces import ENVIRON_ID
from sp.personcert.foundation.taskqueue.outbox import outbox_of
from sp.personcert.foundation.taskqueue.records import TaskState
from sp.personcert.testing.tasks import run_due
from tests.foundation.taskqueue.probes import Probe
from tests.foundation.taskqueue.smtp_sink import Sink

MINUTE = 60.0
LETTER = Letter("Du har ett nytt meddelande", ("Det finns ett nytt meddelande till dig.",))


@pytest.fixture
def sink(site, monkeypatch):
    """A mail server that the site knows and that does not answer yet."""
    one = Sink()
    monkeypatch.delenv("SP_MAIL_DIR", raising=False)
    values = {"smtp_host": "127.0.0.1", "smtp_port": one.port, "email_from_address": "kundwebb@example.se"}
    for name, value in values.items():
        api.portal.set_registry_record(f"plone.{name}", value)
    transaction.commit()
    Probe.behaviour = send
    yield one
    one.close()


def send(view):
    """What the task of the probe does here."""
    deliver(view.request, compose("test@example.se", "sv", LETTER, view.request.environ[ENVIRON_ID]))
    return "sent"


def letters(site):
    """The tasks that send, and how they stand."""
    records = outbox_of(site._p_jar).unsettled()
    return {
        record.task.id: record.state
        for record in records
        if record.task.url.partition("?")[0].endswith(("@@probe", "@@send-notice"))
    }


def test_two_hours_without_a_mail_server(site, sink, get, customer):
    queue_notice(customer("ceper"), "new_message")
    transaction.commit()
    for minute in range(0, 121, 5):
        with later(minute * MINUTE):
            assert minute % 30 or get("/plone/@@queue-probe") == 200
        run_due(after=minute * MINUTE)
    waiting = letters(site)
    assert len(waiting) == 6 and set(waiting.values()) == {TaskState.QUEUED} and not sink.accepted

    sink.open()
    for minute in range(125, 250, 5):
        run_due(after=minute * MINUTE)
    assert letters(site) == dict.fromkeys(waiting, TaskState.DONE)
    assert Counter(sink.tasks) == dict.fromkeys(waiting, 1)
