"""Running: who runs, at which address, and what happens to failures."""

import pickle

import pytest
import transaction
from plone import api
from plone.app.testing import TEST_USER_ID
from Products.SiteAccess.VirtualHostMonster import manage_addVirtualHostMonster
from ZODB.POSException import ConflictError

from sp.personcert.foundation import taskqueue
from sp.personcert.foundation.audit import entries_for, record
from sp.personcert.foundation.identity import current_user_id
from sp.personcert.foundation.taskqueue import GiveUp, RetryLater, Uncertain
from sp.personcert.foundation.taskqueue.actors import current_actor
from sp.personcert.foundation.taskqueue.interfaces import SYSTEM_USER
from sp.personcert.foundation.taskqueue.outbox import ensure_outbox
from sp.personcert.foundation.taskqueue.records import TaskState
from sp.personcert.foundation.taskqueue.running import run
from sp.personcert.testing.tasks import in_thread, queued_urls, record_of, run_due
from tests.foundation.taskqueue.probes import Probe

HOUR = 3600.0


def test_the_service_user_runs_it_and_the_actor_is_known(queue_probe):
    seen = []

    def look(view):
        user = api.user.get_current()
        seen.append((user.getId(), user.getProperty("fullname"), "Personcert System" in user.getRoles()))
        seen.append(current_actor())
        return "ok"

    queue_probe(look)
    run_due()
    assert seen == [(SYSTEM_USER, "SPPER", True), TEST_USER_ID]


def test_the_audit_names_who_queued(queue_probe, site):
    queue_probe(lambda view: record("probe.done", view.context) or "ok")
    run_due()
    entry = entries_for(site)[0]
    assert (entry.user_id, entry.actor) == (SYSTEM_USER, TEST_USER_ID)


def test_a_task_may_run_as_the_person_who_must_answer(queue_probe):
    seen = []
    queue_probe(lambda view: seen.append(current_user_id()) or "ok", user_id=TEST_USER_ID)
    run_due()
    assert seen == [TEST_USER_ID]


def test_the_actor_is_kept_through_a_chain_of_tasks(queue_probe, site):
    task_ids = []

    def first(view):
        Probe.behaviour = lambda inner: "ok"
        task_ids.append(queue_probe())
        return "ok"

    queue_probe(first)
    run_due()
    assert record_of(task_ids[0]).task.actor == TEST_USER_ID
    assert record_of(task_ids[0]).state == TaskState.DONE


def test_the_service_user_cannot_log_in_and_is_not_listed(site):
    users = site.acl_users
    assert users.authenticate(SYSTEM_USER, "", {}) is None
    assert SYSTEM_USER not in [found["id"] for found in users.searchUsers()]
    assert SYSTEM_USER not in [found["id"] for found in users.searchUsers(id="personcert")]


@pytest.mark.parametrize(
    "base_url",
    ["https://kund.example.se", "http://127.0.0.1:8080/kundwebb", "https://example.se:8443/a/b"],
)
def test_addresses_in_a_task_are_the_configured_ones(queue_probe, site, base_url):
    api.portal.set_registry_record("sp.personcert.base_url", base_url)
    seen = []
    queue_probe(lambda view: seen.append(view.context.absolute_url()) or "ok")
    run_due()
    assert seen == [base_url]


def test_an_evil_host_is_found_neither_in_the_record_nor_in_the_task(site, get):
    seen = []

    def look(view):
        seen.append(view.context.absolute_url())
        seen.append(repr(view.request.environ) + repr(dict(view.request.other)))
        return "ok"

    Probe.behaviour = look
    if "virtual_hosting" not in site.getPhysicalRoot():
        manage_addVirtualHostMonster(site.getPhysicalRoot(), "virtual_hosting")
        transaction.commit()
    assert get("/plone/@@queue-probe", host="evil.example", HTTP_X_FORWARDED_HOST="evil.example") == 200
    assert get("/VirtualHostBase/https/evil.example:443/plone/VirtualHostRoot/@@queue-probe") == 200
    assert queued_urls() == ["/plone/@@probe", "/plone/@@probe"]
    outbox = ensure_outbox(site.getPhysicalRoot()._p_jar)
    assert all(b"evil" not in pickle.dumps(record.__getstate__()) for record in outbox.unsettled())
    run_due()
    assert seen[0] == seen[2] == "https://kund.example.se"
    assert "evil" not in "".join(seen)


def test_a_task_view_has_no_address_on_the_web(get):
    assert get("/plone/@@probe") == 404
    assert Probe.runs == 0


def test_forged_headers_and_parameters_do_nothing(get):
    forged = {"HTTP_X_TASK_ID": "1", "HTTP_X_TASK_USER_ID": SYSTEM_USER, "HTTP_SP_TASK_USER": SYSTEM_USER}
    assert get("/plone/@@probe", f"sp.task.user={SYSTEM_USER}", **forged) == 404
    assert get("/plone/@@probe", **{"sp.task.user": SYSTEM_USER}) == 404
    assert Probe.runs == 0


NAME = "Person Test"


def fail(view):
    raise ValueError(NAME)


def test_a_failing_task_is_tried_again_and_dies_with_the_reason(queue_probe, site):
    task_id = queue_probe(lambda view: setattr(view.context, "title", "changed") or fail(view))
    run_due()
    assert (record_of(task_id).state, record_of(task_id).failures) == (TaskState.QUEUED, 1)
    for hour in range(1, 8):
        run_due(after=hour * HOUR)
    stored = record_of(task_id)
    assert (stored.state, stored.failures, Probe.runs) == (TaskState.DEAD, 8, 8)
    assert stored.reason == "ValueError"
    assert "test_taskqueue_running.py" in stored.history[-1].place
    assert site.title != "changed"


def test_neither_record_nor_log_repeats_the_words_of_a_strange_error(queue_probe, caplog):
    task_id = queue_probe(fail)
    run_due()
    assert NAME not in caplog.text + repr(record_of(task_id).history)
    assert "ValueError" in caplog.text


def test_a_retry_waits_its_time(queue_probe):
    task_id = queue_probe(fail)
    run_due()
    in_thread(lambda: run(task_id))
    assert Probe.runs == 1


def test_what_waits_for_something_outside_is_tried_for_days(queue_probe):
    def wait(view):
        raise RetryLater("mail server: ConnectionRefusedError")

    task_id = queue_probe(wait)
    run_due()
    for hour in range(1, 100, 2):
        run_due(after=hour * HOUR)
    assert record_of(task_id).state == TaskState.QUEUED
    run_due(after=5 * 24 * HOUR + 60)
    stored = record_of(task_id)
    assert (stored.state, stored.failures) == (TaskState.DEAD, 0)
    assert stored.reason == "RetryLater: mail server: ConnectionRefusedError"


@pytest.mark.parametrize(("error", "state"), [(GiveUp, TaskState.DEAD), (Uncertain, TaskState.UNCERTAIN)])
def test_some_failures_end_at_once(queue_probe, error, state):
    def end(view):
        raise error("a reason")

    task_id = queue_probe(end)
    run_due()
    assert (record_of(task_id).state, record_of(task_id).reason) == (state, f"{error.__name__}: a reason")


def test_a_conflict_is_retried_and_has_one_effect(queue_probe, site):
    def conflict(view):
        view.context.probe_count = getattr(view.context, "probe_count", 0) + 1
        if Probe.runs < 3:
            raise ConflictError
        return "ok"

    task_id = queue_probe(conflict)
    run_due()
    assert (record_of(task_id).state, Probe.runs, site.probe_count) == (TaskState.DONE, 3, 1)
    assert record_of(task_id).failures == 0


def test_a_redirect_is_a_failure(queue_probe):
    task_id = queue_probe(lambda view: view.request.response.redirect("https://kund.example.se/login"))
    run_due()
    assert record_of(task_id).reason == "AnsweredBadly"


def test_a_doomed_transaction_is_a_failure(queue_probe):
    task_id = queue_probe(lambda view: transaction.doom() or "ok")
    run_due()
    assert (record_of(task_id).state, record_of(task_id).reason) == (TaskState.QUEUED, "NotCommitted")


def test_a_task_on_something_gone_fails_and_is_kept(site):
    task_id = taskqueue.add("/plone/nowhere/@@probe")
    run_due()
    assert (record_of(task_id).state, record_of(task_id).reason) == (TaskState.QUEUED, "NotFound")


def test_of_two_wake_ups_one_runs(queue_probe):
    task_id = queue_probe()
    transaction.commit()
    in_thread(lambda: [run(task_id) for _ in range(5)])
    assert Probe.runs == 1
