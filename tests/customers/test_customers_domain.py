"""Who reads what of a customer: rules without Plone."""

from datetime import date

import pytest

from sp.personcert.customers.domain import (
    ClosedRecords,
    masked_number,
    may_change_protection,
    reads_contact,
    shown_number,
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
