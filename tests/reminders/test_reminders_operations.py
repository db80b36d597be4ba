"""Planning and sending: once, the right words, and nothing for what is gone."""

from datetime import date, datetime

import pytest
import transaction

from sp.personcert.foundation import audit
from sp.personcert.foundation.errors import NotAllowed
from sp.personcert.reminders import operations, queries, storage
from sp.personcert.reminders.domain import Outcome, Point
from sp.personcert.testing.tasks import queued_urls
from tests.reminders.promises import NAME

NIGHT = datetime(2027, 3, 1, 5, 30)
M6 = ("june", "m6", date(2027, 1, 1))
M3 = ("june", "m3", date(2027, 3, 1))


def due(day):
    return list(storage.due(NAME, day))


def notices():
    return sum("@@send-notice" in url for url in queued_urls())


def outcomes(case):
    return {lead: outcome for (_period, lead), (_day, outcome) in settled(case).items()}


def settled(case):
    return storage.settled(NAME, queries.key_of(case))


def test_a_plan_stands_by_due_day_and_follows_what_changes(drillers, promise):
    key = promise(drillers, M3, M6)
    assert due(date(2027, 2, 28)) == [("2027-01-01", key, "june", "m6")]
    assert [entry[0] for entry in due(date(2027, 3, 1))] == ["2027-01-01", "2027-03-01"]
    promise(drillers, ("june", "m3", date(2027, 4, 1)))
    assert due(date(2030, 1, 1)) == [("2027-04-01", key, "june", "m3")]
    promise(drillers)
    assert due(date(2030, 1, 1)) == []


@pytest.mark.handbook("H54", "H59", "H175")
def test_what_is_due_is_said_in_the_case_and_noted_once(drillers, promise, said, at):
    key, before = promise(drillers, M6), notices()
    at(NIGHT)
    for _ in range(3):
        operations.send(NAME, key, "june", "m6")
    assert said(drillers) == ["Löfte june m6"]
    assert settled(drillers) == {("june", "m6"): (date(2027, 3, 1), Outcome.SENT)}
    assert due(date(2030, 1, 1)) == []
    assert notices() == before + 1
    assert [entry.action for entry in audit.entries_for(drillers)].count("reminder.send") == 1


@pytest.mark.parametrize("order", [("m6", "m3"), ("m3", "m6")])
def test_after_a_standstill_the_latest_is_said_and_the_earlier_are_skipped(
    drillers, promise, said, at, order
):
    key = promise(drillers, M6, M3)
    at(NIGHT)
    for lead in order:
        operations.send(NAME, key, "june", lead)
    assert said(drillers) == ["Löfte june m3"]
    assert outcomes(drillers) == {"m6": Outcome.SKIPPED, "m3": Outcome.SENT}


def test_what_the_kind_does_not_want_said_any_more_is_settled_in_silence(
    drillers, promise, promises, said, at
):
    key = promise(drillers, M6)
    promises.kept.add(key)
    at(NIGHT)
    operations.send(NAME, key, "june", "m6")
    promises.kept.clear()
    operations.send(NAME, key, "june", "m6")
    assert said(drillers) == [] and outcomes(drillers) == {"m6": Outcome.NOT_NEEDED}


def test_a_point_that_was_moved_meanwhile_waits_for_its_new_day(drillers, promise, promises, said, at):
    key = promise(drillers, M6)
    promise(drillers, ("june", "m6", date(2027, 5, 1)))
    at(NIGHT)
    operations.send(NAME, key, "june", "m6")
    assert said(drillers) == [] and settled(drillers) == {}
    assert due(date(2030, 1, 1)) == [("2027-05-01", key, "june", "m6")]
    at(datetime(2027, 5, 1, 5, 30))
    operations.send(NAME, key, "june", "m6")
    assert said(drillers) == ["Löfte june m6"]


def test_a_point_that_is_no_longer_planned_is_dropped_even_if_nobody_said_so(
    drillers, promise, promises, said, at
):
    key = promise(drillers, M6, ("june", "d30", date(2027, 8, 1)))
    promises.planned[key] = promises.planned[key][1:]
    at(NIGHT)
    operations.send(NAME, key, "june", "m6")
    assert said(drillers) == [] and settled(drillers) == {}
    assert [entry[3] for entry in due(date(2030, 1, 1))] == ["d30"]


def test_a_subject_that_is_gone_leaves_the_plan(drillers, promise, at):
    gone = f"{drillers.__parent__.getId()}/{'0' * 32}"
    storage.refile(NAME, gone, (Point(*M6), Point(*M3)))
    key = promise(drillers, M6)
    at(NIGHT)
    operations.send(NAME, gone, "june", "m6")
    assert storage.settled(NAME, gone) == {("june", "m6"): (date(2027, 3, 1), Outcome.NOT_NEEDED)}
    assert due(date(2030, 1, 1)) == [("2027-01-01", key, "june", "m6")]


def test_what_was_said_stays_said_when_the_subject_is_gone(drillers, promise, at):
    key = promise(drillers, M6)
    at(NIGHT)
    operations.send(NAME, key, "june", "m6")
    drillers.__parent__._delObject(drillers.getId())
    operations.send(NAME, key, "june", "m6")
    assert storage.settled(NAME, key) == {("june", "m6"): (date(2027, 3, 1), Outcome.SENT)}


def test_another_period_is_said_anew(drillers, promise, said, at):
    key = promise(drillers, M6)
    at(NIGHT)
    operations.send(NAME, key, "june", "m6")
    promise(drillers, M6, ("july", "m6", date(2027, 3, 1)))
    assert [entry[2] for entry in due(date(2027, 3, 1))] == ["july"]
    operations.send(NAME, key, "july", "m6")
    assert sorted(said(drillers)) == ["Löfte july m6", "Löfte june m6"]


def test_an_aborted_transaction_said_nothing(drillers, promise, said, at):
    key = promise(drillers, M6)
    transaction.commit()
    at(NIGHT)
    operations.send(NAME, key, "june", "m6")
    transaction.abort()
    assert said(drillers) == [] and settled(drillers) == {}
    assert due(date(2027, 3, 1))
    operations.send(NAME, key, "june", "m6")
    assert said(drillers) == ["Löfte june m6"]


def test_the_night_job_is_run_by_hand_by_administrators_only(portal, acting):
    with acting("handlaggare"), pytest.raises(NotAllowed):
        operations.run_by_hand("0" * 32)
    with acting("administrator"):
        for _ in range(2):
            operations.run_by_hand("0" * 32)
    assert len([url for url in queued_urls() if url.endswith("@@night-job")]) == 1
    assert [entry.action for entry in audit.entries_for(portal)].count("reminder.run_by_hand") == 1


def test_planning_leaves_what_others_are_told_alone(drillers, case, promise):
    other = case("enkel", "brunnsborrare")
    promise(drillers, M6)
    promise(other, M6)
    promise(drillers)
    assert [entry[1] for entry in due(date(2030, 1, 1))] == [queries.key_of(other)]
