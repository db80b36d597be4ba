"""What cannot be taken back happens at most once."""

import pytest
import transaction
from ZODB.POSException import ConflictError

from sp.personcert.foundation.taskqueue import Definite, effect
from sp.personcert.foundation.taskqueue.outbox import own_record
from sp.personcert.foundation.taskqueue.records import TaskState
from sp.personcert.testing.tasks import in_thread, record_of, run_due
from tests.foundation.taskqueue.probes import Probe


@pytest.fixture
def sent():
    """What went outside."""
    return []


def sender(sent, before=lambda: None, after=lambda: None):
    """A task that sends, with something that happens before or after the hand-over."""

    def send(view):
        with effect(view.request, "mail") as to_do:
            before()
            if to_do:
                sent.append("mail")
        after()
        return "ok"

    return send


def test_an_effect_happens_and_is_marked(queue_probe, sent):
    task_id = queue_probe(sender(sent))
    run_due()
    stored = record_of(task_id)
    assert (stored.state, dict(stored.effects), sent) == (TaskState.DONE, {"mail": "done"}, ["mail"])


def test_what_was_sent_is_not_sent_again_when_the_task_runs_again(queue_probe, sent):
    def fail_once():
        if Probe.runs == 1:
            raise ValueError

    task_id = queue_probe(sender(sent, after=fail_once))
    run_due()
    assert (record_of(task_id).state, sent) == (TaskState.QUEUED, ["mail"])
    run_due(after=60)
    assert (record_of(task_id).state, sent, Probe.runs) == (TaskState.DONE, ["mail"], 2)


def test_a_conflict_after_it_does_not_send_it_again(queue_probe, sent):
    def conflict_once():
        if Probe.runs == 1:
            raise ConflictError

    task_id = queue_probe(sender(sent, after=conflict_once))
    run_due()
    assert (record_of(task_id).state, sent, Probe.runs) == (TaskState.DONE, ["mail"], 2)


def test_an_effect_that_was_begun_before_is_uncertain(queue_probe, sent):
    task_id = queue_probe(sender(sent))

    def begin():
        with own_record(task_id) as stored:
            stored.effects["mail"] = "started"

    transaction.commit()
    in_thread(begin)
    run_due()
    assert (record_of(task_id).state, sent) == (TaskState.UNCERTAIN, [])


def test_an_effect_that_breaks_off_is_uncertain_at_once(queue_probe, sent):
    def time_out():
        raise TimeoutError("the server at 192.0.2.1")

    task_id = queue_probe(sender(sent, before=time_out))
    run_due()
    stored = record_of(task_id)
    assert (stored.state, stored.reason) == (
        TaskState.UNCERTAIN,
        "Uncertain: mail broke off with TimeoutError",
    )


def test_an_effect_that_surely_did_not_happen_is_tried_again(queue_probe, sent):
    def refuse_once():
        if Probe.runs == 1:
            raise Definite("not now")

    task_id = queue_probe(sender(sent, before=refuse_once))
    run_due()
    assert (record_of(task_id).state, dict(record_of(task_id).effects)) == (TaskState.QUEUED, {"mail": ""})
    run_due(after=60)
    assert (record_of(task_id).state, sent) == (TaskState.DONE, ["mail"])


def test_a_run_that_lost_its_task_begins_nothing(queue_probe, sent):
    def lose_it(view):
        with own_record(view.request.environ["sp.task.id"]) as stored:
            stored.run = "another"
        return sender(sent)(view)

    task_id = queue_probe(lose_it)
    run_due()
    assert (sent, dict(record_of(task_id).effects)) == ([], {})


def test_a_late_refusal_does_not_erase_the_mark_of_another_run(queue_probe):
    def refused_late(view):
        with effect(view.request, "mail"):
            with own_record(view.request.environ["sp.task.id"]) as stored:
                stored.run = "another"
            raise Definite("refused")

    task_id = queue_probe(refused_late)
    run_due()
    assert dict(record_of(task_id).effects) == {"mail": "started"}
