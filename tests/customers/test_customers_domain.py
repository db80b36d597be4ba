"""Who reads what of a customer: rules without Plone."""

from dataclasses import replace
from datetime import date

import pytest

from sp.personcert.customers.domain import (
    ClosedRecords,
    CompanyDetails,
    PersonDetails,
    masked_number,
    may_change_protection,
    postal_lines,
    reads_contact,
    shown_number,
    shown_postal_code,
)

NAMED = frozenset({"named", "gone"})
DESK = frozenset({"named", "other"})


@pytest.mark.handbook("H38")
@pytest.mark.parametrize(
    ("number", "shown"),
    [("198112189876", "811218-9876"), ("192105090000", "210509+0000"), ("", "")],
)
def test_a_number_is_shown_as_the_customer_wrote_it(number, shown):
    assert shown_number(number, date(2026, 11, 23)) == shown


def test_a_masked_number_keeps_the_four_last_digits_to_itself():
    assert masked_number("198112189876") == "811218-****"
    assert masked_number("") == ""


@pytest.mark.parametrize(
    ("user_id", "protected", "reads"),
    [
        ("other", False, True),
        ("other", True, False),
        ("named", True, True),
        ("owner", True, True),
        ("", True, False),
    ],
)
def test_contact_data_of_a_protected_identity_are_for_the_person_and_the_named(user_id, protected, reads):
    assert reads_contact(user_id, "owner", protected, NAMED) is reads


def test_nobody_is_taken_for_the_owner_of_a_customer_without_account():
    assert not reads_contact("", "", True, frozenset())


@pytest.mark.parametrize(
    ("user_id", "protected", "named", "may"),
    [
        ("other", False, frozenset(), True),
        ("other", True, NAMED, False),
        ("named", True, NAMED, True),
        ("gone", True, NAMED, False),
        ("other", True, frozenset({"gone"}), True),
    ],
)
def test_a_protection_is_changed_by_the_named_while_one_of_them_is_left(user_id, protected, named, may):
    assert may_change_protection(user_id, protected, named, DESK) is may


def test_closed_records_are_the_own_one_and_those_of_relatives():
    assert ClosedRecords("a", ("b", "c")).ids == {"a", "b", "c"}
    assert ClosedRecords("", ("b",)).ids == {"b"}
    assert ClosedRecords().ids == frozenset()


HOME = PersonDetails("CE", "Person", "Test", "Stumholmen  10", "37123", "Karlskrona")
WORK = CompanyDetails("Exempel AB", "Verkgatan 2", "371 30", "Karlskrona")


@pytest.mark.parametrize(
    ("person", "company", "lines"),
    [
        (HOME, WORK, ("CE Person Test", "Stumholmen 10", "371 23 Karlskrona")),
        (replace(HOME, city=" "), WORK, ("CE Person Test", "Exempel AB", "Verkgatan 2", "371 30 Karlskrona")),
        (replace(HOME, address=""), replace(WORK, postal_code=""), ()),
        (replace(HOME, first_name="", middle_name="", last_name=""), WORK, ()),
    ],
)
def test_a_postal_address_is_whole_or_none(person, company, lines):
    assert postal_lines(person, company) == lines


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("37123", "371 23"), ("371 23", "371 23"), ("SE-37123", "SE-37123"), ("3712", "3712")],
)
def test_a_postal_code_is_written_as_the_post_does(typed, shown):
    assert shown_postal_code(typed) == shown
