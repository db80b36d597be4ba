"""The consumer inside the server: huey's private parts that it overrides work as expected."""

import time

import pytest
import transaction
from App.config import getConfiguration

from sp.personcert.foundation.taskqueue import broker as brokers
from sp.personcert.foundation.taskqueue import consumer, naming, running
from sp.personcert.foundation.taskqueue.records import TaskState
from sp.personcert.testing.tasks import record_of
from tests.foundation.taskqueue.probes import Probe


@pytest.fixture
def embedded(site, monkeypatch, tmp_path):
    """Start the consumer as the server does, on a file; drain it at the end."""
    monkeypatch.setenv("SP_TASKQUEUE_URL", f"sqlite://{tmp_path}/queue.sqlite")
    monkeypatch.setenv("SP_TASKQUEUE_EMBEDDED", "1")
    monkeypatch.setattr(getConfiguration(), "clienthome", str(tmp_path))
    monkeypatch.setattr(consumer.signal, "signal", lambda *arguments: None)
    brokers.broker.cache_clear()
    started = []
    yield lambda: started.append(consumer.start_with_server(None)) or started[0]
    for one in started:
        assert one.drain()
        one.thread.join(5)
        assert not one.thread.is_alive()
    running.stopping.clear()
    naming.release_name()
    brokers.broker.cache_clear()


def wait_for(task_id, state, seconds=20):
    """Wait until a task is in a state."""
    end = time.monotonic() + seconds
    while record_of(task_id).state != state and time.monotonic() < end:
        time.sleep(0.05)
    return record_of(task_id).state


def test_it_runs_what_is_queued_while_it_runs_and_what_waited(queue_probe, embedded):
    waiting = queue_probe()
    transaction.commit()
    brokers.broker().huey.storage.flush_all()
    embedded()
    assert wait_for(waiting, TaskState.DONE) == TaskState.DONE
    later_one = queue_probe()
    transaction.commit()
    assert wait_for(later_one, TaskState.DONE) == TaskState.DONE


def test_draining_waits_for_the_task_that_runs_and_begins_no_other(queue_probe, embedded):
    def slow(view):
        time.sleep(1)
        return "ok"

    running_one, waiting = queue_probe(slow), queue_probe()
    transaction.commit()
    one = embedded()
    wait_for(running_one, TaskState.RUNNING)
    assert one.drain()
    states = sorted([record_of(running_one).state, record_of(waiting).state])
    assert (states, Probe.runs) == ([TaskState.DONE, TaskState.QUEUED], 1)


def test_it_starts_only_where_the_servers_script_asked_for_it(site, monkeypatch):
    monkeypatch.delenv("SP_TASKQUEUE_EMBEDDED", raising=False)
    assert consumer.start_with_server(None) is None
