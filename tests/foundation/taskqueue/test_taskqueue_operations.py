"""What administrators do with tasks that do not run by themselves."""

from dataclasses import replace

import pytest
import transaction
import Zope2
from plone import api
from zope.component.hooks import setSite

from sp.personcert.foundation.audit import details_of, entries_for
from sp.personcert.foundation.clock import later
from sp.personcert.foundation.errors import NotAllowed, Refused
from sp.personcert.foundation.taskqueue import GiveUp, RetryLater, Uncertain, effect
from sp.personcert.foundation.taskqueue.broker import broker
from sp.personcert.foundation.taskqueue.claiming import claim
from sp.personcert.foundation.taskqueue.operations import give_up, run_again, was_done
from sp.personcert.foundation.taskqueue.outbox import ROOT_KEY, own_record
from sp.personcert.foundation.taskqueue.records import TaskGroup, TaskState
from sp.personcert.foundation.taskqueue.sweep import purge, wake_what_waits
from sp.personcert.testing.tasks import forget_wake_ups, in_thread, record_of, run_due
from tests.foundation.taskqueue.probes import Probe

OPERATIONS = (run_again, was_done, give_up)


def fails_with(error):
    """A task that ends so."""

    def fail(view):
        raise error

    return fail


def breaks_off(view):
    """A task whose letter may have gone out, and that counts."""
    with effect(view.request, "mail") as to_do:
        if to_do and Probe.runs == 1:
            raise TimeoutError
    return "ok"


@pytest.fixture
def administrator(site):
    """Somebody who may."""
    with api.env.adopt_user(username="administrator"):
        yield site


@pytest.fixture
def ended(queue_probe):
    """A task that ran and came to a state."""

    def end(behaviour):
        task_id = queue_probe(behaviour)
        run_due()
        return task_id

    return end


def test_a_dead_task_runs_again_with_all_its_tries(ended, administrator):
    task_id = ended(fails_with(GiveUp("no address")))
    Probe.behaviour = lambda view: "ok"
    run_again(task_id)
    stored = record_of_now(task_id)
    assert (stored.state, stored.failures, stored.crashes, stored.finished) == (TaskState.QUEUED, 0, 0, 0.0)
    assert run_due() == 1
    assert record_of(task_id).state == TaskState.DONE
    assert record_of(task_id).history, "what was noted stays"


def record_of_now(task_id):
    """The record in the test's own transaction."""
    transaction.commit()
    return record_of(task_id)


def test_a_task_that_waits_runs_at_once(ended, administrator):
    task_id = ended(fails_with(RetryLater("the server is down")))
    assert record_of(task_id).group == TaskGroup.RETRYING
    Probe.behaviour = lambda view: "ok"
    run_again(task_id)
    run_due()
    assert record_of(task_id).state == TaskState.DONE


def test_what_was_begun_before_a_crash_is_not_done_twice_by_hurrying_it(ended, administrator):
    task_id = ended(fails_with(RetryLater("down")))
    Probe.runs = 0
    with own_record(task_id) as stored:
        stored.effects["mail"], stored.crashes = "started", 1
    transaction.begin()
    Probe.behaviour = breaks_off
    run_again(task_id)
    run_due()
    assert record_of(task_id).state == TaskState.UNCERTAIN


def test_faults_after_something_was_begun_end_as_uncertain(ended, administrator):
    task_id = ended(fails_with(GiveUp("no address")))
    with own_record(task_id) as stored:
        stored.effects["mail"] = "started"
    transaction.begin()
    run_again(task_id)
    run_due()
    assert record_of(task_id).state == TaskState.UNCERTAIN


def test_an_uncertain_effect_is_repeated_when_somebody_says_so(ended, administrator):
    task_id = ended(breaks_off)
    assert (record_of(task_id).state, dict(record_of(task_id).effects)) == ("uncertain", {"mail": "started"})
    run_again(task_id)
    run_due()
    assert (record_of(task_id).state, dict(record_of(task_id).effects)) == ("done", {"mail": "done"})


def test_an_uncertain_effect_that_was_done_is_not_repeated_and_the_rest_runs(ended, administrator):
    seen = []

    def look(view):
        with effect(view.request, "mail") as to_do:
            seen.append(to_do)
        return "ok"

    task_id = ended(breaks_off)
    Probe.behaviour = look
    was_done(task_id)
    run_due()
    assert (record_of(task_id).state, seen) == (TaskState.DONE, [False])


@pytest.mark.parametrize("error", [GiveUp("x"), Uncertain("x"), RetryLater("x")])
def test_what_is_given_up_never_runs_and_is_forgotten_like_what_is_done(ended, administrator, error):
    task_id = ended(fails_with(error))
    give_up(task_id)
    run_due(after=3600)
    assert (record_of(task_id).state, Probe.runs) == (TaskState.GIVEN_UP, 1)
    in_thread(wake_what_waits)
    with later(31 * 86400):
        assert in_thread(purge) == 1
    with pytest.raises(LookupError):
        record_of(task_id)


def test_each_is_noted_with_the_task_and_its_view(ended, administrator):
    task_id = ended(fails_with(Uncertain("x")))
    was_done(task_id)
    run_due()
    run_again(task_id)
    give_up_again = ended(fails_with(GiveUp("x")))
    give_up(give_up_again)
    noted = [(entry.action, details_of(entry)) for entry in list(entries_for(administrator))[:3]]
    assert sorted(noted, key=lambda one: one[0]) == [
        ("task.give_up", {"task": give_up_again, "view": "probe", "about": ""}),
        ("task.run_again", {"task": task_id, "view": "probe", "about": ""}),
        ("task.was_done", {"task": task_id, "view": "probe", "about": ""}),
    ]


@pytest.mark.parametrize("operation", OPERATIONS)
def test_what_is_done_runs_or_is_about_to_run_is_left_alone(queue_probe, administrator, operation):
    done = queue_probe()
    run_due()
    running, due = queue_probe(), queue_probe()
    transaction.commit()
    in_thread(lambda: claim(running))
    transaction.begin()
    for task_id in (done, running, due):
        with pytest.raises(Refused):
            operation(task_id)
    transaction.commit()
    assert [record_of(one).state for one in (done, running, due)] == ["done", "running", "queued"]


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize(
    "task_id", ["", "0" * 36, "../../x", "zzzzzzzz-0000-0000-0000-000000000000", "é" * 36]
)
def test_a_task_that_there_is_not_is_refused(administrator, operation, task_id):
    with pytest.raises(Refused):
        operation(task_id)


@pytest.mark.wall
@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("user_name", ["ceper", "handlaggare", "beslutsfattare"])
def test_nobody_but_an_administrator_may(ended, acting, operation, user_name):
    task_id = ended(fails_with(Uncertain("x")))
    with acting(user_name), pytest.raises(NotAllowed):
        operation(task_id)
    assert record_of(task_id).state == TaskState.UNCERTAIN


@pytest.mark.wall
def test_another_sites_task_is_none(ended, administrator):
    task_id = ended(fails_with(GiveUp("x")))

    def move():
        with own_record(task_id) as stored:
            stored.task = replace(stored.task, site="/other")

    in_thread(move)
    transaction.begin()
    with pytest.raises(Refused):
        run_again(task_id)


def test_it_is_woken_after_the_commit_and_not_before(ended, administrator):
    task_id = ended(fails_with(GiveUp("x")))
    forget_wake_ups()
    run_again(task_id)
    assert broker().huey.pending_count() == 0
    transaction.commit()
    assert broker().huey.pending_count() == 1


def test_two_people_at_once_meet_a_conflict_and_one_deed_stays(ended, administrator):
    task_id = ended(fails_with(GiveUp("x")))
    manager = transaction.TransactionManager()
    connection = Zope2.DB.open(manager)
    try:
        manager.begin()
        there = connection.root()[ROOT_KEY].get(task_id)
        there.start_anew()
        give_up(task_id)
        manager.commit()
        with pytest.raises(transaction.interfaces.TransientError):
            transaction.commit()
        transaction.abort()
    finally:
        setSite(administrator)
        connection.close()
    assert record_of(task_id).state == TaskState.QUEUED
