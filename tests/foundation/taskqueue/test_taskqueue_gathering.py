"""Wake-ups are gathered; no request waits for the broker."""

import os
import threading
import time

import pytest
import transaction

from sp.personcert.foundation.taskqueue import broker as brokers
from sp.personcert.foundation.taskqueue import gathering
from sp.personcert.foundation.taskqueue.gathering import MOST_IN_A_JOB, Gatherer, WakeUp, gather
from sp.personcert.foundation.taskqueue.records import TaskState
from sp.personcert.testing.tasks import record_of
from tests.programs import free_port


@pytest.fixture
def sent():
    """The batches that were sent."""
    return []


@pytest.fixture
def connect(monkeypatch):
    """Another broker for this process."""

    def to(url):
        monkeypatch.setenv("SP_TASKQUEUE_URL", url)
        brokers.broker.cache_clear()
        return brokers.broker()

    yield to
    gathering._begin_anew()
    brokers._silent.clear()
    brokers.broker.cache_clear()


def test_what_comes_within_a_moment_is_one_batch(sent):
    gatherer = Gatherer(lambda wake_ups: sent.append([wake_up.task_id for wake_up in wake_ups]))
    threads = [threading.Thread(target=gatherer.put, args=([WakeUp(str(n))],)) for n in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert gatherer.flush()
    assert sorted(task_id for batch in sent for task_id in batch) == sorted(map(str, range(40)))
    assert len(sent) < 20
    gatherer.put([WakeUp("later")])
    assert gatherer.flush()
    assert sent[-1] == ["later"]


def test_a_flush_waits_for_a_second_and_no_longer(sent):
    ended = threading.Event()
    gatherer = Gatherer(lambda wake_ups: ended.wait(20))
    gatherer.put([WakeUp("1")])
    begun = time.monotonic()
    assert not gatherer.flush()
    assert 0.9 < time.monotonic() - begun < 3
    ended.set()
    assert gatherer.flush()


def test_jobs_go_by_delay_and_a_long_list_is_several(sent, monkeypatch):
    monkeypatch.setattr(gathering, "wake", lambda ids, delay: sent.append((delay, len(ids))) or True)
    gathering.send([*(WakeUp(str(n)) for n in range(MOST_IN_A_JOB + 5)), WakeUp("x", 600.0)])
    assert sent == [(0.0, MOST_IN_A_JOB), (0.0, 5), (600.0, 1)]


def test_after_the_first_refusal_the_rest_is_left_to_the_sweep(sent, monkeypatch):
    monkeypatch.setattr(gathering, "wake", lambda ids, delay: sent.append(delay))
    gathering.send([WakeUp("1"), WakeUp("2", 5.0), WakeUp("3", 9.0)])
    assert sent == [0.0]


def test_a_broker_that_is_away_costs_a_request_nothing_and_is_said_once(queue_probe, connect, caplog):
    connect(f"redis://127.0.0.1:{free_port()}/0")
    task_ids = []
    begun = time.monotonic()
    for _ in range(20):
        task_ids.append(queue_probe())
        transaction.commit()
    assert time.monotonic() - begun < 1
    assert gathering._gatherer_of_this_process().flush(10)
    gather([WakeUp(task_ids[0])])
    assert gathering._gatherer_of_this_process().flush(10)
    assert {record_of(task_id).state for task_id in task_ids} == {TaskState.QUEUED}
    assert caplog.text.count("were not woken (ConnectionError)") == 1


def test_a_request_does_not_wait_for_a_slow_broker(queue_probe, connect, tmp_path, monkeypatch):
    here = connect(f"sqlite://{tmp_path}/queue.sqlite")
    held = threading.Event()
    real = here.huey.storage.enqueue
    monkeypatch.setattr(here.huey.storage, "enqueue", lambda *given: held.wait(20) and real(*given))
    queue_probe()
    begun = time.monotonic()
    transaction.commit()
    assert time.monotonic() - begun < 1
    held.set()
    assert gathering._gatherer_of_this_process().flush(10)
    assert here.huey.pending_count() == 1


def test_without_a_broker_nothing_is_gathered(connect):
    assert connect("") is None
    gather([WakeUp("1")])
    assert gathering._gatherer is None


def test_a_forked_child_gathers_anew(connect, tmp_path):
    connect(f"sqlite://{tmp_path}/queue.sqlite")
    gather([WakeUp("1")])
    assert gathering._gatherer_of_this_process().flush(10)
    child = os.fork()
    if not child:
        gather([WakeUp("2")])
        os._exit(0 if gathering._gatherer_of_this_process().flush(10) else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert brokers.broker().huey.pending_count() == 2
