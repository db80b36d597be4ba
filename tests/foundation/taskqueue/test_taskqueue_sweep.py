"""The sweep finds what was lost."""

import pytest
import transaction
from ZODB.POSException import ConflictError
from zope.component import getGlobalSiteManager

from sp.personcert.foundation.clock import later
from sp.personcert.foundation.taskqueue import sweep as sweeping
from sp.personcert.foundation.taskqueue.broker import broker
from sp.personcert.foundation.taskqueue.claiming import claim
from sp.personcert.foundation.taskqueue.interfaces import IPeriodicTask
from sp.personcert.foundation.taskqueue.outbox import ensure_outbox, own_record
from sp.personcert.foundation.taskqueue.records import TaskState
from sp.personcert.foundation.taskqueue.sweep import purge, sweep, wake_what_waits
from sp.personcert.foundation.taskqueue.timing import LEASE_SECONDS
from sp.personcert.testing.tasks import forget_wake_ups, in_thread, record_of, run_due
from tests.foundation.taskqueue.probes import Probe


def sweep_and_run(starting=False, after=0.0):
    """Sweep in a thread of its own, and run what it woke."""
    with later(after):
        woken = in_thread(lambda: wake_what_waits(starting))
        run_due()
    return woken


@pytest.fixture
def queued(queue_probe):
    """A committed task whose wake-up was lost."""
    task_id = queue_probe()
    transaction.commit()
    forget_wake_ups()
    return task_id


@pytest.fixture
def begun(queued):
    """A task whose worker has died in the middle."""
    in_thread(lambda: claim(queued))
    return queued


def test_a_lost_wake_up_is_found_after_a_while(queued):
    assert sweep_and_run() == 0
    assert sweep_and_run(after=31) == 1
    assert record_of(queued).state == TaskState.DONE


def test_a_starting_consumer_takes_up_what_waits(queued):
    assert sweep_and_run(starting=True) == 1
    assert record_of(queued).state == TaskState.DONE


def test_a_starting_consumer_takes_up_what_it_was_running(begun):
    sweep_and_run(starting=True)
    assert (record_of(begun).state, record_of(begun).crashes) == (TaskState.QUEUED, 1)
    sweep_and_run(starting=True, after=6)
    assert record_of(begun).state == TaskState.DONE


def test_another_consumers_task_is_left_until_its_lease_ends(begun, monkeypatch):
    monkeypatch.setenv("SP_CONSUMER_NAME", "another")
    sweep_and_run(starting=True)
    assert record_of(begun).state == TaskState.RUNNING
    sweep_and_run(after=LEASE_SECONDS + 1)
    assert record_of(begun).crashes == 1


def test_a_task_that_dies_twice_after_it_began_something_outside_is_uncertain(begun):
    def begin_and_die():
        with own_record(begun) as stored:
            stored.effects["mail"] = "started"

    in_thread(begin_and_die)
    in_thread(lambda: sweep(starting=True))
    with later(6):
        in_thread(lambda: claim(begun))
        in_thread(lambda: sweep(starting=True))
    assert (record_of(begun).state, record_of(begun).crashes) == (TaskState.UNCERTAIN, 2)


def test_a_task_that_takes_its_process_down_twice_is_not_tried_again(begun):
    in_thread(lambda: sweep(starting=True))
    with later(6):
        in_thread(lambda: claim(begun))
        in_thread(lambda: sweep(starting=True))
    stored = record_of(begun)
    assert (stored.state, stored.crashes, stored.failures) == (TaskState.DEAD, 2, 0)
    assert stored.reason == "Crash: the worker ended in the middle (2)"
    assert Probe.runs == 0


def test_the_index_is_what_the_last_sweep_saw(queue_probe, site):
    done, waiting = queue_probe(), None
    run_due()
    waiting = queue_probe()
    transaction.commit()
    in_thread(wake_what_waits)
    transaction.begin()
    index = ensure_outbox(site.getPhysicalRoot()._p_jar).index
    assert (index.ids(TaskState.QUEUED), index.counts()[TaskState.DEAD]) == ([waiting], 0)
    assert done in index.settled and index.swept > 0


def test_done_tasks_are_forgotten_after_a_month(queue_probe):
    task_id = queue_probe(key="once")
    run_due()
    in_thread(wake_what_waits)
    with later(29 * 86400):
        assert in_thread(purge) == 0
    with later(31 * 86400):
        assert in_thread(purge) == 1
    with pytest.raises(LookupError):
        record_of(task_id)


def test_a_periodic_task_that_is_due_is_queued_once(site):
    class Periodic:
        view_name = "probe"

        def key_if_due(self, context):
            return "probe:today"

    registry, periodic = getGlobalSiteManager(), Periodic()
    registry.registerUtility(periodic, IPeriodicTask, name="probe")
    try:
        in_thread(sweep)
        in_thread(sweep)
        run_due()
    finally:
        registry.unregisterUtility(periodic, IPeriodicTask, name="probe")
    assert Probe.runs == 1


def test_a_long_queue_does_not_grow_with_each_sweep(queue_probe, monkeypatch):
    monkeypatch.setattr(sweeping, "MOST_WHILE_BUSY", 2)
    for _ in range(5):
        queue_probe()
    transaction.commit()
    with later(31):
        assert in_thread(wake_what_waits) == 2
        assert in_thread(lambda: wake_what_waits(starting=True)) == 5
        forget_wake_ups()
        assert in_thread(wake_what_waits) == 5


def test_the_oldest_is_woken_first(queue_probe):
    second = queue_probe()
    with later(-20):
        first = queue_probe()
    transaction.commit()
    forget_wake_ups()
    with later(60):
        in_thread(wake_what_waits)
    assert broker().huey.dequeue().args[0] == [first, second]


def test_a_start_that_meets_another_sweep_tries_again(begun, monkeypatch):
    real, tried = sweeping.wake_what_waits, []

    def meet_once(starting):
        tried.append(starting)
        if len(tried) == 1:
            raise ConflictError
        return real(starting)

    monkeypatch.setattr(sweeping, "wake_what_waits", meet_once)
    in_thread(lambda: sweep(starting=True))
    assert (tried, record_of(begun).crashes) == ([True, True], 1)
