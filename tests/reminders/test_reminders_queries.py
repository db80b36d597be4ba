"""The forecast: what the engine would say, in the days to come, changing nothing."""

from datetime import date, datetime

import pytest
import transaction
from zope.annotation.interfaces import IAnnotations

from sp.personcert.customers.domain import ContactMode
from sp.personcert.foundation.clock import moved_to
from sp.personcert.foundation.mail.interfaces import Channel
from sp.personcert.reminders import operations, queries, storage
from sp.personcert.reminders.domain import Outcome
from tests.reminders.promises import NAME

TODAY = datetime(2026, 11, 24, 9, 0)
FAR = date(2040, 1, 1)
POINTS = (
    ("june", "m6", date(2026, 12, 1)),
    ("june", "m3", date(2027, 3, 1)),
    ("june", "d30", date(2027, 5, 1)),
    ("july", "m6", date(2026, 12, 31)),
)


@pytest.fixture(autouse=True)
def november(at):
    """The day of the tests."""
    at(TODAY)


def foreseen(case, until):
    return [(one.day.isoformat(), one.reminder.text) for one in queries.forecast(case, until)]


@pytest.mark.handbook("H175")
def test_it_says_what_comes_until_a_day(drillers, promise):
    promise(drillers, *POINTS)
    assert foreseen(drillers, date(2026, 11, 30)) == []
    expected = [("2026-12-01", "Löfte june m6"), ("2026-12-31", "Löfte july m6")]
    assert foreseen(drillers, date(2027, 2, 28)) == expected
    assert foreseen(drillers, date(2027, 3, 1)) == [*expected, ("2027-03-01", "Löfte june m3")]
    assert len(foreseen(drillers, FAR)) == 4


def test_what_waits_already_comes_today_and_only_the_latest_of_it(drillers, promise):
    promise(drillers, ("june", "m6", date(2026, 6, 1)), ("june", "m3", date(2026, 9, 1)))
    assert foreseen(drillers, date(2026, 11, 24)) == [("2026-11-24", "Löfte june m3")]


@pytest.mark.handbook("H175")
@pytest.mark.parametrize("gap", [1, 7])
def test_the_night_job_does_what_it_said(drillers, promise, said, gap):
    promise(drillers, *POINTS)
    expected = [text for _day, text in foreseen(drillers, date(2027, 6, 1))]
    for number in range(0, 200, gap):
        with moved_to(datetime.fromordinal(TODAY.date().toordinal() + number).replace(hour=5, minute=30)):
            for _due, key, period, lead in list(storage.due(NAME, queries.today())):
                operations.send(NAME, key, period, lead)
    assert said(drillers) == expected
    assert foreseen(drillers, FAR) == []


def test_what_was_handled_is_not_foreseen_and_stands_below(drillers, promise):
    key = promise(drillers, *POINTS)
    with moved_to(datetime(2027, 3, 2, 5, 30)):
        operations.send(NAME, key, "june", "m3")
    found = queries.sent(drillers)
    assert [(one.day.isoformat(), one.reason, one.outcome) for one in found] == [
        ("2027-03-02", "löftet m3 är inte infriat", Outcome.SENT),
        ("2027-03-02", "löftet m6 är inte infriat", Outcome.SKIPPED),
    ]
    assert [text for _, text in foreseen(drillers, FAR)] == ["Löfte july m6", "Löfte june d30"]


def test_what_the_kind_would_not_say_is_not_foreseen(drillers, promise, promises):
    promises.kept.add(promise(drillers, *POINTS))
    assert foreseen(drillers, FAR) == []


@pytest.mark.handbook("H41", "H42")
def test_it_says_by_which_way(drillers, promise):
    promise(drillers, *POINTS)
    assert queries.forecast(drillers, FAR)[0].channel is Channel.MAIL
    drillers.__parent__.contact_mode = ContactMode.ANALOG
    assert queries.forecast(drillers, FAR)[0].channel is Channel.POST


def test_asking_writes_nothing(portal, drillers, promise):
    promise(drillers, *POINTS)
    transaction.commit()
    queries.forecast(drillers, FAR)
    queries.sent(drillers)
    assert portal._p_jar._registered_objects == []
    del IAnnotations(portal)[storage.KEY]
    transaction.commit()
    queries.forecast(drillers, FAR)
    queries.sent(drillers)
    assert portal._p_jar._registered_objects == [] and storage.KEY not in IAnnotations(portal)


def test_a_certificate_is_foreseen_in_every_case_of_its_type(case):
    energy = case("ceper", "energiexpert")
    found = queries.forecast(energy, FAR)
    assert [one.day.isoformat() for one in found] == ["2029-08-03", "2029-11-03", "2030-01-04"]
    assert found[0].paragraphs[-1].endswith("slutar gälla inom 6 månader.")
    assert queries.forecast(case("ceper", "brandskydd"), FAR) == []


def test_a_key_leads_to_its_content_or_to_nothing(drillers):
    key = queries.key_of(drillers)
    assert key == f"{drillers.__parent__.getId()}/{drillers.getId()}"
    assert queries.content_at(key) == drillers
    assert queries.content_at(f"{drillers.__parent__.getId()}/{'0' * 32}") is None
    assert queries.content_at(f"{'0' * 32}/{drillers.getId()}") is None
