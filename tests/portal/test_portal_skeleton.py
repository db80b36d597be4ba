"""What stands on every page: who is here, ways on, support, language."""

from urllib.parse import urlencode

import pytest

from sp.personcert.foundation.walls.headers import CONTENT_SECURITY_POLICY
from tests.reading import address, tree, words

PUBLIC = (
    "",
    "/login",
    "/ansokan",
    "/fragor-och-svar",
    "/tillganglighet",
    "/personuppgifter",
    "/glomt-losenord",
)
OWN = ("/start", "/personcertifiering", "/din-adress", "/mina-certifieringar", "/logout")


def tabs(page) -> list[str]:
    """The tabs at the top."""
    return [words(link) for link in tree(page).xpath("//nav[@class='kw-header__tabs']/a")]


def current(page) -> list[str]:
    """The marked tabs at the top."""
    return [
        words(link) for link in tree(page).xpath("//nav[@class='kw-header__tabs']/a[@aria-current='page']")
    ]


@pytest.mark.handbook("H7")
def test_the_login_is_linked_at_the_very_top(visitor):
    page = visitor().see("")
    assert tabs(page) == ["Kontrollera", "Register", "Logga in"]
    assert page.click("Logga in", index=0).request.path == "/plone/login"


@pytest.mark.handbook("H158")
@pytest.mark.parametrize("path", PUBLIC)
def test_every_public_page_is_whole(visitor, path):
    page = visitor().see(path)
    assert page.status_int == 200
    assert page.text.startswith("<!DOCTYPE html>")
    assert "support.person@sp.se" in words(page) and "010-516 63 03" in words(page)
    assert page.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert len(tree(page).xpath("//h1")) == 1
    assert not tree(page).xpath("//style | //*[@style] | //script[not(@src)] | //*[@onclick]")


@pytest.mark.handbook("H158")
@pytest.mark.parametrize("path", OWN)
def test_every_own_page_says_who_is_logged_in_and_how_to_get_help_and_out(visitor, path):
    page = visitor("ceper").see(path)
    assert page.status_int == 200
    assert "CE Person Test" in words(tree(page).xpath("//header//summary")[0])
    assert tree(page).xpath("//header//form[contains(@action, '/logout')]//button")
    assert "support.person@sp.se" in words(page)


def test_the_tabs_follow_the_person(visitor):
    assert tabs(visitor("ceper").see("/start")) == ["Start", "Personcertifiering"]
    officer = visitor("handlaggare").see("/arenden")
    assert tabs(officer) == ["Ärenden", "Brev", "Register"]
    assert words(tree(officer).xpath("//*[@class='kw-header__role']")[0]) == "Handläggare"
    administrator = visitor("administrator").see("/ansokan")
    administration = ["Konton", "Certifieringstyper", "Sidor", "Logg", "Jobb", "Texter"]
    assert tabs(administrator) == ["Register", *administration]


@pytest.mark.handbook("H25")
def test_the_tab_that_is_open_is_marked(visitor, case):
    person = visitor("ceper")
    assert current(person.see("/start")) == ["Start"]
    assert current(person.see("/personcertifiering")) == ["Personcertifiering"]
    assert current(person.see(address(case("ceper", "brunnsborrare"), "din-adress"))) == [
        "Personcertifiering"
    ]


def test_the_language_can_be_changed_and_is_remembered(visitor):
    person = visitor()
    page = person.see("/login?came_from=/plone/start")
    assert tree(page).get("lang") == "sv"
    page = page.click("English").follow()
    assert page.request.path_qs == "/plone/login?came_from=/plone/start"
    assert tree(page).get("lang") == "en"
    assert tree(person.see("/ansokan")).get("lang") == "en"
    assert tree(page.click("Svenska").follow()).get("lang") == "sv"


@pytest.mark.parametrize("back", ["https://example.org/", "//example.org/", "/\\example.org"])
def test_the_language_link_never_leads_away(visitor, back):
    query = urlencode({"till": "en", "fran": back})
    assert visitor().see(f"/sprak?{query}").location.endswith("/plone")


def test_the_languages_cookie_is_out_of_scripts_reach_and_goes_over_https_alone(visitor):
    cookie = visitor().see("/sprak?till=en").headers["Set-Cookie"]
    assert {"HttpOnly", "Secure", "SameSite=Lax"} <= set(cookie.split("; "))


def test_an_unknown_language_changes_nothing(visitor):
    assert "I18N_LANGUAGE" not in str(visitor().see("/sprak?till=xx").headers)


@pytest.mark.parametrize(
    "name", ["personcert-page", "personcert-menu", "personcert-table", "personcert-panels"]
)
def test_the_frame_alone_cannot_be_opened(visitor, name):
    assert visitor("ceper").see(f"/@@{name}").status_int == 404


@pytest.mark.parametrize(
    "name", ["fonts.css", "tokens.css", "kundwebb.css", "kundwebb.js", "fonts/inter-400.woff2"]
)
def test_what_the_page_needs_comes_from_the_site_itself(visitor, name):
    assert visitor().see(f"/++plone++sp.personcert/{name}").status_int == 200
