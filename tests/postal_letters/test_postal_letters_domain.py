"""How far a letter has come: rules without Plone."""

from datetime import date, datetime

import pytest

from sp.personcert.postal_letters.domain import LetterState, PostalLetter, id_for

CREATED = "2026-11-23T10:00:00+01:00"
LETTER = PostalLetter("a", "customer", ("new_message",), "sv", CREATED, date(2026, 11, 23))
MOMENT = datetime(2026, 11, 24, 8, 30)


def test_printing_is_repeated_and_remembers_the_latest():
    again = LETTER.printed("one", MOMENT).printed("two", MOMENT.replace(hour=9))
    assert (again.state, again.printed_by, again.printed_at) == (
        LetterState.PRINTED,
        "two",
        "2026-11-24T09:30:00",
    )
    assert again.is_open


def test_posted_and_cancelled_letters_are_nobodys_work_any_more():
    posted = LETTER.printed("one", MOMENT).posted("two", MOMENT)
    assert (posted.state, posted.printed_by, posted.posted_by) == (LetterState.POSTED, "one", "two")
    assert not posted.is_open and not LETTER.cancelled().is_open and LETTER.is_open


@pytest.mark.parametrize(
    ("from_day", "since", "due"),
    [
        (date(2026, 11, 23), date(2026, 11, 23), True),
        (date(2026, 12, 7), date(2026, 12, 7), False),
        (date(2026, 11, 1), date(2026, 11, 23), True),
    ],
)
def test_a_letter_waits_since_the_day_from_which_it_may_be_printed(from_day, since, due):
    letter = PostalLetter("a", "customer", (), "sv", LETTER.created, from_day)
    assert letter.since == since and letter.is_due(date(2026, 11, 23)) is due


def test_one_key_of_one_customer_is_one_letter_and_its_id_says_nothing():
    assert id_for("customer", "key") == id_for("customer", "key")
    assert len({id_for("customer", "key"), id_for("customer", "other"), id_for("other", "key")}) == 3
    assert "customer" not in id_for("customer", "key") and len(id_for("customer", "key")) == 32


def test_records_are_told_apart_when_two_people_write_at_once():
    assert sorted([LETTER.printed("one", MOMENT), LETTER, LETTER.cancelled()])
