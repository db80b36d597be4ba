"""The officers' page of a customer's e-mail address, and the administrators' page of bounces."""

from datetime import datetime

import pytest
from plone import api

from sp.personcert.customers import operations
from sp.personcert.customers.domain import AddressFault
from tests.reading import address, tree, words
from tests.sending import reread


@pytest.fixture
def person(customer):
    """The handbook's customer."""
    return customer("ceper")


@pytest.fixture
def at_noon(at):
    """A day in November."""
    at(datetime(2026, 11, 23, 12, 0))


def alert(page):
    """The note about an address that does not work."""
    notes = [words(note) for note in tree(page).xpath("//*[contains(@class, 'kw-note')]")]
    return [note for note in notes if "fram sedan" in note]


def test_an_officer_marks_an_address_and_corrects_it(visitor, person):
    officer = visitor("handlaggare")
    page = officer.see(address(person)).click("Kundens e-postadress")
    assert page.forms["epost"]["email"].value == "ceper@example.se" and alert(page) == []
    page = officer.submit(page.forms["epost"], "do", "returned").follow()
    assert "Adressen är markerad." in words(page) and "Det vi skickade kom i retur." in alert(page)[0]
    assert "går det viktiga som brev i stället" in alert(page)[0]
    assert not tree(page).xpath("//button[@value='returned']")
    reread()
    assert person.bad_address.reason is AddressFault.BOUNCED
    form = page.forms["epost"]
    form["email"] = "ny@example.se"
    page = officer.submit(form, "do", "change").follow()
    assert "Adressen är sparad." in words(page) and alert(page) == []
    reread()
    assert person.email == "ny@example.se" and person.bad_address is None


def test_what_the_customer_has_told_stands_in_the_field(visitor, acting, person):
    operations.mark_address_bad(person, AddressFault.REFUSED)
    with acting("ceper"):
        operations.tell_new_address(person, "ny@example.se", "f" * 32)
    page = visitor("handlaggare").see(address(person, "epost"))
    assert page.forms["epost"]["email"].value == "ny@example.se"
    assert "Kunden har skrivit en ny adress." in alert(page)[0]
    assert "e-postserver säger att adressen inte finns" in alert(page)[0]


def test_officers_see_on_customer_and_case_that_mail_does_not_arrive(visitor, at_noon, person, drillers):
    operations.mark_address_bad(person, AddressFault.REFUSED)
    officer = visitor("handlaggare")
    for place in (address(person), address(drillers, "handlaggning"), address(drillers, "meddelanden")):
        page = officer.see(place)
        (said,) = alert(page)
        assert said.startswith("E-post till kunden kommer inte fram sedan 2026-11-23.")
        assert page.click("Kundens e-postadress", index=0).status_int == 200
    for who in ("ceper", "beslutsfattare"):
        assert alert(visitor(who).see(address(drillers, "meddelanden"))) == []


def test_a_refusal_stands_at_the_field_with_what_was_typed(visitor, person):
    officer = visitor("handlaggare")
    form = officer.see(address(person, "epost")).forms["epost"]
    form["email"] = "ny@example"
    answer = officer.submit(form, "do", "change")
    assert answer.status_int == 422 and "Det ser inte ut som en e-postadress." in words(answer)
    assert answer.forms["epost"]["email"].value == "ny@example"


def test_a_colleagues_correction_is_not_overwritten_unseen(visitor, acting, person):
    officer = visitor("handlaggare")
    form = officer.see(address(person, "epost")).forms["epost"]
    with acting("handlaggare2"):
        operations.change_email(person, "kollegans@example.se")
    form["email"] = "ny@example.se"
    visitor("handlaggare")
    answer = officer.submit(form, "do", "change")
    assert answer.status_int == 422 and "Någon annan har ändrat adressen" in words(answer)
    reread()
    assert person.email == "kollegans@example.se"


@pytest.mark.wall
@pytest.mark.parametrize("who", ["", "ceper", "enkel", "beslutsfattare", "administrator"])
def test_the_page_of_an_address_is_officers_alone(visitor, person, who):
    fields = dict(visitor("handlaggare").see(address(person, "epost")).forms["epost"].submit_fields())
    somebody = visitor(who)
    for answer in (
        somebody.see(address(person, "epost")),
        somebody.send(address(person, "epost"), fields | {"do": "returned"}),
    ):
        assert answer.status_int == (404 if who else 302)
        assert "ceper@example.se" not in answer.text
    reread()
    assert person.bad_address is None


@pytest.mark.wall
def test_of_a_protected_identity_it_is_named_officers_alone(visitor, acting, person, drillers):
    operations.mark_address_bad(person, AddressFault.REFUSED)
    before = dict(visitor("handlaggare").see(address(person, "epost")).forms["epost"].submit_fields())
    with acting("handlaggare2"):
        named = {api.user.get(username="handlaggare2").getId()}
        operations.protect_identity(person, True, named)
    officer = visitor("handlaggare")
    missing = officer.see("/kunder/" + "0" * 32 + "/@@epost")
    for answer in (
        officer.see(address(person, "epost")),
        officer.send(address(person, "epost"), before | {"email": "ny@example.se", "do": "change"}),
    ):
        assert (answer.status_int, answer.text) == (404, missing.text)
    assert alert(officer.see(address(person))) == alert(officer.see(address(drillers, "handlaggning"))) == []
    assert "Kundens e-postadress" not in words(officer.see(address(person)))
    page = visitor("handlaggare2").see(address(person, "epost"))
    assert "ceper@example.se" in page.text and "får sina aviseringar som brev" in words(page)


def test_an_administrator_enters_what_bounced_and_reads_how_many_have_it(visitor, acting, person, customer):
    with acting("handlaggare"):
        operations.change_email(customer("enkel"), "ceper@example.se")
    administrator = visitor("administrator")
    form = administrator.see("/studsar").forms["studsar"]
    form["email"] = "Ceper@example.se"
    answer = administrator.submit(form)
    assert answer.status_int == 200 and "Kunder med adressen: 2." in words(answer)
    assert "CE Person" not in answer.text and "C129289" not in answer.text
    assert answer.forms["studsar"]["email"].value == ""
    reread()
    assert person.bad_address and customer("enkel").bad_address and not customer("tom").bad_address
    for typed, status, said in (("x@example.se", 200, "så inget är ändrat"), ("x", 422, "ser inte ut som")):
        form["email"] = typed
        answer = administrator.submit(form)
        assert answer.status_int == status and said in words(answer)


@pytest.mark.wall
@pytest.mark.parametrize("who", ["", "ceper", "handlaggare", "beslutsfattare"])
def test_bounces_are_administrators_alone(visitor, person, who):
    fields = dict(visitor("administrator").see("/studsar").forms["studsar"].submit_fields())
    somebody = visitor(who)
    for answer in (
        somebody.see("/studsar"),
        somebody.send("/studsar", fields | {"email": "ceper@example.se"}),
    ):
        assert answer.status_int == (404 if who else 302)
    reread()
    assert person.bad_address is None


@pytest.mark.wall
def test_a_form_without_its_token_changes_nothing(visitor, person):
    for who, place, fields in (
        ("handlaggare", address(person, "epost"), {"email": "ny@example.se", "do": "change"}),
        ("administrator", "/studsar", {"email": "ceper@example.se"}),
        ("ceper", "/min-epost", {"choice": "right"}),
    ):
        operator = visitor(who)
        assert operator.send(place, fields).status_int == 403
    reread()
    assert person.email == "ceper@example.se" and person.bad_address is None
