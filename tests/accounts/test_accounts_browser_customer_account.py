"""The account of a customer, as officers open, close and tend it."""

from dataclasses import replace

import pytest
import transaction

from sp.personcert.accounts.queries import account_of
from sp.personcert.customers import operations as customers
from sp.personcert.customers.domain import PersonDetails
from sp.personcert.demo.people import PASSWORD
from tests.accounts.pages import alert, body, id_of, letters, receipt, row_of
from tests.reading import address, tree, words
from tests.sending import form_to, forms_to, reread

FORMS = ("konto-nytt", "konto-lank", "konto-stang", "konto-oppna")


@pytest.fixture
def officer(visitor):
    """An officer at a browser."""
    return visitor("handlaggare")


@pytest.fixture
def newcomer(portal, acting):
    """A customer without an account."""
    person = PersonDetails(first_name="Ny", last_name="Exempel", email="ny@example.se")
    with acting("handlaggare"):
        made = customers.open_customer(person, "19900101-2385")
    transaction.commit()
    return made


def change(customer, **values) -> None:
    """Change a customer and commit."""
    for name, value in values.items():
        setattr(customer, name, value)
    transaction.commit()


def test_an_officer_opens_an_account_and_never_sees_a_password(officer, newcomer, visitor):
    page = officer.see(address(newcomer, "konto"))
    form = form_to(page, "konto-nytt")
    assert form["user_name"].value == newcomer.customer_number.lower()
    assert "ny@example.se" in words(page)
    assert "password" not in page.text
    answer = officer.submit(form)
    page = officer.see(answer.location)
    assert "Ett mejl med en länk har skickats" in receipt(page)
    assert "Väntar på aktivering" in words(page) and "Aldrig" in words(page)
    assert "password" not in page.text
    reread()
    row = account_of(newcomer.user_id)
    assert (row.user_name, row.is_activated) == (newcomer.customer_number.lower(), False)
    assert not row.groups and not row.needs_second_factor
    (letter,) = letters()
    assert letter["To"] == "ny@example.se"
    assert row.user_name in body(letter) and "/valj-losenord?kod=" in body(letter)


def test_the_customer_comes_in_by_the_link_and_sees_the_own_page(officer, newcomer, visitor):
    officer.submit(form_to(officer.see(address(newcomer, "konto")), "konto-nytt"))
    link = next(line for line in body(letters()[0]).splitlines() if "kod=" in line)
    person = visitor()
    form = next(form for form in person.see(link).forms.values() if "valj-losenord" in form.action)
    form["new_password"] = form["repeated"] = "Tall-och-granit-88"
    person.submit(form)
    person.log_in(newcomer.customer_number.lower(), "Tall-och-granit-88")
    assert "Hej Ny Exempel" in words(person.see("/start"))
    assert "Aktivt" in words(officer.see(address(newcomer, "konto")))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Skriv ett användarnamn."),
        ("ceper", "Användarnamnet är upptaget"),
        ("Ny Exempel", "Användarnamnet får ha 2–50 tecken"),
        ("x" * 10_000, "Användarnamnet får ha 2–50 tecken"),
        ("n\x00y", "Användarnamnet får ha 2–50 tecken"),
        ("<script>alert(1)</script>", "Användarnamnet får ha 2–50 tecken"),
    ],
)
def test_a_wrong_user_name_opens_nothing_and_stays(officer, newcomer, typed, sentence):
    form = form_to(officer.see(address(newcomer, "konto")), "konto-nytt")
    form["user_name"] = typed
    page = officer.submit(form)
    assert page.status_int == 422
    assert sentence in alert(page)
    assert "<script>alert" not in page.text
    if typed.isprintable():
        assert form_to(page, "konto-nytt")["user_name"].value == typed
    reread()
    assert newcomer.user_id == ""
    assert letters() == []


def test_a_form_sent_twice_opens_one_account(officer, newcomer):
    form = form_to(officer.see(address(newcomer, "konto")), "konto-nytt")
    officer.submit(form)
    reread()
    first = newcomer.user_id
    assert officer.submit(form).status_int == 303
    reread()
    assert newcomer.user_id == first
    assert len(letters()) == 1


def test_without_an_address_the_page_says_what_to_do(officer, newcomer):
    form = form_to(officer.see(address(newcomer, "konto")), "konto-nytt")
    change(newcomer, person=replace(newcomer.person, email=""))
    page = officer.see(address(newcomer, "konto"))
    assert "Kunden har ingen e-postadress." in words(page)
    assert not forms_to(page, "konto-nytt")
    page = officer.submit(form)
    assert page.status_int == 422 and "ingen e-postadress" in alert(page)
    reread()
    assert newcomer.user_id == ""


@pytest.mark.wall
def test_the_address_of_a_protected_identity_is_not_shown(officer, newcomer):
    change(newcomer, protected_identity=True)
    page = officer.see(address(newcomer, "konto"))
    assert "ny@example.se" not in page.text
    assert "Den visas inte" in words(page)
    page = officer.see(officer.submit(form_to(page, "konto-nytt")).location)
    assert "ny@example.se" not in page.text
    assert letters()[0]["To"] == "ny@example.se"


def test_a_new_link_is_sent(officer, customer):
    answer = officer.submit(form_to(officer.see(address(customer("ceper"), "konto")), "konto-lank"))
    assert "Ett mejl med en ny länk har skickats" in receipt(officer.see(answer.location))
    (letter,) = letters()
    assert letter["To"] == "ceper@example.se" and "/valj-losenord?kod=" in body(letter)


@pytest.mark.wall
def test_closing_asks_first_then_shuts_out_at_the_next_request(officer, ceper, customer, visitor):
    form = form_to(officer.see(address(customer("ceper"), "konto")), "konto-stang")
    page = officer.submit(form)
    assert page.status_int == 422 and "Kryssa i rutan" in alert(page)
    assert ceper.see("/start").status_int == 200
    form = form_to(page, "konto-stang")
    form["confirmed"] = True
    page = officer.see(officer.submit(form).location)
    assert "Avstängt" in words(page) and not forms_to(page, "konto-lank")
    assert row_of("ceper").is_disabled
    assert ceper.see("/start").status_int == 302
    assert visitor().log_in("ceper", PASSWORD).status_int == 422
    officer.submit(form_to(page, "konto-oppna"))
    assert visitor().log_in("ceper", PASSWORD).status_int == 303


@pytest.mark.wall
@pytest.mark.parametrize("user_name", ["ceper", "enkel", "administrator", "beslutsfattare"])
def test_only_officers_find_the_page(visitor, customer, user_name):
    person, about = visitor(user_name), customer("ceper")
    missing = person.see("/finns-inte").text
    answer = person.see(address(about, "konto"))
    assert (answer.status_int, answer.text) == (404, missing)
    for name in FORMS:
        assert person.send(address(about, name)).status_int == 404, name
    assert visitor().see(address(about, "konto")).location.startswith("/plone/login")


@pytest.mark.wall
def test_a_token_for_one_customer_is_of_no_use_for_another(officer, customer):
    form = form_to(officer.see(address(customer("ceper"), "konto")), "konto-stang")
    fields = dict(form.submit_fields()) | {"confirmed": "1"}
    page = officer.send(address(customer("enkel"), "konto-stang"), fields)
    assert page.status_int == 403
    assert tree(page).xpath("//*[@role='alert']")
    assert not row_of("enkel").is_disabled and not row_of("ceper").is_disabled


@pytest.mark.wall
def test_a_customers_account_is_no_staff_account(visitor, customer):
    assert visitor("administrator").see(f"/konto?id={id_of('ceper')}").status_int == 404
    assert visitor("handlaggare").see(f"/konto?id={id_of('ceper')}").status_int == 404
