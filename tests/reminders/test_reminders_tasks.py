"""The night job in the queue: once a day, in parts, at the set time, and again after a standstill."""

import threading
from datetime import date, datetime

import pytest
import transaction
from plone import api
from zope.annotation.interfaces import IAnnotations

from sp.personcert.cases import queries as cases
from sp.personcert.foundation import audit
from sp.personcert.foundation.taskqueue.interfaces import SYSTEM_USER
from sp.personcert.foundation.taskqueue.outbox import outbox_of
from sp.personcert.foundation.taskqueue.records import TaskState
from sp.personcert.foundation.taskqueue.running import run
from sp.personcert.foundation.taskqueue.sweep import queue_periodic_tasks
from sp.personcert.reminders import operations, storage
from sp.personcert.reminders.domain import Outcome
from sp.personcert.reminders.tasks import EachNight
from sp.personcert.testing.tasks import in_thread, queued_urls, record_of, run_due
from tests.reminders.promises import NAME

DUE = date(2027, 1, 1)
NIGHT = datetime(2027, 1, 1, 5, 30)


def sweep():
    """What every consumer does each minute."""
    transaction.commit()
    in_thread(queue_periodic_tasks)
    transaction.begin()


def night_jobs():
    return [url for url in queued_urls() if "@@night-job" in url]


@pytest.fixture
def many(customer, promise):
    """Every case of the handbook's customer, with a point on New Year's Day."""
    found = cases.of_customer(customer("ceper"))
    for case in found:
        promise(case, ("june", "m6", DUE))
    return found


@pytest.mark.handbook("H62", "H175")
@pytest.mark.parametrize(
    ("begins", "moment", "key"),
    [
        ("05:30", datetime(2027, 1, 1, 5, 29, 59), None),
        ("05:30", datetime(2027, 1, 1, 5, 30), "night-job:2027-01-01"),
        ("05:30", datetime(2027, 1, 1, 23, 59, 59), "night-job:2027-01-01"),
        ("05:30", datetime(2027, 1, 2, 0, 0), None),
        ("00:00", datetime(2026, 12, 31, 0, 0), "night-job:2026-12-31"),
        ("02:30", datetime(2027, 3, 28, 3, 0), "night-job:2027-03-28"),
        ("02:30", datetime(2026, 10, 25, 2, 30, fold=0), "night-job:2026-10-25"),
        ("02:30", datetime(2026, 10, 25, 2, 30, fold=1), "night-job:2026-10-25"),
    ],
)
def test_the_job_is_due_once_a_day_from_the_set_time_on(portal, at, begins, moment, key):
    api.portal.set_registry_record("sp.personcert.night_job_time", begins)
    at(moment)
    assert EachNight().key_if_due(portal) == key


@pytest.mark.handbook("H6", "H54", "H59", "H175")
def test_at_half_past_five_each_reminder_is_said_once_whoever_sweeps(many, said, at):
    at(datetime(2027, 1, 1, 5, 29))
    sweep()
    assert night_jobs() == []
    at(NIGHT)
    sweep()
    sweep()
    assert len(night_jobs()) == 1
    run_due()
    sweep()
    run_due()
    assert [said(case) for case in many] == [["Löfte june m6"]] * len(many)
    deeds = [entry for entry in audit.entries_for(many[0]) if entry.action == "reminder.send"]
    assert [entry.user_id for entry in deeds] == [SYSTEM_USER]


@pytest.mark.handbook("H175")
def test_after_days_of_standstill_one_run_says_all(many, said, at):
    at(datetime(2027, 1, 14, 9, 0))
    sweep()
    run_due()
    assert [said(case) for case in many] == [["Löfte june m6"]] * len(many)


def test_many_are_queued_in_parts(many, said, at, monkeypatch):
    monkeypatch.setattr(operations, "DUE_AT_ONCE", 4)
    at(NIGHT)
    operations.queue_due()
    assert len(many) == 11
    assert sum("@@send-reminder" in url for url in queued_urls()) == 4
    assert night_jobs()[0].endswith("lead=m6")
    run_due()
    assert [said(case) for case in many] == [["Löfte june m6"]] * len(many)


def test_exactly_one_part_is_followed_by_an_empty_one(many, said, at, monkeypatch):
    monkeypatch.setattr(operations, "DUE_AT_ONCE", len(many))
    at(NIGHT)
    operations.queue_due()
    run_due()
    assert [said(case) for case in many] == [["Löfte june m6"]] * len(many)


@pytest.mark.handbook("H175")
def test_two_workers_with_the_same_reminder_say_it_once(drillers, promise, promises, said, at, monkeypatch):
    promise(drillers, ("june", "m6", DUE))
    meet, ask = threading.Barrier(2, timeout=20), promises.reminder
    asked = []

    def together(subject, point):
        asked.append(point)
        if len(asked) <= 2:
            meet.wait()
        return ask(subject, point)

    at(NIGHT)
    operations.queue_due()
    at(datetime(2027, 1, 2, 5, 30))
    operations.queue_due()
    transaction.commit()
    task_ids = ids_of("@@send-reminder")
    monkeypatch.setattr(promises, "reminder", together)
    workers = [threading.Thread(target=run, args=(task_id,)) for task_id in task_ids]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    transaction.begin()
    assert len(task_ids) == 2 and len(asked) == 2
    assert said(drillers) == ["Löfte june m6"]
    assert [record_of(task_id).state for task_id in task_ids] == [TaskState.DONE, TaskState.DONE]


@pytest.mark.handbook("H175")
def test_a_worker_that_breaks_off_after_the_message_says_it_once(drillers, promise, said, at, monkeypatch):
    promise(drillers, ("june", "m6", DUE))
    at(NIGHT)
    operations.queue_due()
    plan, broken = operations.plan, []

    def break_off(kind_name, subject):
        if not broken:
            broken.append(subject.getId())
            raise RuntimeError
        plan(kind_name, subject)

    monkeypatch.setattr(operations, "plan", break_off)
    run_due()
    assert broken and said(drillers) == []
    run_due(after=60)
    assert said(drillers) == ["Löfte june m6"]


def test_what_failed_for_good_is_tried_again_the_next_night(
    drillers, promise, promises, said, at, monkeypatch
):
    promise(drillers, ("june", "m6", DUE))
    at(NIGHT)
    operations.queue_due()
    transaction.commit()
    (task_id,) = ids_of("@@send-reminder")
    record_of(task_id).end(TaskState.DEAD)
    operations.queue_due()
    run_due()
    assert said(drillers) == []
    at(datetime(2027, 1, 2, 5, 30))
    operations.queue_due()
    run_due()
    assert said(drillers) == ["Löfte june m6"]


def test_the_whole_plan_can_be_made_anew_from_the_content(portal, many, at, monkeypatch):
    monkeypatch.setattr(operations, "CUSTOMERS_AT_ONCE", 1)
    before = [list(storage.due(name, date(2040, 1, 1))) for name in (NAME, "certificate_expiry")]
    assert [len(entries) for entries in before] == [11, 3]
    del IAnnotations(portal)[storage.KEY]["due"][NAME]
    del IAnnotations(portal)[storage.KEY]
    assert list(storage.due(NAME, date(2040, 1, 1))) == []
    operations.replan_all()
    run_due()
    assert [list(storage.due(name, date(2040, 1, 1))) for name in (NAME, "certificate_expiry")] == before


def test_planning_anew_says_nothing_twice(portal, many, said, at):
    at(NIGHT)
    operations.queue_due()
    run_due()
    operations.replan_all(NAME)
    run_due()
    assert list(storage.due(NAME, date(2040, 1, 1))) == []
    key = "/".join(many[0].getPhysicalPath()[-2:])
    assert storage.settled(NAME, key) == {("june", "m6"): (DUE, Outcome.SENT)}


def ids_of(view):
    outbox = outbox_of(api.portal.get()._p_jar)
    return [record.task.id for record in outbox.unsettled() if view in record.task.url]
