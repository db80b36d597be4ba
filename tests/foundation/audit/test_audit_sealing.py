"""Sealing: a task does it, soon and in order."""

import transaction

from sp.personcert.foundation import taskqueue
from sp.personcert.foundation.audit import record, seal, verify
from sp.personcert.foundation.audit.entries import GENESIS
from sp.personcert.foundation.audit.sealing import SealPeriodically
from sp.personcert.foundation.clock import later
from sp.personcert.foundation.taskqueue.records import TaskState
from sp.personcert.foundation.taskqueue.sweep import sweep
from sp.personcert.testing.tasks import forget_wake_ups, in_thread, record_of, run_due


def test_nothing_new_makes_no_batch(site):
    assert seal(site) is None


def test_batches_are_chained(sealed, log):
    first, second = log.batches[1], log.batches[2]
    assert (first.previous, second.previous) == (GENESIS, first.hash)
    assert [len(first.members), len(second.members)] == [3, 3]
    assert not log.waits()


def test_the_task_seals(site, log):
    record("probe.noted", site)
    task_id = taskqueue.add(taskqueue.task_path(site, "seal-audit"))
    run_due()
    assert record_of(task_id).state == TaskState.DONE
    assert (len(log.batches), verify(site)) == (1, [])


def test_the_sweep_queues_the_task_once_in_ten_minutes_when_something_is_new(site, log):
    record("probe.noted", site)
    transaction.commit()
    forget_wake_ups()
    in_thread(sweep)
    run_due()
    assert (len(log.batches), log.waits()) == (1, False)
    assert SealPeriodically().key_if_due(site) is None
    record("probe.noted", site)
    first = SealPeriodically().key_if_due(site)
    with later(600):
        assert SealPeriodically().key_if_due(site) not in (None, first)


def test_the_head_of_the_chain_goes_to_the_servers_log(site, caplog):
    caplog.set_level("INFO", "sp.personcert.foundation.audit")
    record("probe.noted", site)
    batch = seal(site)
    assert batch.hash not in caplog.text
    transaction.commit()
    assert f"Audit batch 1 of /plone with 1 entries: {batch.hash}" in caplog.text


def test_a_sealing_that_is_given_up_tells_nothing(site, caplog):
    caplog.set_level("INFO", "sp.personcert.foundation.audit")
    record("probe.noted", site)
    seal(site)
    transaction.abort()
    assert "Audit batch" not in caplog.text
