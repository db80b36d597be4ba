"""Requests as plain values."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from sp.personcert.supplements.domain import Item, Request, default_day, open_request, reminder_day

MOMENT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ASKED = Request("a", MOMENT, "o", "Handläggare Demo", (Item("welding", "Nytt."),), "", date(2027, 2, 21))


def test_a_request_is_open_until_it_is_answered_or_taken_back():
    assert ASKED.is_open
    assert not replace(ASKED, answered_at=MOMENT).is_open
    assert not replace(ASKED, withdrawn_at=MOMENT).is_open


def test_of_several_requests_the_open_one_is_found():
    ended = replace(ASKED, request_id="b", withdrawn_at=MOMENT)
    assert open_request((ended, ASKED)) is ASKED
    assert open_request((ended,)) is None


@pytest.mark.parametrize(
    ("first", "days", "last"),
    [
        (date(2026, 11, 24), 90, date(2027, 2, 21)),
        (date(2027, 12, 1), 91, date(2028, 2, 29)),
        (date(2026, 12, 31), 2, date(2027, 1, 1)),
        (date(2026, 12, 31), 1, date(2026, 12, 31)),
    ],
)
def test_the_default_day_is_the_one_before_the_types_reminder(first, days, last):
    assert default_day(first, days) == last


@pytest.mark.handbook("H137")
@pytest.mark.parametrize("days", [90, 120])
def test_the_reminder_follows_the_type(days):
    assert reminder_day(ASKED, days) == MOMENT.date() + timedelta(days)


@pytest.mark.handbook("H137")
def test_the_reminder_never_comes_before_the_last_day_has_passed():
    assert reminder_day(ASKED, 30) == date(2027, 2, 22)
    for days in (1, 90, 365):
        asked = replace(ASKED, answer_by=default_day(MOMENT.date(), days))
        assert reminder_day(asked, days) == asked.answer_by + timedelta(1)


@pytest.mark.handbook("H137")
def test_a_day_that_the_officer_chose_goes_before_the_types():
    chosen = replace(ASKED, answer_by=date(2026, 12, 14), is_day_chosen=True)
    assert reminder_day(chosen, 90) == date(2026, 12, 15)
