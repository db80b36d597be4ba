"""The way in and out, as a person without JavaScript meets it."""

from urllib.parse import urlencode

import pytest
from plone import api

from sp.personcert.accounts import operations
from sp.personcert.demo.people import PASSWORD
from sp.personcert.foundation.errors import Refused
from tests.reading import tree, words

WRONG = "Användarnamnet eller lösenordet stämmer inte. Kontrollera båda och skriv lösenordet igen."
SESSION = "__ac"


@pytest.fixture
def log_in(visitor):
    """Fill in the login form and send it: the visitor and the answer."""

    def fill(user_name: str, password: str, query: str = "", private: bool = False):
        person = visitor()
        form = person.see(f"/login{query}").forms["login"]
        form["user_name"], form["password"] = user_name, password
        if private:
            form["private"] = True
        return person, person.submit(form)

    return fill


def session_cookie(answer) -> str:
    """The header that sets the session."""
    return next(line for line in answer.headers.getall("Set-Cookie") if line.startswith(f"{SESSION}="))


@pytest.mark.handbook("H9", "H11", "H14")
def test_the_form_has_the_handbooks_words(visitor):
    page = visitor().see("/login")
    text = words(page)
    for label in ("Användarnamn:", "Lösenord:", "Det här är en privat dator (mera information)", "Logga in"):
        assert label in text
    assert "Observera att du ska skriva in ditt lösenord och inte kopiera och klistra in det" in text
    assert "Då är du inloggad i 12 timmar" in text
    assert not page.forms["login"]["private"].checked
    assert not tree(page).xpath("//*[@onpaste]")


@pytest.mark.handbook("H12", "H13")
def test_help_is_one_click_away(visitor):
    person = visitor()
    page = person.see("/login")
    for link, heading in (
        ("Jag har glömt mitt lösenord", "Jag har glömt mitt lösenord"),
        ("Frågor och svar om inloggningen", "Frågor och svar om inloggningen"),
    ):
        answer = page.click(link, index=0)
        assert words(tree(answer).xpath("//h1")[0]) == heading


@pytest.mark.handbook("H10", "H15")
def test_the_right_pair_leads_to_the_start_page(log_in):
    person, answer = log_in("ceper", PASSWORD)
    assert answer.status_int == 303
    assert answer.location.endswith("/start")
    assert "Hej CE Person Test" in words(person.see(answer.location))


@pytest.mark.handbook("H10", "H22")
@pytest.mark.parametrize(
    "pair", [("ceper", "fel"), ("ceper", PASSWORD.upper()), ("ingen", PASSWORD), ("", "")]
)
def test_a_wrong_pair_is_refused_with_one_and_the_same_sentence(log_in, pair):
    _, answer = log_in(*pair)
    form = answer.forms["login"]
    assert answer.status_int == 422
    assert words(tree(answer).xpath("//*[@role='alert']")[0]) == WRONG
    assert (form["user_name"].value, form["password"].value) == (pair[0], "")
    assert f"{SESSION}=" not in str(answer.headers)


@pytest.mark.handbook("H14")
def test_invisible_signs_that_were_pasted_do_no_harm(log_in):
    _, answer = log_in("\ufeffceper ", f"\u200b{PASSWORD}\u00a0")
    assert answer.status_int == 303


@pytest.mark.handbook("H11")
def test_a_private_computer_remembers_and_another_does_not(log_in):
    assert "max-age=43200" in session_cookie(log_in("ceper", PASSWORD, private=True)[1]).lower()
    cookie = session_cookie(log_in("ceper", PASSWORD)[1]).lower()
    assert "max-age" not in cookie and "expires" not in cookie
    assert "httponly" in cookie and "samesite=lax" in cookie


def test_a_login_leads_on_to_where_one_was_going(visitor, log_in):
    asked = visitor().see("/mina-certifieringar")
    assert asked.location.endswith("/login?came_from=%2Fplone%2Fmina-certifieringar")
    _, answer = log_in("ceper", PASSWORD, "?came_from=%2Fplone%2Fmina-certifieringar")
    assert answer.location.endswith("/plone/mina-certifieringar")


@pytest.mark.parametrize(
    "came_from", ["https://example.org/", "//example.org/", "/\\example.org", "/plone/login", "/plone/logout"]
)
def test_a_login_never_leads_away_or_in_a_ring(log_in, came_from):
    _, answer = log_in("ceper", PASSWORD, f"?{urlencode({'came_from': came_from})}")
    assert answer.location.endswith("/plone/start")


def test_the_challenge_of_stock_plone_ends_at_our_login(visitor):
    person = visitor()
    answer = person.see("/arenden")
    assert answer.status_int == 302
    answer = person.see(answer.location)
    assert answer.location.endswith("/login?came_from=%2Fplone%2Farenden")


@pytest.mark.parametrize("name", ["login_form", "failsafe_login", "failsafe_login_form", "require_login"])
def test_stock_names_of_the_form_lead_to_ours(visitor, name):
    assert visitor().see(f"/{name}").location.endswith("/plone/login")


def test_a_login_without_token_is_refused(visitor):
    answer = visitor().send("/login", {"user_name": "ceper", "password": PASSWORD})
    assert answer.status_int == 403
    assert f"{SESSION}=" not in str(answer.headers)


def test_who_is_logged_in_goes_on_from_the_login(visitor):
    assert visitor("ceper").see("/login").location.endswith("/start")


def test_a_login_writes_nothing_of_the_person(portal, visitor):
    visitor("ceper")
    portal._p_jar.sync()
    user_id = api.user.get(username="ceper").getId()
    assert user_id not in portal.portal_memberdata._members
    assert portal.acl_users.mutable_properties._storage.get(user_id) is None


def test_logging_out_needs_a_token(visitor):
    person = visitor("ceper")
    assert person.send("/logout").status_int == 403
    assert "Hej CE Person Test" in words(person.see("/start"))


def test_a_link_to_the_logout_asks_first(visitor):
    person = visitor("ceper")
    assert "Logga ut" in words(tree(person.see("/logout")).xpath("//h1")[0])
    assert "Hej CE Person Test" in words(person.see("/start"))


def test_the_button_in_the_menu_logs_out(visitor):
    person = visitor("ceper")
    page = person.see("/start")
    form = next(form for form in page.forms.values() if form.action.endswith("/logout"))
    assert person.submit(form).status_int == 303
    assert "/login" in person.see("/start").location


def test_an_account_has_a_random_id_and_no_role(portal):
    user_id = operations.open_account("ny", PASSWORD, full_name="", email="ny@example.se")
    user = api.user.get(userid=user_id)
    assert (user.getUserName(), len(user_id)) == ("ny", 32)
    assert set(user.getRoles()) <= {"Authenticated"}


def test_a_user_name_is_given_once(portal):
    with pytest.raises(Refused) as refusal:
        operations.open_account("ceper", PASSWORD, full_name="", email="ny@example.se")
    assert refusal.value.field == "user_name"
