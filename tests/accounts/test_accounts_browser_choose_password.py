"""Where a mailed link leads, as a person without JavaScript meets it."""

import re

import pytest
import transaction
from plone import api

from sp.personcert.accounts import storage
from sp.personcert.accounts.operations import links, opening
from sp.personcert.accounts.queries import users
from sp.personcert.customers import operations as customers
from sp.personcert.customers.domain import PersonDetails
from sp.personcert.demo.people import PASSWORD
from sp.personcert.foundation.permissions import Role
from tests.accounts.pages import alert, body, id_of, letters, receipt
from tests.reading import tree, words
from tests.sending import reread

NEW = "Nio-grusiga-brunnar-1"
LINK = re.compile(r"https://kundwebb\.example\.se(/plone/valj-losenord\?kod=[\w.-]+)")
OVER = "Länken gäller inte längre"


def mailed() -> tuple[str, str]:
    """The address in the newest letter with a link, and the letter's text."""
    found = [body(letter) for letter in letters() if LINK.search(body(letter))]
    return LINK.findall(found[-1])[0], found[-1]


def open_customer(user_name: str) -> None:
    """An officer enters a customer and opens the account."""
    letters()
    person = PersonDetails(first_name="Ny", last_name="Demo", email="ny.demo@example.se")
    with api.env.adopt_roles([Role.OFFICER.value]):
        opening.open_customer_account(customers.open_customer(person, "19900101-2385"), user_name)


@pytest.fixture
def link(portal) -> str:
    """The handbook's customer has forgotten the password."""
    letters()
    links.ask_for_reset(portal.REQUEST, "ceper")
    return mailed()[0]


def choose(person, page, new: str, repeated: str | None = None):
    """Fill in the form and send it."""
    form = page.forms["password-form"]
    form["new_password"], form["repeated"] = new, new if repeated is None else repeated
    return person.submit(form)


def holds(password: str, user_name: str = "ceper") -> bool:
    """Whether it is what is stored for somebody."""
    reread()
    return bool(users().matches(id_of(user_name), password))


def heading(page) -> str:
    """The page's."""
    return words(tree(page).xpath("//h1")[0])


@pytest.mark.handbook("H8")
def test_a_new_account_begins_with_a_mail_and_a_password_of_ones_own(portal, visitor):
    open_customer("Ny.Demo")
    address, text = mailed()
    assert "Ditt användarnamn är: ny.demo" in text and "Välj ditt lösenord" in text
    person = visitor()
    page = person.see(address)
    assert heading(page) == "Välj ditt lösenord"
    answer = choose(person, page, NEW)
    assert answer.location == "/plone/login?besked=valt"
    assert receipt(person.see(answer.location)) == "Ditt nya lösenord är sparat. Logga in med det."
    assert person.log_in("ny.demo", NEW).location == "/plone/start"
    assert "Hej Ny Demo" in words(person.see("/start"))


def test_a_new_account_whose_link_grew_old_gets_another_one(portal, visitor):
    open_customer("ny.demo")
    old = mailed()[0]
    person = visitor()
    form = person.see("/glomt-losenord").forms["forgotten"]
    form["user_name"] = "ny.demo"
    person.submit(form)
    newer = mailed()[0]
    assert heading(person.see(old)) == OVER
    assert choose(person, person.see(newer), NEW).status_int == 303
    assert person.log_in("ny.demo", NEW).status_int == 303


@pytest.mark.handbook("H12")
def test_a_forgotten_password_is_replaced_and_nobody_is_logged_in(visitor, ceper, link):
    person = visitor()
    page = person.see(link)
    assert heading(page) == "Välj ett nytt lösenord"
    name = tree(page).xpath("//input[@id='user_name']")[0]
    assert (name.get("value"), name.get("readonly"), name.get("autocomplete")) == (
        "ceper",
        "readonly",
        "username",
    )
    assert choose(person, page, NEW).location == "/plone/login?besked=valt"
    assert "/login" in person.see("/start").location
    assert "/login" in ceper.see("/start").location
    assert person.log_in("ceper", PASSWORD).status_int == 422
    assert person.log_in("ceper", NEW).status_int == 303


@pytest.mark.wall
def test_the_code_stays_in_the_body_and_out_of_other_pages(visitor, link):
    page = visitor().see(link)
    code = link.partition("kod=")[2]
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["Cache-Control"] == "private, no-store"
    assert page.forms["password-form"].action == "/plone/valj-losenord"
    assert page.forms["password-form"]["kod"].value == code
    assert code not in "".join(tree(page).xpath("//main//a/@href | //link/@href | //script/@src"))


@pytest.mark.wall
def test_looking_changes_nothing(visitor, link):
    for _ in range(3):
        assert heading(visitor().see(link)) == "Välj ett nytt lösenord"
    assert holds(PASSWORD)
    person = visitor()
    assert choose(person, person.see(link), NEW).status_int == 303


@pytest.mark.wall
def test_used_old_foreign_and_garbled_codes_are_one_page(portal, visitor, link):
    user_id, secret = link.partition("kod=")[2].split(".", 1)
    person = visitor()
    choose(person, person.see(link), NEW)
    codes = [
        *(f"{user_id}.{secret}", f"{id_of('enkel')}.{secret}", f"{user_id}.", "x", "", "%00", "a" * 10_000),
        *("%ff%fe", "å.ä", "..", f"{user_id}.{secret}x", "<script>"),
    ]
    pages = [visitor().see(f"/valj-losenord?kod={code}") for code in codes]
    assert {(page.status_int, heading(page)) for page in pages} == {(200, OVER)}
    assert len({words(tree(page).xpath("//main")[0]) for page in pages}) == 1
    assert pages[0].click("Be om en ny länk").request.path == "/plone/glomt-losenord"


def test_a_link_that_grew_old_is_the_same_page(visitor, link):
    kept = storage.account(id_of("ceper"))
    kept.link = type(kept.link)(kept.link.kind, kept.link.code_hash, 1.0)
    transaction.commit()
    assert heading(visitor().see(link)) == OVER


@pytest.mark.wall
def test_the_second_of_two_tabs_comes_too_late(visitor, link):
    person = visitor()
    first, second = person.see(link), person.see(link)
    assert choose(person, first, NEW).status_int == 303
    answer = choose(person, second, "Annat-grus-i-brunnen-2")
    assert (answer.status_int, heading(answer)) == (422, OVER)
    assert holds(NEW)


@pytest.mark.handbook("H18", "H19")
def test_broken_rules_are_named_and_the_link_still_opens(visitor, link):
    person = visitor()
    answer = choose(person, person.see(link), "Kort-1", "Kort-2")
    assert answer.status_int == 422
    listed = [words(item) for item in tree(answer).xpath("//*[@id='kw-errors']//li")]
    assert listed == [
        "Det nya lösenordet behöver minst 12 tecken.",
        "De två nya lösenorden är inte lika. Skriv samma två gånger.",
    ]
    assert choose(person, answer, "").status_int == 422
    assert choose(person, person.see(link), NEW).status_int == 303


@pytest.mark.wall
def test_choosing_needs_a_token(visitor, link):
    fields = {"kod": link.partition("kod=")[2], "new_password": NEW, "repeated": NEW}
    answer = visitor().send("/valj-losenord", fields)
    assert answer.status_int == 403 and "för gammal" in alert(answer)
    assert holds(PASSWORD)


@pytest.mark.wall
def test_a_code_put_into_anothers_form_changes_only_whose_link_it_is(portal, visitor, link):
    links.ask_for_reset(portal.REQUEST, "enkel")
    other = mailed()[0]
    person = visitor()
    form = person.see(other).forms["password-form"]
    form["kod"].force_value(link.partition("kod=")[2])
    form["new_password"], form["repeated"] = NEW, NEW
    assert person.submit(form).status_int == 303
    assert holds(NEW)
    assert holds(PASSWORD, "enkel")
