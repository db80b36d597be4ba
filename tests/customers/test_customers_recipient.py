"""By which way a customer is told something, as things stand."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from plone import api

from sp.personcert.customers import operations, queries
from sp.personcert.customers.domain import AddressFault, CompanyDetails, ContactMode
from sp.personcert.foundation.mail import Channel, IMailRecipient

MORNING = datetime(2026, 11, 23, 9, 0)
DAY = date(2026, 11, 23)


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


@pytest.mark.handbook("H42")
@pytest.mark.parametrize("mode", list(ContactMode))
def test_the_channel_follows_the_contact_mode(ceper, mode):
    ceper.contact_mode = mode
    wanted = {ContactMode.DIGITAL: Channel.MAIL, ContactMode.ANALOG: Channel.POST}[mode]
    assert IMailRecipient(ceper).channel is wanted and IMailRecipient(ceper).post_from is None


@pytest.mark.parametrize(
    ("days", "channel"), [(0, Channel.HELD), (13, Channel.HELD), (14, Channel.POST), (90, Channel.POST)]
)
def test_a_bad_address_holds_letters_back_for_some_days(bad, at, days, channel):
    at(MORNING + timedelta(days=days))
    recipient = IMailRecipient(bad)
    assert recipient.channel is channel
    assert recipient.post_from == (DAY + timedelta(days=14) if channel is Channel.HELD else None)


def test_no_days_at_all_are_a_setting_too(bad):
    api.portal.set_registry_record("sp.personcert.bad_address_days", 0)
    assert (IMailRecipient(bad).channel, IMailRecipient(bad).post_from) == (Channel.POST, None)


def test_who_is_reached_by_post_anyway_waits_for_nothing(bad):
    bad.contact_mode = ContactMode.ANALOG
    assert (IMailRecipient(bad).channel, IMailRecipient(bad).post_from) == (Channel.POST, None)
    assert not queries.is_asked_about_address(bad)
    bad.contact_mode, bad.protected_identity = ContactMode.DIGITAL, True
    assert IMailRecipient(bad).channel is Channel.POST and not queries.is_asked_about_address(bad)


def test_without_an_address_letters_go_by_post_and_nothing_can_be_marked(ceper):
    ceper.person, ceper.company = replace(ceper.person, email=""), CompanyDetails()
    assert IMailRecipient(ceper).channel is Channel.POST
    IMailRecipient(ceper).refused(550)
    assert ceper.bad_address is None


def test_a_refusal_of_the_mail_server_marks_the_address(ceper):
    IMailRecipient(ceper).refused(550)
    assert ceper.bad_address.reason is AddressFault.REFUSED and queries.is_asked_about_address(ceper)
