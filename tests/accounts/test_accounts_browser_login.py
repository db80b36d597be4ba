"""The login page, as a person without JavaScript meets it."""

from urllib.parse import urlencode

import pytest
import transaction
from plone import api

from sp.personcert.accounts import hashing, throttle
from sp.personcert.demo.people import PASSWORD
from sp.personcert.foundation import audit
from sp.personcert.testing.visitor import Visitor
from tests.accounts.pages import alert, receipt
from tests.reading import tree, words

WRONG = "Användarnamnet eller lösenordet stämmer inte. Kontrollera båda och skriv lösenordet igen."
PASTE = (
    "Observera att du ska skriva in ditt lösenord och inte kopiera och klistra in det då det kan följa med"
    " osynliga skräptecken om man gör så."
)
SESSION = "__Host-kw-session"
DAYS = 24 * 60 * 60


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
    lines = answer.headers.getall("Set-Cookie")
    return next(line for line in lines if line.startswith(f"{SESSION}=")).lower()


@pytest.mark.handbook("H7")
def test_the_front_page_has_the_link_at_the_very_top_and_its_address_stays(visitor):
    page = visitor().see("")
    link = tree(page).xpath("//header//nav[@class='kw-header__tabs']/a[normalize-space()='Logga in']")[0]
    assert link.get("href") == "/plone/login"
    assert "Spara gärna sidan bland dina bokmärken. Adressen ändras inte." in words(visitor().see("/login"))


@pytest.mark.handbook("H9", "H11", "H14")
def test_the_form_has_the_handbooks_words(visitor):
    page = visitor().see("/login")
    text = words(page)
    for label in ("Användarnamn:", "Lösenord:", "Det här är en privat dator (mera information)", "Logga in"):
        assert label in text
    assert PASTE in text
    assert not page.forms["login"]["private"].checked
    assert not tree(page).xpath("//*[@onpaste or @maxlength]")


@pytest.mark.handbook("H11")
def test_more_information_names_the_limits_that_hold(portal, visitor):
    text = words(visitor().see("/login"))
    assert "inte har gjort något på 12 timmar. Efter 14 dagar" in text
    assert "inte har gjort något på 30 minuter, och alltid efter 8 timmar" in text
    for name, value in (("session_idle_minutes", 1), ("session_longest_hours", 24)):
        api.portal.set_registry_record(f"sp.personcert.{name}", value)
    assert "inte har gjort något på 1 minut, och alltid efter 1 dygn" in words(visitor().see("/login"))


@pytest.mark.handbook("H12", "H13")
def test_help_is_one_click_away(visitor):
    page = visitor().see("/login")
    for link in ("Jag har glömt mitt lösenord", "Frågor och svar om inloggningen"):
        assert words(tree(page.click(link, index=0)).xpath("//h1")[0]) == link


@pytest.mark.handbook("H13")
def test_the_questions_tell_what_holds(visitor):
    text = words(visitor().see("/fragor-och-svar"))
    for word in ("väljer du ditt lösenord", "Strax innan", "Mina inloggningar", "reservkod"):
        assert word in text
    assert "Kontakta supporten. Vi frågar dig" not in text


@pytest.mark.handbook("H10", "H15")
def test_the_right_pair_leads_to_the_start_page(log_in):
    person, answer = log_in("ceper", PASSWORD)
    assert (answer.status_int, answer.location) == (303, "/plone/start")
    assert "Hej CE Person Test" in words(person.see(answer.location))


@pytest.mark.handbook("H10", "H22")
@pytest.mark.parametrize(
    "pair", [("ceper", "fel"), ("ceper", PASSWORD.upper()), ("ingen", PASSWORD), ("", ""), ("ceper", "")]
)
def test_a_wrong_pair_is_refused_with_one_and_the_same_sentence(log_in, pair):
    _, answer = log_in(*pair)
    form = answer.forms["login"]
    assert (answer.status_int, alert(answer)) == (422, WRONG)
    assert (form["user_name"].value, form["password"].value) == (pair[0], "")
    assert SESSION not in str(answer.headers)


def test_a_failed_try_stays_in_the_audit(portal, log_in):
    log_in("ceper", "fel")
    transaction.begin()
    user_id = api.user.get(username="ceper").getId()
    entry = audit.entries_for(portal, below=False)[0]
    assert entry.action == "account.login_failed"
    assert audit.details_of(entry) == {"account": user_id}


@pytest.mark.handbook("H14")
def test_invisible_signs_that_were_pasted_do_no_harm(log_in):
    _, answer = log_in("\ufeffceper ", f"\u200b{PASSWORD}\u00a0")
    assert answer.status_int == 303


@pytest.mark.handbook("H11")
def test_a_private_computer_remembers_and_another_does_not(log_in):
    assert f"max-age={14 * DAYS}" in session_cookie(log_in("ceper", PASSWORD, private=True)[1])
    cookie = session_cookie(log_in("ceper", PASSWORD)[1])
    assert "max-age" not in cookie and "expires" not in cookie


@pytest.mark.wall
@pytest.mark.parametrize("user_name", ["ceper", "ingen"])
def test_while_throttled_right_and_wrong_are_one_answer_with_a_way_on(visitor, user_name):
    stranger = Visitor(address="203.0.113.9")
    for _ in range(5):
        assert alert(stranger.log_in(user_name, "fel")) == WRONG
    answers = [stranger.log_in(user_name, password) for password in ("fel", PASSWORD)]
    assert [answer.status_int for answer in answers] == [422, 422]
    assert alert(answers[0]) == alert(answers[1])
    assert alert(answers[1]).startswith("Någon har gjort många försök härifrån")
    assert answers[1].forms["login"]["user_name"].value == user_name
    page = answers[1].click("Välj ett nytt lösenord med en länk i mejlen")
    assert page.request.path == "/plone/glomt-losenord"
    assert visitor().log_in("ceper", PASSWORD).status_int == 303


@pytest.mark.parametrize(("user_name", "password"), [("a" * 201, PASSWORD), ("ceper", "a" * 10_000)])
def test_what_is_too_long_costs_no_verification(log_in, monkeypatch, user_name, password):
    monkeypatch.setattr(hashing, "verify", lambda *_: pytest.fail("verified"))
    _, answer = log_in(user_name, password)
    assert (answer.status_int, alert(answer)) == (422, WRONG)
    assert answer.forms["login"]["user_name"].value == user_name


def test_a_login_leads_on_to_where_one_was_going(visitor, log_in):
    asked = visitor().see("/mina-certifieringar")
    assert asked.location.endswith("/login?came_from=%2Fplone%2Fmina-certifieringar")
    _, answer = log_in("ceper", PASSWORD, "?came_from=%2Fplone%2Fmina-certifieringar")
    assert answer.location.endswith("/plone/mina-certifieringar")


def test_a_wrong_password_does_not_forget_where_one_was_going(log_in):
    person, answer = log_in("ceper", "fel", "?came_from=%2Fplone%2Fandra-losenord")
    answer.forms["login"]["password"] = PASSWORD
    assert person.submit(answer.forms["login"]).location.endswith("/plone/andra-losenord")


@pytest.mark.wall
@pytest.mark.parametrize(
    "came_from",
    [
        *("https://example.org/", "//example.org/", "/\\example.org", "/\t/example.org"),
        *("/plone/login", "/plone/logout", "/plone/@@inloggad", "/plone/engangskod?came_from=/x"),
    ],
)
def test_a_login_never_leads_away_or_in_a_ring(log_in, came_from):
    _, answer = log_in("ceper", PASSWORD, f"?{urlencode({'came_from': came_from})}")
    assert answer.location.endswith("/plone/start")


def test_the_challenge_of_stock_plone_ends_at_our_login(visitor):
    answer = visitor().see("/arenden")
    assert answer.status_int == 302
    assert answer.location.endswith("/login?came_from=%2Fplone%2Farenden")


@pytest.mark.parametrize("name", ["login_form", "failsafe_login", "failsafe_login_form", "require_login"])
def test_stock_names_of_the_form_lead_to_ours(visitor, name):
    assert visitor().see(f"/{name}").location.endswith("/plone/login")


@pytest.mark.wall
def test_a_login_without_token_is_refused(visitor):
    answer = visitor().send("/login", {"user_name": "ceper", "password": PASSWORD})
    assert answer.status_int == 403
    assert SESSION not in str(answer.headers)
    assert answer.forms["login"]["user_name"].value == "ceper"


def test_who_is_logged_in_goes_on_from_the_login(visitor):
    assert visitor("ceper").see("/login").location.endswith("/start")


def test_a_second_tab_that_was_sent_later_goes_on_too(visitor):
    person = visitor()
    first, second = (person.see("/login").forms["login"] for _ in range(2))
    for form in (first, second):
        form["user_name"], form["password"] = "ceper", PASSWORD
        assert person.submit(form).location.endswith("/start")


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("valt", "Ditt nya lösenord är sparat. Logga in med det."),
        ("for-sent", "Det dröjde för länge innan koden kom. Logga in igen med användarnamn och lösenord."),
        ("<b>x</b>", ""),
    ],
)
def test_the_page_says_what_led_here_and_nothing_else(visitor, code, sentence):
    assert receipt(visitor().see(f"/login?{urlencode({'besked': code})}")) == sentence


def test_a_login_writes_nothing_of_the_person(portal, visitor):
    visitor("ceper")
    portal._p_jar.sync()
    user_id = api.user.get(username="ceper").getId()
    assert user_id not in portal.portal_memberdata._members
    assert portal.acl_users.mutable_properties._storage.get(user_id) is None


def test_the_browser_is_known_after_a_login(log_in):
    person, _ = log_in("ceper", PASSWORD)
    assert f"__Host-{throttle.DEVICE}" in person.cookies


def test_another_person_at_the_same_computer_is_not_let_on_as_the_first(visitor):
    """Two tabs with the login form: the second is sent when somebody is logged in already."""
    person = visitor()
    form = person.see("/login").forms["login"]
    person.log_in("ceper", PASSWORD)
    form["user_name"], form["password"] = "enkel", PASSWORD
    page = person.submit(form)
    assert page.status_int == 403 and page.forms["login"]["user_name"].value == "enkel"
    form = page.forms["login"]
    form["password"] = PASSWORD
    assert person.submit(form).status_int == 303
    assert "Hej Enkel Exempel" in words(person.see("/start"))


@pytest.mark.wall
def test_a_password_in_an_address_logs_nobody_in(visitor):
    """It would stand in the logs of proxies."""
    person = visitor()
    form = person.see("/login").forms["login"]
    fields = {name: value for name, value in form.submit_fields() if name not in ("user_name", "password")}
    query = urlencode({"user_name": "ceper", "password": PASSWORD})
    assert person.send(f"/login?{query}", fields).status_int == 422
    assert "__Host-kw-session" not in person.cookies
