"""The overview: the index as the sweep left it, and each row as it stands now."""

import pytest
import transaction

from sp.personcert.foundation.clock import later, machine_seconds
from sp.personcert.foundation.taskqueue import GiveUp, RetryLater, Uncertain
from sp.personcert.foundation.taskqueue.claiming import claim
from sp.personcert.foundation.taskqueue.outbox import ROOT_KEY
from sp.personcert.foundation.taskqueue.queries import Overview, TaskGroup, overview
from sp.personcert.foundation.taskqueue.running import run
from sp.personcert.foundation.taskqueue.sweep import wake_what_waits
from sp.personcert.testing.tasks import in_thread, run_due
from tests.foundation.taskqueue.probes import Probe

ENDS = {
    "dead": GiveUp("no address"),
    "uncertain": Uncertain("mail broke off"),
    "retrying": RetryLater("down"),
}


@pytest.fixture
def filled(queue_probe):
    """One task in each group, by the group's name; swept."""
    task_ids = {}
    for group, error in ENDS.items():

        def fail(view, error=error):
            raise error

        task_ids[group] = queue_probe(fail)
        run_due()
    task_ids |= {"running": queue_probe(), "queued": queue_probe(params={"n": 1}), "done": queue_probe()}
    transaction.commit()
    in_thread(lambda: claim(task_ids["running"]))
    in_thread(lambda: claim_and_end(task_ids["done"]))
    in_thread(wake_what_waits)
    transaction.begin()
    return task_ids


def claim_and_end(task_id):
    """Run it."""

    Probe.behaviour = lambda view: "ok"
    run(task_id)


def test_each_task_stands_in_its_group(filled):
    seen = overview()
    for group in TaskGroup:
        assert [row.task_id for row in seen.rows[group]] == [filled[group.value]], group
        assert seen.counts[group] == 1, group
    assert machine_seconds() - seen.swept < 60


def test_a_row_says_what_where_why_and_what_can_be_done(filled):
    rows = {group: rows[0] for group, rows in overview().rows.items()}
    dead = rows[TaskGroup.DEAD]
    assert (dead.view_name, dead.path, dead.kind, dead.reason) == ("probe", "", "GiveUp", "no address")
    assert rows[TaskGroup.RETRYING].next_try > machine_seconds() > rows[TaskGroup.RETRYING].created
    can = {
        group.value: (row.can_run_again, row.can_be_settled, row.can_be_given_up)
        for group, row in rows.items()
    }
    assert can == {
        "queued": (False, False, False),
        "running": (False, False, False),
        "retrying": (True, False, True),
        "dead": (True, False, True),
        "uncertain": (True, True, True),
    }


def test_what_changed_since_the_sweep_is_shown_as_it_is(filled):
    in_thread(lambda: claim_and_end(filled["queued"]))
    transaction.begin()
    seen = overview()
    assert (seen.counts[TaskGroup.QUEUED], seen.rows[TaskGroup.QUEUED]) == (0, [])


def test_only_so_many_are_loaded(queue_probe, site):
    for _ in range(7):
        queue_probe()
    transaction.commit()
    in_thread(wake_what_waits)
    site._p_jar.cacheMinimize()
    transaction.begin()
    seen = overview(per_group=3)
    assert (len(seen.rows[TaskGroup.QUEUED]), seen.counts[TaskGroup.QUEUED]) == (3, 7)
    shards = site._p_jar.root()[ROOT_KEY].shards
    loaded = [one for shard in shards for one in shard.values() if one._p_changed is not None]
    assert len(loaded) == 3


def test_the_oldest_due_task_is_the_one_that_waits_longest(queue_probe):
    queue_probe(delay=600)
    queue_probe()
    transaction.commit()
    begun = machine_seconds()
    with later(300):
        in_thread(wake_what_waits)
    transaction.begin()
    assert abs(overview().oldest_due - begun) < 5
    with later(100):
        run_due()
    in_thread(wake_what_waits)
    transaction.begin()
    assert overview().oldest_due == 0.0


def test_before_the_first_task_there_is_nothing(site):
    del site._p_jar.root()[ROOT_KEY]
    assert overview() == Overview()
