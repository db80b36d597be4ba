"""The address for monitoring."""

import json

import pytest
import transaction
from zope.component import getGlobalSiteManager
from zope.interface import implementer

from sp.personcert.foundation.clock import later
from sp.personcert.foundation.taskqueue import GiveUp, Uncertain, health
from sp.personcert.foundation.taskqueue.interfaces import IHealthCheck
from sp.personcert.foundation.taskqueue.outbox import Outbox
from sp.personcert.foundation.taskqueue.sweep import wake_what_waits
from sp.personcert.testing.tasks import in_thread, run_due

TOKEN = "a-token-of-monitoring-9f3c"
KNOWN = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture(autouse=True)
def token(monkeypatch):
    """The server's token."""
    monkeypatch.setenv("SP_HEALTH_TOKEN", TOKEN)


@pytest.fixture
def only_ours():
    """Without what other packages report, and with whatever a test registers."""
    registry = getGlobalSiteManager()
    there = list(registry.getUtilitiesFor(IHealthCheck))
    for name, check in there:
        registry.unregisterUtility(check, IHealthCheck, name)
    yield registry
    for name, check in list(registry.getUtilitiesFor(IHealthCheck)):
        registry.unregisterUtility(check, IHealthCheck, name)
    for name, check in there:
        registry.registerUtility(check, IHealthCheck, name)


@pytest.fixture
def monitor(site, visitor, only_ours):
    """What monitoring sees: status and answer."""
    in_thread(wake_what_waits)

    def look(headers=KNOWN):
        answer = visitor().see("/health", headers=headers)
        return answer.status_int, json.loads(answer.text)

    return look


def test_all_is_well(monitor, queue_probe):
    queue_probe()
    transaction.commit()
    in_thread(wake_what_waits)
    status, seen = monitor()
    assert (status, seen["status"], seen["reasons"], seen["queued"]) == (200, "ok", [], 1)
    assert 0 <= seen["swept_seconds_ago"] < 60 and 0 <= seen["oldest_due_seconds"] < 60
    assert set(seen) == {
        *("status", "reasons", "swept_seconds_ago", "oldest_due_seconds"),
        *("dead", "uncertain", "queued", "retrying"),
    }


@pytest.mark.parametrize(("error", "code"), [(GiveUp, "dead"), (Uncertain, "uncertain")])
def test_what_somebody_must_look_at_fails(monitor, queue_probe, error, code):
    def end(view):
        raise error("x")

    queue_probe(end)
    run_due()
    in_thread(wake_what_waits)
    status, seen = monitor()
    assert (status, seen["reasons"], seen[code]) == (503, [code], 1)


def test_a_queue_that_nobody_serves_fails(monitor, queue_probe):
    with later(170):
        assert monitor()[0] == 200
    with later(190):
        assert monitor()[1]["reasons"] == ["not_swept"]


def test_a_task_that_has_been_due_for_long_fails(monitor, queue_probe):
    queue_probe()
    transaction.commit()
    with later(590):
        in_thread(wake_what_waits)
        assert monitor()[1]["reasons"] == []
    with later(610):
        in_thread(wake_what_waits)
        status, seen = monitor()
    assert (status, seen["reasons"]) == (503, ["overdue"])
    assert seen["oldest_due_seconds"] >= 610


def test_a_feature_reports_too(monitor, only_ours):
    @implementer(IHealthCheck)
    class Check:
        code = "probe_is_down"

        def is_failing(self):
            return True

    only_ours.registerUtility(Check(), IHealthCheck, "probe")
    assert monitor()[1]["reasons"] == ["probe_is_down"]


@pytest.mark.wall
@pytest.mark.parametrize(
    "headers",
    [{}, {"Authorization": "Bearer wrong"}, {"Authorization": TOKEN}, {"Authorization": f"Basic {TOKEN}"}],
)
@pytest.mark.parametrize("user_name", ["", "ceper", "administrator"])
def test_without_the_token_it_is_an_address_like_any_other(monitor, visitor, headers, user_name):
    person = visitor(user_name)
    here, nowhere = (person.see(f"/{name}", headers=headers) for name in ("health", "helath"))
    assert here.status_int == nowhere.status_int == 404
    assert here.body == nowhere.body
    assert sorted(here.headers.items()) == sorted(nowhere.headers.items())


@pytest.mark.wall
@pytest.mark.parametrize("token", ["", "short", "x" * 19])
def test_a_missing_or_short_token_opens_nothing(monitor, visitor, monkeypatch, caplog, token):
    health._is_long_enough.cache_clear()
    monkeypatch.setenv("SP_HEALTH_TOKEN", token)
    for _ in range(2):
        answer = visitor().see("/health", headers={"Authorization": f"Bearer {token}"})
        assert answer.status_int == 404
    assert caplog.text.count("SP_HEALTH_TOKEN is shorter") == (1 if token else 0)
    assert not token or token not in caplog.text.replace("SP_HEALTH_TOKEN is shorter", "")


def test_it_is_not_kept_anywhere_and_a_head_is_answered(monitor, visitor):
    answer = visitor().ask("GET", "/health", KNOWN)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Type"].startswith("application/json")
    head = visitor().ask("HEAD", "/health", KNOWN)
    assert (head.status_int, head.body) == (200, b"")


def test_it_costs_the_same_whatever_the_number_of_tasks(monitor, queue_probe, monkeypatch):
    for _ in range(30):
        queue_probe()
    transaction.commit()
    in_thread(wake_what_waits)
    monkeypatch.setattr(Outbox, "get", lambda *given: pytest.fail("a record was read"))
    monkeypatch.setattr(Outbox, "unsettled", lambda *given: pytest.fail("the tasks were gone through"))
    assert monitor()[1]["queued"] == 30
