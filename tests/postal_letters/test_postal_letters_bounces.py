"""What had come back before somebody noted it: one letter, when letters may go."""

from dataclasses import replace
from datetime import timedelta

import pytest

from sp.personcert.customers import operations as customers
from sp.personcert.customers.domain import AddressFault
from sp.personcert.foundation.clock import today
from sp.personcert.foundation.errors import Refused
from sp.personcert.postal_letters.domain import LetterState
from sp.personcert.testing.tasks import run_due
from tests.postal_letters.conftest import MORNING


@pytest.fixture
def person(told_before, customer, at):
    """The handbook's customer, on a morning in November."""
    at(MORNING)
    return customer("ceper")


@pytest.fixture
def bounce(acting):
    """Note that mail to a customer comes back, at the customer's page or by the address."""

    def note(customer, by="handlaggare"):
        with acting(by):
            if by == "administrator":
                customers.note_bounce(customer.email)
            else:
                customers.note_returned(customer)

    return note


@pytest.mark.parametrize("by", ["handlaggare", "administrator"])
def test_what_came_back_is_told_once_when_letters_may_go(person, bounce, letters_of, by):
    for _time in range(2):
        bounce(person, by)
    (letter,) = letters_of(person)
    assert (letter.kinds, letter.state) == (("new_message",), LetterState.WAITING)
    assert letter.from_day == today() + timedelta(days=14)


def test_an_answer_takes_it_back_and_mails_it(person, acting, bounce, letters_of, mails):
    bounce(person)
    with acting("ceper"):
        customers.confirm_address(person)
    run_due(after=700)
    assert [one.state for one in letters_of(person)] == [LetterState.CANCELLED] and len(mails()) == 1


def test_a_new_address_that_bounces_the_same_day_is_told_too(person, acting, bounce, letters_of):
    bounce(person)
    with acting("handlaggare"):
        customers.change_email(person, "ny@example.se")
    bounce(person)
    states = sorted(one.state for one in letters_of(person))
    assert states == [LetterState.CANCELLED, LetterState.WAITING]


def test_a_refusal_puts_none_for_the_notice_itself_goes_on_the_list(person, letters_of):
    customers.mark_address_bad(person, AddressFault.REFUSED)
    assert letters_of(person) == []


def test_who_is_reached_by_post_has_missed_nothing(analog, bounce, letters_of):
    bounce(analog)
    assert analog.bad_address and letters_of(analog) == []


def test_who_has_no_address_gets_none(person, bounce, letters_of):
    person.person = replace(person.person, email="")
    person.company = replace(person.company, email="")
    with pytest.raises(Refused):
        bounce(person)
    assert letters_of(person) == []
