"""The pages between password and session, as a person without JavaScript meets them."""

import re
import time
from base64 import b64decode
from urllib.parse import unquote

import pyotp
import pytest
import transaction
from plone import api

from sp.personcert.accounts import storage
from sp.personcert.accounts.operations import logging_in
from sp.personcert.demo.people import PASSWORD
from tests.accounts.pages import alert, receipt
from tests.reading import tree, words

SESSION = "__Host-kw-session"
GREETING = "Handläggare Demo"


@pytest.fixture
def officer(visitor):
    """An officer who owes an enrolment, after the password."""
    storage.account(api.user.get(username="handlaggare").getId()).needs_second_factor = True
    person = visitor()
    assert person.log_in("handlaggare", PASSWORD).location == "/plone/engangskod-ny"
    return person


def secret_on(page) -> str:
    """The key, as a person would type it."""
    return words(tree(page).xpath("//*[@id='key']")[0]).replace(" ", "")


def code_of(secret: str, steps: int = 0) -> str:
    """What the app shows, so many steps from now."""
    return pyotp.TOTP(secret).at(int(time.time()) + 30 * steps)


def send(person, page, code: str, field: str = "code"):
    """Fill in the code and send it."""
    form = page.forms["code-form" if "code-form" in page.forms else "factor"]
    form[field] = code
    return person.submit(form)


@pytest.fixture
def enrolled(officer, visitor):
    """Secret, recovery codes, and a browser after the password."""
    page = officer.see("/engangskod-ny")
    secret = secret_on(page)
    answer = send(officer, page, code_of(secret, -1))
    codes = [words(item) for item in tree(answer).xpath("//ol[@class='kw-codes']/li")]
    person = visitor()
    assert person.log_in("handlaggare", PASSWORD).location == "/plone/engangskod"
    return secret, codes, person


def test_enrolling_shows_the_key_twice_and_the_recovery_codes_once(officer):
    page = officer.see("/engangskod-ny")
    picture = tree(page).xpath("//img")[0]
    assert picture.get("src").startswith("data:image/svg+xml") and picture.get("alt")
    assert secret_on(officer.see("/engangskod-ny")) == secret_on(page)
    answer = send(officer, page, code_of(secret_on(page)))
    codes = [words(item) for item in tree(answer).xpath("//ol[@class='kw-codes']/li")]
    assert len(set(codes)) == 10 and all(re.fullmatch(r"(\w{4}-){2}\w{4}", code) for code in codes)
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert receipt(answer) == "Appen är inställd och du är inloggad."
    assert GREETING in words(tree(answer).xpath("//header")[0])
    assert answer.click("Fortsätt").request.path == "/plone/start"
    assert officer.see("/engangskod-ny").location.endswith("/start")


def test_the_picture_holds_what_an_app_needs(officer):
    page = officer.see("/engangskod-ny")
    source = tree(page).xpath("//img")[0].get("src")
    head, _, data = source.partition(",")
    svg = b64decode(data).decode() if "base64" in head else unquote(data)
    assert svg.count("<path") >= 1 and "<script" not in svg


def test_a_wrong_first_code_keeps_the_same_key(officer):
    page = officer.see("/engangskod-ny")
    answer = send(officer, page, "000000")
    assert answer.status_int == 422 and alert(answer).startswith("Koden stämmer inte.")
    assert secret_on(answer) == secret_on(page)
    assert SESSION not in officer.cookies
    assert send(officer, answer, code_of(secret_on(page))).status_int == 200


def test_the_way_on_is_not_forgotten(officer, visitor):
    person = visitor()
    form = person.see("/login?came_from=%2Fplone%2Fandra-losenord").forms["login"]
    form["user_name"], form["password"] = "handlaggare", PASSWORD
    page = person.see(person.submit(form).location)
    answer = send(person, page, code_of(secret_on(page)))
    assert answer.click("Fortsätt").request.path == "/plone/andra-losenord"


def test_the_code_opens_the_session_and_until_then_nobody_is_logged_in(enrolled):
    secret, _, person = enrolled
    page = person.see("/engangskod")
    field = tree(page).xpath("//input[@id='code']")[0]
    assert (field.get("inputmode"), field.get("autocomplete")) == ("numeric", "one-time-code")
    assert "/login" in person.see("/arenden").location
    assert send(person, page, f" {code_of(secret)[:3]} {code_of(secret)[3:]} ").location.endswith("/start")
    assert GREETING in words(person.see("/arenden"))


def test_a_recovery_code_opens_once(enrolled, visitor):
    _, codes, person = enrolled
    assert send(person, person.see("/engangskod"), codes[3], "recovery").location.endswith("/start")
    other = visitor()
    other.log_in("handlaggare", PASSWORD)
    answer = send(other, other.see("/engangskod"), codes[3], "recovery")
    assert answer.status_int == 422
    assert tree(answer).xpath("//details[@open]//input[@id='recovery']")
    assert alert(answer).startswith("Reservkoden stämmer inte, eller är redan använd.")
    assert codes[3] not in answer.text


@pytest.mark.wall
@pytest.mark.parametrize("code", ["000000", "12345", "abcdef", "\x00", "9" * 10_000, "²²²²²²", "<b>"])
def test_a_wrong_code_is_a_plain_sentence(enrolled, code):
    _, _, person = enrolled
    answer = send(person, person.see("/engangskod"), code)
    assert answer.status_int == 422
    assert alert(answer).startswith("Koden stämmer inte.")
    assert answer.forms["code-form"]["code"].value == ""
    assert SESSION not in person.cookies


def test_no_code_asks_for_one(enrolled):
    _, _, person = enrolled
    answer = send(person, person.see("/engangskod"), "  ")
    assert alert(answer).startswith("Skriv koden.")


@pytest.mark.wall
def test_a_code_counts_once_also_in_another_browser(enrolled, visitor):
    secret, _, person = enrolled
    send(person, person.see("/engangskod"), code_of(secret))
    other = visitor()
    other.log_in("handlaggare", PASSWORD)
    assert send(other, other.see("/engangskod"), code_of(secret)).status_int == 422


@pytest.mark.wall
def test_many_wrong_codes_wait_and_the_right_one_waits_with_them(enrolled):
    secret, _, person = enrolled
    for _ in range(12):
        answer = send(person, person.see("/engangskod"), "000000")
    assert alert(answer) == "Det har blivit många fel koder. Vänta en stund och försök igen."
    right = send(person, person.see("/engangskod"), code_of(secret))
    assert (right.status_int, alert(right)) == (422, alert(answer))


def test_a_code_that_comes_too_late_leads_back_to_the_login(enrolled, monkeypatch):
    secret, _, person = enrolled
    page = person.see("/engangskod")
    monkeypatch.setattr(logging_in, "CONFIRM_SECONDS", -1)
    answer = send(person, page, code_of(secret))
    assert answer.location == "/plone/login?besked=for-sent"
    assert receipt(person.see(answer.location)).startswith("Det dröjde för länge")


@pytest.mark.wall
@pytest.mark.parametrize("name", ["engangskod", "engangskod-ny"])
def test_who_has_given_no_password_is_led_to_the_login(visitor, name):
    for answer in (visitor().see(f"/{name}"), visitor().send(f"/{name}", {"code": "123456"})):
        assert (answer.status_int, answer.location) == (302, "/plone/login?besked=for-sent")


@pytest.mark.wall
def test_the_code_form_needs_its_token(enrolled):
    secret, _, person = enrolled
    assert person.send("/engangskod", {"code": code_of(secret)}).status_int == 403
    assert SESSION not in person.cookies


@pytest.mark.wall
def test_an_old_enrolment_page_changes_nothing_once_an_app_is_in_use(officer, visitor):
    thief = visitor()
    thief.log_in("handlaggare", PASSWORD)
    old = thief.see("/engangskod-ny")
    page = officer.see("/engangskod-ny")
    send(officer, page, code_of(secret_on(page)))
    answer = send(thief, old, code_of(secret_on(old)))
    assert answer.location == "/plone/login?besked=for-sent"
    transaction.begin()
    kept = storage.account(api.user.get(username="handlaggare").getId())
    assert kept.factor_secret == secret_on(page)
