"""What a customer whose e-mail does not arrive is asked, and what follows from the answer."""

from datetime import datetime

import pytest

from sp.personcert.customers import operations
from sp.personcert.customers.domain import AddressFault, ContactMode
from tests.reading import address, tree, words
from tests.sending import reread

BANNER = "Vår e-post till ceper@example.se kommer inte fram."
PLACES = ("/start", "/mina-certifieringar", "/din-adress", "/personcertifiering")


@pytest.fixture
def bad(customer, at):
    """The handbook's customer, whose address does not work."""
    at(datetime(2026, 11, 23, 9, 0))
    person = customer("ceper")
    operations.mark_address_bad(person, AddressFault.REFUSED)
    return person


def test_every_page_asks_until_the_address_is_confirmed(visitor, bad, drillers):
    person = visitor("ceper")
    for place in (*PLACES, address(drillers, "meddelanden")):
        assert BANNER in words(person.see(place)), place
    page = person.see("/start").click("Svara på om adressen stämmer")
    assert "Adressen stämmer" in words(page) and len(tree(page).xpath("//h1")) == 1
    assert "Svara på om adressen stämmer" not in words(page)
    form = page.forms["min-epost"]
    form["choice"] = "right"
    page = person.submit(form).follow()
    assert "Tack! Vi fortsätter att skicka e-post till adressen." in words(page)
    assert "min-epost" not in page.forms
    for place in PLACES:
        assert "kommer inte fram" not in words(person.see(place)), place
    reread()
    assert bad.bad_address is None


def test_a_new_address_goes_to_an_officer_as_a_message(visitor, bad):
    person = visitor("ceper")
    form = person.see("/min-epost").forms["min-epost"]
    form["choice"], form["email"] = "new", "ny@example.se"
    page = person.submit(form).follow()
    assert "En handläggare lägger in den" in words(page) and "ny@example.se" in words(page)
    assert "kommer inte fram" not in words(person.see("/start"))
    person.submit(form)
    reread()
    said = [
        (message.message_type, entry.text)
        for case in bad.objectValues()
        if case.portal_type.endswith(".case")
        for message in case.objectValues()
        for entry in getattr(message, "entries", {}).values()
        if "ny@example.se" in entry.text
    ]
    assert said == [("Uppgiftsändring", "Min nya e-postadress: ny@example.se")]
    assert bad.email == "ceper@example.se" and bad.bad_address.told == "ny@example.se"


@pytest.mark.parametrize(
    ("choice", "email", "said"),
    [
        (None, "", "Välj det som stämmer."),
        ("new", "", "Det ser inte ut som en e-postadress."),
        ("new", "ny@", "Det ser inte ut som en e-postadress."),
        (None, "ceper@example.se", "Det är adressen som inte fungerar."),
    ],
)
def test_an_answer_that_is_none_is_refused_with_what_was_typed(visitor, bad, choice, email, said):
    person = visitor("ceper")
    form = person.see("/min-epost").forms["min-epost"]
    form["email"] = email
    if choice:
        form["choice"] = choice
    answer = person.submit(form)
    assert answer.status_int == 422 and said in words(answer)
    assert answer.forms["min-epost"]["email"].value == email
    reread()
    assert bad.bad_address.told == ""


def test_who_has_no_case_is_told_where_to_write(visitor, customer):
    person = customer("tom")
    operations.mark_address_bad(person, AddressFault.REFUSED)
    browser = visitor("tom")
    form = browser.see("/min-epost").forms["min-epost"]
    form["choice"], form["email"] = "new", "ny@example.se"
    answer = browser.submit(form)
    assert answer.status_int == 422
    assert "Du har inget ärende hos oss än. Skriv din nya adress till support" in words(answer)
    again = answer.forms["min-epost"]
    assert (again["choice"].value, again["email"].value) == ("new", "ny@example.se")
    reread()
    assert person.bad_address.told == "" and list(person.objectIds()) == []


def test_an_older_page_does_not_confirm_what_another_was_told_for(visitor, bad):
    person = visitor("ceper")
    first = person.see("/min-epost").forms["min-epost"]
    second = person.see("/min-epost").forms["min-epost"]
    first["choice"], first["email"] = "new", "ny@example.se"
    person.submit(first)
    second["choice"] = "right"
    answer = person.submit(second)
    assert answer.status_int == 422 and "Du har redan bett oss att använda en annan adress." in words(answer)
    reread()
    assert bad.bad_address.told == "ny@example.se"


def test_who_is_not_asked_reads_where_mail_goes(visitor, customer):
    page = visitor("ceper").see("/min-epost")
    assert "Vi skickar till ceper@example.se." in words(page) and "min-epost" not in page.forms
    assert "kommer inte fram" not in words(visitor("ceper").see("/start"))


def test_who_is_reached_by_post_is_not_asked(visitor, bad):
    bad.contact_mode = ContactMode.ANALOG
    assert "kommer inte fram" not in words(visitor("ceper").see("/start"))


@pytest.mark.wall
def test_the_question_is_for_that_customer_alone(visitor, bad):
    answer = visitor().see("/min-epost")
    assert answer.status_int == 302 and "/login" in answer.location
    for who in ("handlaggare", "beslutsfattare", "administrator"):
        assert visitor(who).see("/min-epost").status_int == 404
        assert "ceper@example.se" not in visitor(who).see("/start").maybe_follow().text
    other = visitor("enkel")
    assert "ceper@example.se" not in other.see("/min-epost").text + other.see("/start").text
    sent = dict(visitor("ceper").see("/min-epost").forms["min-epost"].submit_fields())
    assert other.send("/min-epost", sent | {"choice": "right"}).status_int == 403
    reread()
    assert bad.bad_address is not None
