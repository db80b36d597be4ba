"""Queueing: with the transaction or not at all."""

from datetime import UTC, datetime

import pytest
import transaction
import Zope2
from zope.component import getGlobalSiteManager, getUtility
from zope.component.hooks import setSite
from zope.interface.interfaces import ComponentLookupError

from sp.personcert.foundation import taskqueue
from sp.personcert.foundation.taskqueue.broker import broker
from sp.personcert.foundation.taskqueue.interfaces import SYSTEM_USER, ITaskQueue
from sp.personcert.foundation.taskqueue.queue import TaskQueue, TaskRefused
from sp.personcert.foundation.taskqueue.records import TaskGroup, TaskState
from sp.personcert.testing.tasks import queued_urls, record_of, run_due
from tests.foundation.taskqueue.probes import Probe


def test_a_committed_task_runs_and_is_done(queue_probe):
    task_id = queue_probe()
    assert run_due() == 1
    assert (record_of(task_id).state, Probe.runs) == (TaskState.DONE, 1)


def test_an_aborted_transaction_queues_nothing(queue_probe):
    task_id = queue_probe()
    transaction.abort()
    assert run_due() == 0
    with pytest.raises(LookupError):
        record_of(task_id)


def test_a_request_that_fails_queues_nothing(site, get):
    assert get("/plone/@@queue-probe") == 200
    assert queued_urls() == ["/plone/@@probe"]
    with pytest.raises(ValueError, match="on purpose"):
        get("/plone/@@queue-probe", "fail=1", **{"x-wsgiorg.throw_errors": True})
    assert len(queued_urls()) == 1


def test_the_same_key_is_one_task_also_when_it_is_done(queue_probe):
    first = queue_probe(key="reminder:1")
    assert queue_probe(key="reminder:1") == first
    run_due()
    assert queue_probe(key="reminder:1") == first
    assert run_due() == 0
    assert Probe.runs == 1
    assert queue_probe(key="reminder:2") != first


def test_a_key_is_known_from_when_it_is_queued_also_when_its_task_is_done(queue_probe):
    assert not taskqueue.known_task("reminder:1")
    queue_probe(key="reminder:1")
    assert taskqueue.known_task("reminder:1") and not taskqueue.known_task("reminder:2")
    run_due()
    assert taskqueue.known_task("reminder:1")


def test_a_transaction_sends_one_wake_up_for_all_its_tasks(queue_probe):
    task_ids = [queue_probe() for _ in range(20)]
    transaction.commit()
    assert broker().huey.pending_count() == 1
    run_due()
    assert {record_of(task_id).state for task_id in task_ids} == {TaskState.DONE}


def test_a_broken_broker_does_not_disturb_the_request(queue_probe, monkeypatch, caplog):
    def fail(*arguments):
        raise OSError("the disk is full")

    monkeypatch.setattr(broker().huey.storage, "enqueue", fail)
    task_id = queue_probe()
    transaction.commit()
    assert record_of(task_id).state == TaskState.QUEUED
    assert "were not woken (OSError)" in caplog.text


def test_parameters_reach_the_view(queue_probe):
    seen = []
    queue_probe(
        lambda view: seen.append(dict(view.request.form)) or "ok", params={"plats": "tjänst ö", "n": 2}
    )
    run_due()
    assert seen == [{"plats": "tjänst ö", "n": "2"}]


def test_a_post_carries_its_payload(queue_probe):
    seen = []
    queue_probe(lambda view: seen.append(view.request.get("BODY")) or "ok", method="POST", payload='{"a": 1}')
    run_due()
    assert seen == [b'{"a": 1}']


QUOTED = ("/plone/%2e%2e/plone/@@probe", "/plone/%56irtualHostBase/x", "/plone/_vh_x/@@probe")


@pytest.mark.parametrize(
    "url", ["https://example.se/plone/x", "/other/@@x", "//evil/plone", "/plone/../x", "/", *QUOTED]
)
def test_an_address_outside_the_site_is_refused(site, url):
    with pytest.raises(TaskRefused):
        taskqueue.add(url)


@pytest.mark.parametrize("header", ["Host", "Cookie", "Authorization", "X-Forwarded-Host", "X-Task-User-Id"])
def test_headers_with_hosts_or_secrets_are_refused(queue_probe, header):
    with pytest.raises(TaskRefused):
        queue_probe(headers={header: "x"})


def test_the_named_utility_queues_and_counts(site):
    queue = getUtility(ITaskQueue, name="default")
    assert len(queue) == 0
    task_id = queue.add("/plone/@@probe")
    assert len(queue) == 1
    run_due()
    assert (len(queue), record_of(task_id).task.user_id) == (0, SYSTEM_USER)


def test_a_queue_of_another_name_is_recorded_and_counts_its_own(site):
    registry = getGlobalSiteManager()
    other = TaskQueue("other")
    registry.registerUtility(other, ITaskQueue, "other")
    try:
        task_id = taskqueue.add("/plone/@@probe", queue="other")
        assert (len(other), len(getUtility(ITaskQueue, name="default"))) == (1, 0)
        assert other.add("/plone/@@probe") and len(other) == 2
        run_due()
    finally:
        registry.unregisterUtility(other, ITaskQueue, "other")
    assert (record_of(task_id).task.queue, record_of(task_id).state) == ("other", TaskState.DONE)
    with pytest.raises(ComponentLookupError):
        taskqueue.add("/plone/@@probe", queue="nowhere")


def test_a_delayed_task_waits_its_time(queue_probe):
    late, soon = queue_probe(delay=600), queue_probe()
    run_due()
    run_due(after=590)
    assert (record_of(late).state, record_of(soon).state) == (TaskState.QUEUED, TaskState.DONE)
    assert record_of(late).group == TaskGroup.QUEUED
    run_due(after=610)
    assert (record_of(late).state, Probe.runs) == (TaskState.DONE, 2)


def test_a_delayed_task_is_woken_then(queue_probe):
    queue_probe(delay=600)
    queue_probe(delay=600)
    transaction.commit()
    job = broker().huey.dequeue()
    assert 590 < (job.eta - datetime.now(UTC).replace(tzinfo=None)).total_seconds() <= 600
    assert (len(job.args[0]), broker().huey.pending_count()) == (2, 0)


def test_two_transactions_that_queue_at_the_same_time_do_not_conflict(site, queue_probe):
    managers = [transaction.TransactionManager() for _ in range(2)]
    connections = [Zope2.DB.open(manager) for manager in managers]
    try:
        for _ in range(20):
            for manager, connection in zip(managers, connections, strict=True):
                manager.begin()
                there = connection.root()["Application"].unrestrictedTraverse(site.getPhysicalPath()[1:])
                setSite(there)
                queue_probe()
            for manager in managers:
                manager.commit()
    finally:
        setSite(site)
        for connection in connections:
            connection.close()
    transaction.begin()
    assert len(queued_urls()) == 40
