"""E-mail addresses that do not work: who notes it, who answers, and where letters go meanwhile."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from plone import api
from zope.component import provideHandler
from zope.component.globalregistry import getGlobalSiteManager

from sp.personcert.customers import operations, queries
from sp.personcert.customers.domain import (
    AddressFault,
    BadAddress,
)
from sp.personcert.customers.events import AddressUsable
from sp.personcert.foundation import audit
from sp.personcert.foundation.errors import NotAllowed, Refused

MORNING = datetime(2026, 11, 23, 9, 0)
DAY = date(2026, 11, 23)


def user_id(user_name):
    """The id of an account."""
    return api.user.get(username=user_name).getId()


def actions(customer):
    """What the audit says was done to a customer, the newest first."""
    return [entry.action for entry in audit.entries_for(customer, below=False)]


def texts(customer, message_id):
    """What a message in any case of a customer says."""
    found = [case[message_id] for case in customer.objectValues() if message_id in case.objectIds()]
    return [entry.text for message in found for entry in message.entries.values()]


def details(customer, action):
    """The particulars of each entry of one kind about a customer."""
    entries = audit.entries_for(customer, below=False)
    return [audit.details_of(entry) for entry in entries if entry.action == action]


@pytest.fixture
def ceper(customer, at):
    """The handbook's customer, on a morning in November."""
    at(MORNING)
    return customer("ceper")


@pytest.fixture
def bad(ceper):
    """The same, whose address was refused."""
    operations.mark_address_bad(ceper, AddressFault.REFUSED)
    return ceper


@pytest.fixture
def usable():
    """The customers of whom it was heard that mail can be tried again."""
    heard = []

    def hear(event: AddressUsable):
        heard.append(event.customer)

    provideHandler(hear, (AddressUsable,))
    yield heard
    getGlobalSiteManager().unregisterHandler(hear, (AddressUsable,))


def test_the_first_day_stays_when_it_is_noted_again(bad, at):
    at(MORNING + timedelta(days=3))
    operations.mark_address_bad(bad, AddressFault.BOUNCED)
    assert bad.bad_address == BadAddress("ceper@example.se", DAY, AddressFault.REFUSED)
    assert actions(bad).count("customer.address_bad") == 1
    assert details(bad, "customer.address_bad") == [{"reason": "refused"}]


def test_what_is_known_of_an_address_ends_with_the_address(bad):
    assert queries.email_is_bad(bad)
    bad.person = replace(bad.person, email="CEPER@example.SE")
    assert queries.email_is_bad(bad)
    bad.person = replace(bad.person, email="ny@example.se")
    assert not queries.email_is_bad(bad)


class TestTheCustomersAnswer:
    """The address is right, or there is another."""

    def test_a_confirmed_address_is_used_again(self, acting, bad, usable):
        with acting("ceper"):
            operations.confirm_address(bad)
            operations.confirm_address(bad)
        assert bad.bad_address is None and usable == [bad]
        assert actions(bad).count("customer.confirm_address") == 1

    def test_a_new_one_is_told_once_as_a_message_in_the_newest_case(self, acting, bad, case, usable):
        newest = max(
            (one for one in bad.objectValues() if one.portal_type.endswith(".case")),
            key=lambda one: one.opened_at,
        )
        with acting("ceper"):
            for _time in range(2):
                operations.tell_new_address(bad, " ny@example.se ", "f" * 32)
        message = newest["f" * 32]
        (entry,) = message.entries.values()
        assert (message.message_type, entry.text) == (
            "Uppgiftsändring",
            "Min nya e-postadress: ny@example.se",
        )
        assert entry.by_customer and newest.customer_wrote_at
        assert bad.bad_address.told == "ny@example.se" and bad.email == "ceper@example.se"
        assert queries.email_is_bad(bad) and not queries.is_asked_about_address(bad) and usable == []
        assert actions(bad).count("customer.tell_new_address") == 1

    def test_the_newest_message_says_what_was_told_last_and_a_form_tells_once(self, acting, bad):
        told = [("a", "en@example.se"), ("b", "tva@example.se"), ("a", "tre@example.se")]
        with acting("ceper"):
            for sign, address in told:
                operations.tell_new_address(bad, address, sign * 32)
        assert bad.bad_address.told == "tva@example.se"
        said = {sign: text for sign in "ab" for text in texts(bad, sign * 32)}
        assert said == {
            "a": "Min nya e-postadress: en@example.se",
            "b": "Min nya e-postadress: tva@example.se",
        }
        assert actions(bad).count("customer.tell_new_address") == 2

    def test_who_told_another_address_does_not_confirm_the_old_one(self, acting, bad, usable):
        with acting("ceper"):
            operations.tell_new_address(bad, "ny@example.se", "f" * 32)
            with pytest.raises(Refused) as refusal:
                operations.confirm_address(bad)
        assert "redan bett oss" in refusal.value.message.default
        assert bad.bad_address.told == "ny@example.se" and usable == []
        assert "customer.confirm_address" not in actions(bad)

    @pytest.mark.parametrize("typed", ["", "ny", "ny@", "a b@example.se", "ny@example", "CEPER@example.se"])
    def test_what_is_no_address_or_the_bad_one_is_refused(self, acting, bad, typed):
        with acting("ceper"), pytest.raises(Refused) as refusal:
            operations.tell_new_address(bad, typed, "f" * 32)
        assert refusal.value.field == "email" and bad.bad_address.told == ""

    @pytest.mark.wall
    @pytest.mark.parametrize("who", ["enkel", "handlaggare", "beslutsfattare", "administrator"])
    def test_nobody_else_answers(self, acting, bad, who):
        before = bad.bad_address
        with acting(who):
            with pytest.raises(NotAllowed):
                operations.confirm_address(bad)
            with pytest.raises(NotAllowed):
                operations.tell_new_address(bad, "ny@example.se", "f" * 32)
        with pytest.raises(NotAllowed):
            operations.confirm_address(bad)
        assert bad.bad_address == before


class TestAnOfficersCorrection:
    """Officers correct an address, or note that mail comes back."""

    def test_a_corrected_address_is_used_and_found(self, acting, bad, usable):
        with acting("handlaggare"):
            operations.change_email(bad, "Ny.Adress@Example.se")
        assert bad.email == "Ny.Adress@Example.se" and bad.bad_address is None and usable == [bad]
        assert queries.with_email("ny.adress@example.SE") == [bad]
        assert queries.with_email("ceper@example.se") == []
        assert details(bad, "customer.change_email") == [{}]

    def test_the_address_in_use_is_the_one_that_is_corrected(self, acting, ceper):
        ceper.person = replace(ceper.person, email="")
        with acting("handlaggare"):
            operations.change_email(ceper, "ny@example.se")
        assert (ceper.person.email, ceper.company.email) == ("", "ny@example.se")

    def test_the_same_address_once_more_says_that_it_works_again(self, acting, bad, usable):
        with acting("handlaggare"):
            operations.change_email(bad, "ceper@example.se")
            operations.change_email(bad, "ceper@example.se")
        assert bad.bad_address is None and usable == [bad]

    def test_what_is_no_address_is_refused(self, acting, bad):
        with acting("handlaggare"), pytest.raises(Refused) as refusal:
            operations.change_email(bad, "ny@example")
        assert refusal.value.field == "email" and bad.email == "ceper@example.se" and bad.bad_address

    @pytest.mark.wall
    @pytest.mark.parametrize("who", ["ceper", "enkel", "beslutsfattare", "administrator"])
    def test_only_officers_do(self, acting, ceper, who):
        with acting(who):
            with pytest.raises(NotAllowed):
                operations.change_email(ceper, "ny@example.se")
            with pytest.raises(NotAllowed):
                operations.note_returned(ceper)
        assert ceper.email == "ceper@example.se" and ceper.bad_address is None

    @pytest.mark.wall
    def test_not_in_a_closed_record_nor_of_a_protected_identity(self, acting, ceper, customer):
        with acting("administrator"):
            operations.close_records_by_number(user_id("handlaggare"), "", ["C129289"])
        with acting("handlaggare2"):
            operations.protect_identity(customer("enkel"), True, {user_id("handlaggare2")})
        with acting("handlaggare"):
            for person in (ceper, customer("enkel")):
                with pytest.raises(NotAllowed):
                    operations.change_email(person, "ny@example.se")
                with pytest.raises(NotAllowed):
                    operations.note_returned(person)
                assert not queries.may_correct_email(person)
        with acting("handlaggare2"):
            operations.change_email(customer("enkel"), "ny@example.se")
        assert customer("enkel").email == "ny@example.se" and ceper.email == "ceper@example.se"


class TestABounceThatAnAdministratorEnters:
    """Every customer with the address is marked."""

    def test_several_may_share_an_address(self, acting, ceper, customer):
        with acting("handlaggare"):
            operations.change_email(customer("enkel"), "CEPER@example.se")
        with acting("administrator"):
            assert operations.note_bounce(" Ceper@Example.SE ") == 2
            assert operations.note_bounce("ceper@example.se") == 2
        for person in (ceper, customer("enkel")):
            assert person.bad_address.reason is AddressFault.BOUNCED and person.bad_address.since == DAY
            assert actions(person).count("customer.address_bad") == 1
        assert customer("tom").bad_address is None

    def test_an_address_that_is_not_in_use_marks_nobody(self, acting, ceper):
        with acting("administrator"):
            assert operations.note_bounce("arbete@example.se") == operations.note_bounce("x@example.se") == 0
        assert ceper.bad_address is None

    @pytest.mark.wall
    def test_every_answer_leaves_an_entry_with_the_number_alone(self, acting, ceper):
        with acting("administrator"):
            for address in ("ceper@example.se", "x@example.se"):
                operations.note_bounce(address)
        site = audit.entries_for(api.portal.get(), below=False)
        found = [audit.details_of(entry) for entry in site if entry.action == "address.bounce"]
        assert sorted(one["count"] for one in found) == ["0", "1"] and "@" not in repr(found)

    @pytest.mark.wall
    def test_a_closed_record_is_neither_marked_nor_told_of(self, acting, ceper):
        with acting("administrator"):
            operations.close_records_by_number(user_id("administrator"), "", ["C129289"])
            assert operations.note_bounce("ceper@example.se") == 0
        assert ceper.bad_address is None

    @pytest.mark.wall
    def test_a_protected_identity_is_not_told_of(self, acting, ceper):
        with acting("handlaggare"):
            operations.protect_identity(ceper, True, {user_id("handlaggare")})
        with acting("administrator"):
            assert operations.note_bounce("ceper@example.se") == 0

    @pytest.mark.wall
    @pytest.mark.parametrize("who", ["ceper", "handlaggare", "beslutsfattare"])
    def test_only_an_administrator_enters_one(self, acting, ceper, who):
        with acting(who), pytest.raises(NotAllowed):
            operations.note_bounce("ceper@example.se")
        assert ceper.bad_address is None
