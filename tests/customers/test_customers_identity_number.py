"""Opening a personnummer: one POST, one entry, one answer."""

import pytest

from sp.personcert.customers import operations
from sp.personcert.foundation import audit
from sp.personcert.foundation.errors import NotAllowed
from tests.reading import address, words
from tests.sending import form_to, reread

OPENED = "customer.identity_number_opened"
NUMBER, END, MASKED = "811218-9876", "9876", "811218-****"


@pytest.fixture
def ceper_as_customer(customer):
    """The handbook's customer."""
    return customer("ceper")


@pytest.fixture
def openings(ceper_as_customer):
    """Who opened the number, as the audit has it."""

    def read():
        reread()
        return [entry for entry in audit.entries_for(ceper_as_customer) if entry.action == OPENED]

    return read


@pytest.fixture
def page(ceper_as_customer):
    """The address of the page."""
    return address(ceper_as_customer, "personnummer")


@pytest.mark.parametrize("who", ["handlaggare", "beslutsfattare"])
def test_an_officer_opens_the_number_with_one_click_and_it_is_noted(visitor, page, openings, who):
    person = visitor(who)
    before = person.see(page)
    assert MASKED in words(before) and END not in before.text
    assert "Varje öppning sparas i granskningsloggen" in words(before)
    assert openings() == []
    answer = person.submit(form_to(before, "personnummer"))
    assert answer.status_int == 200 and NUMBER in words(answer)
    assert len(openings()) == 1 and openings()[0].details_digest == ""


def test_the_number_is_in_that_answer_alone(visitor, page, openings):
    person = visitor("handlaggare")
    answer = person.submit(form_to(person.see(page), "personnummer"))
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert END not in str(answer.headers) and END not in answer.request.url
    assert "form_token" not in answer.forms.get("identity-number").fields
    again = person.see(page)
    assert END not in again.text and "Visa personnummer" in words(again)


def test_each_opening_is_noted(visitor, page, openings):
    person = visitor("handlaggare")
    form = form_to(person.see(page), "personnummer")
    for _ in range(2):
        assert NUMBER in person.submit(form).text
    assert len(openings()) == 2


def test_the_masked_number_leads_to_the_page(visitor, case, ceper_as_customer):
    person = visitor("handlaggare")
    for place in (address(case("ceper", "brunnsborrare"), "handlaggning"), address(ceper_as_customer)):
        found = person.see(place)
        assert MASKED in words(found) and END not in found.text
        assert found.click("Visa personnummer").request.path.endswith("/@@personnummer")


@pytest.mark.wall
def test_a_get_with_everything_that_the_form_sends_opens_nothing(visitor, page, openings):
    person = visitor("handlaggare")
    form = form_to(person.see(page), "personnummer")
    answer = person.get(page, dict(form.submit_fields()))
    assert END not in answer.text and openings() == []


@pytest.mark.wall
def test_a_token_of_somebody_else_or_of_another_customer_opens_nothing(visitor, page, openings, customer):
    officer, colleague = visitor("handlaggare"), visitor("handlaggare2")
    theirs = form_to(colleague.see(page), "personnummer").submit_fields()
    other = form_to(officer.see(address(customer("enkel"), "personnummer")), "personnummer").submit_fields()
    for fields in ("", theirs, other):
        answer = officer.send(page, fields)
        assert answer.status_int == 403 and END not in answer.text
    assert openings() == []


@pytest.mark.wall
@pytest.mark.parametrize("who", ["ceper", "enkel", "administrator", ""])
def test_nobody_else_has_such_a_page(visitor, page, openings, who):
    person, missing = visitor(who), "/kunder/" + "0" * 32 + "/@@personnummer"
    for ask in (person.see, person.send):
        answer, nothing = ask(page), ask(missing)
        assert answer.status_int == nothing.status_int == (404 if who else 302)
        assert answer.text == nothing.text
    assert openings() == []


@pytest.mark.wall
@pytest.mark.parametrize("who", ["ceper", "enkel", "administrator"])
def test_the_operation_is_for_those_who_handle_cases(acting, ceper_as_customer, openings, who):
    with acting(who), pytest.raises(NotAllowed):
        operations.open_identity_number(ceper_as_customer)
    assert openings() == []


@pytest.mark.wall
def test_the_table_by_personnummer_has_no_address(visitor, portal):
    person = visitor("administrator")
    for name in ("__annotations__", "sp.personcert.customers", "_own_annotations", "identity"):
        for place in ("", "/kunder"):
            answer = person.see(f"{place}/{name}")
            assert answer.status_int == 404 and END not in answer.text
