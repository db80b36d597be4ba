"""Looking through the log: newest first, at a cost that does not grow with it."""

from datetime import UTC, datetime, timedelta

import pytest
import transaction

from sp.personcert.foundation.audit import record, searching
from sp.personcert.foundation.audit.searching import Wanted, search
from sp.personcert.foundation.clock import moved_to
from tests.foundation.audit.conftest import entries, fill

FIRST = datetime(2026, 1, 1, tzinfo=UTC)


def all_pages(site, wanted, size=50):
    """Every entry that is found by going on until the end, and how many steps it took."""
    found, after, steps = [], None, 0
    while steps == 0 or after is not None:
        page = search(site, wanted, after, size)
        found, after, steps = [*found, *page.entries], page.rest, steps + 1
    return found, steps


@pytest.mark.handbook("H178")
def test_the_newest_entries_come_first_and_every_one_comes_once(site, log):
    fill(log, 230)
    found, steps = all_pages(site, Wanted())
    assert found == entries(log)[::-1]
    assert steps == 5


def test_entries_of_one_moment_come_once_each(site):
    with moved_to(FIRST):
        for _ in range(70):
            record("probe.noted", site)
    found, _ = all_pages(site, Wanted(), size=9)
    assert len({entry.name for entry in found}) == len(found) == 70


def test_a_span_of_time_has_its_first_moment_and_not_its_last(site, log):
    fill(log, 100)
    wanted = Wanted(since=FIRST + timedelta(seconds=10), before=FIRST + timedelta(seconds=20))
    found, _ = all_pages(site, wanted, size=4)
    seconds = [round((entry.when - FIRST).total_seconds()) for entry in found]
    assert seconds == list(range(19, 9, -1))


def test_a_span_that_ends_before_it_begins_is_empty(site, log):
    fill(log, 10)
    assert search(site, Wanted(since=FIRST + timedelta(5), before=FIRST)).entries == ()


@pytest.mark.handbook("H178")
def test_action_person_and_object_narrow_the_search(site, log):
    fill(log, 60)
    fill(log, 1, action="case.release", user_id="system", actor="other", path="/kunder/a/b")
    rare = [entry for entry in entries(log) if entry.action == "case.release"]
    for wanted in (
        Wanted(action="case.release"),
        Wanted(path="/kunder/a"),
        Wanted(path="/kunder/a/b"),
        Wanted(person=lambda user_id: user_id == "system"),
        Wanted(person=lambda user_id: user_id == "other"),
    ):
        assert search(site, wanted).entries == tuple(rare), wanted
    assert search(site, Wanted(path="/kunder/a", action="case.take")).entries == ()
    assert len(search(site, Wanted(path="/"), size=100).entries) == 61


def test_one_request_looks_at_a_bounded_number_of_entries_and_the_next_goes_on(site, log, monkeypatch):
    monkeypatch.setattr(searching, "LIMIT", 100)
    fill(log, 1, action="case.release")
    fill(log, 450)
    first = search(site, Wanted(action="case.release"))
    assert (first.entries, first.looked_at) == ((), 100)
    found, steps = all_pages(site, Wanted(action="case.release"))
    assert ([entry.action for entry in found], steps) == (["case.release"], 5)


def test_an_object_with_very_many_entries_is_looked_through_by_time(site, log, monkeypatch):
    monkeypatch.setattr(searching, "LIMIT", 100)
    fill(log, 150, path="/kunder/busy/case")
    fill(log, 20)
    page = search(site, Wanted(path="/kunder/busy"), size=30)
    assert {entry.path for entry in page.entries} == {"/kunder/busy/case"}
    assert page.looked_at <= 100
    assert len(all_pages(site, Wanted(path="/kunder/busy"), size=30)[0]) == 150


def loads(log, site, wanted):
    """How many objects the database had to give for the first page."""
    transaction.commit()
    connection = log._p_jar
    connection.cacheMinimize()
    connection.getTransferCounts(clear=True)
    assert len(search(site, wanted).entries) == 50
    return connection.getTransferCounts(clear=True)[0]


@pytest.mark.handbook("H178")
def test_a_page_costs_the_same_however_long_the_log_is(site, log):
    fill(log, 4_000)
    short = loads(log, site, Wanted())
    fill(log, 16_000)
    assert sum(len(tree) for tree in log.entries) == 20_000
    assert loads(log, site, Wanted()) < 1.5 * short < 450
    assert search(site, Wanted()).looked_at == 50


def test_an_objects_page_reads_little_of_a_long_log(site, log):
    fill(log, 20_000)
    fill(log, 60, path="/kunder/a")
    assert loads(log, site, Wanted(path="/kunder/a")) < 450
