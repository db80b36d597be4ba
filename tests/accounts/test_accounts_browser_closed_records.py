"""Egen kundpost och närstående: what an administrator closes to a member of the staff."""

import pytest
import transaction

from sp.personcert.customers import queries as customers
from tests.accounts.pages import alert, form_at, id_of, receipt
from tests.reading import address, words
from tests.sending import reread


@pytest.fixture
def administrator(visitor):
    """An administrator at a browser."""
    return visitor("administrator")


@pytest.fixture
def form(administrator):
    """The form on the officer's page, fresh at each call."""
    return lambda: form_at(administrator.see(f"/konto?id={id_of('handlaggare')}"), "konto-kundpost")


def closed() -> list[tuple[str, str]]:
    """What is stored for the officer."""
    reread()
    return customers.records_closed_to(id_of("handlaggare"))


@pytest.mark.wall
def test_closed_cases_are_out_of_the_officers_sight(administrator, form, visitor, case, customer):
    officer = visitor("handlaggare")
    theirs, own = case("ceper", "brunnsborrare"), case("enkel", "brunnsborrare")
    for found in (theirs, own):
        assert officer.see(address(found, "handlaggning")).status_int == 200
    filled = form()
    filled["own_record"], filled["relatives"] = " c129290 ", "C129289\r\n\r\n  C129291\r\n"
    answer = administrator.submit(filled)
    page = administrator.see(answer.location)
    assert "närstående är sparade" in receipt(page)
    assert "C129290 Enkel Exempel, C129289 CE Person Test, C129291 Tom Exempel" in words(page)
    assert closed() == [
        ("C129290", "Enkel Exempel"),
        ("C129289", "CE Person Test"),
        ("C129291", "Tom Exempel"),
    ]
    assert officer.see(address(theirs, "handlaggning")).status_int == 404
    assert officer.see(address(customer("ceper"), "konto")).status_int == 404


def test_what_is_stored_stands_in_the_form_and_can_be_taken_away(administrator, form, visitor, case):
    filled = form()
    filled["own_record"], filled["relatives"] = "C129290", "C129289\nC129291"
    administrator.submit(filled)
    shown = form()
    assert (shown["own_record"].value, shown["relatives"].value.split()) == (
        "C129290",
        ["C129289", "C129291"],
    )
    shown["own_record"], shown["relatives"] = "", "C129291"
    administrator.submit(shown)
    assert closed() == [("C129291", "Tom Exempel")]
    assert (
        visitor("handlaggare").see(address(case("ceper", "brunnsborrare"), "handlaggning")).status_int == 200
    )


@pytest.mark.parametrize(
    ("own", "relatives", "field", "sentence"),
    [
        ("C1", "", "own_record", "Det finns ingen kund med numret C1."),
        ("", "C129289\nC999999", "relatives", "Det finns ingen kund med numret C999999."),
        ("<script>alert(1)</script>", "", "own_record", "Det finns ingen kund"),
        ("x" * 10_000, "", "own_record", "Det finns ingen kund"),
        ("", "x" * 10_000, "relatives", "Det finns ingen kund"),
        ("", "C129289\n" * 5_000, "relatives", "Skriv högst 50 nummer"),
        ("", "C129\x00289", "relatives", "Det finns ingen kund"),
    ],
)
def test_a_wrong_number_closes_nothing_and_stays_in_its_field(
    administrator, form, own, relatives, field, sentence
):
    filled = form()
    filled["own_record"], filled["relatives"] = own, relatives
    page = administrator.submit(filled)
    assert page.status_int == 422
    assert sentence in alert(page)
    assert f'id="{field}-error"' in page.text
    assert "<script>alert" not in page.text
    assert form_at(page, "konto-kundpost")["own_record"].value == own
    assert closed() == []


def test_a_colleagues_change_is_not_written_over_unseen(administrator, form):
    mine, theirs = form(), form()
    theirs["relatives"] = "C129289"
    administrator.submit(theirs)
    mine["relatives"] = "C129291"
    page = administrator.submit(mine)
    assert page.status_int == 422
    assert "Kontot har ändrats sedan du öppnade sidan" in alert(page)
    assert closed() == [("C129289", "CE Person Test")]


def test_a_protected_identity_is_told_by_its_number_alone(administrator, form, customer):
    customer("ceper").protected_identity = True
    transaction.commit()
    filled = form()
    filled["relatives"] = "C129289"
    page = administrator.see(administrator.submit(filled).location)
    assert "C129289" in words(page) and "CE Person Test" not in words(page)
