"""Whatever is sent to the forms on the way in: a plain page, nothing let in, nothing reflected."""

from typing import Any

import pytest

from sp.personcert.accounts import storage, throttle
from sp.personcert.accounts.queries import users
from sp.personcert.demo.people import PASSWORD
from tests.accounts.pages import id_of
from tests.reading import tree
from tests.sending import reread

pytestmark = pytest.mark.wall

NASTY = [
    *("", " ", "\u200b", "a" * 10_000, "å" * 10_000, "\x00", "a\x00b\r\nc\x1b[2J", "\u202eabc", "𝔞" * 300),
    *("<script>alert(1)</script>", "\"'><b>", "${7*7}", "../../etc/passwd", "%ff%fe", "' OR 1=1 --"),
]
SPELLINGS = [
    "{field}=%ff%fe%00&{field}=%c3%28",
    "{field}=a&{field}=b&{field}=c",
    "{field}.a:record=1&{field}.b:record=2",
    "{field}:list=1&{field}:list=2",
    "{field}:int=x",
    "{field}:utf8:text=%ff",
    "{field}:date=x",
    "creation_id:int=1&kept:list=1&form_token=%ff&{field}=1",
]
FIELDS = {
    "login": ("user_name", "password", "private", "came_from"),
    "glomt-losenord": ("user_name",),
    "valj-losenord": ("kod", "new_password", "repeated"),
    "andra-losenord": ("user_name", "password", "new_password", "repeated"),
    "engangskod": ("code", "recovery", "came_from"),
    "engangskod-ny": ("code", "came_from"),
}


@pytest.fixture
def person(visitor) -> Any:
    """Somebody at each form: logged in for one, between two steps for others, else a stranger."""

    def open_at(name: str) -> Any:
        if name == "andra-losenord":
            return visitor("ceper")
        browser = visitor()
        if name.startswith("engangskod"):
            kept = storage.account(id_of("handlaggare"))
            kept.needs_second_factor = True
            kept.factor_secret = "" if name.endswith("ny") else "A" * 32
            browser = visitor()
            browser.log_in("handlaggare", PASSWORD)
        return browser

    return open_at


def token(page: Any) -> dict[str, str]:
    """The hidden fields of the page's own form, if it has one."""
    hidden = tree(page).xpath("//main//form//input[@type='hidden']")
    return {field.get("name"): field.get("value") or "" for field in hidden}


def assert_plain(answer: Any, sent: str = "") -> None:
    """No fault of the server, nothing of its inside, and what was sent only as text."""
    assert answer.status_int < 500
    for word in ("Traceback", "Error type", "sp.personcert.accounts"):
        assert word not in answer.text
    if "<" in sent:
        assert sent not in answer.text


@pytest.mark.parametrize("name", FIELDS)
def test_every_field_takes_anything(person, name):
    browser = person(name)
    kept = token(browser.see(f"/{name}"))
    for value in NASTY:
        throttle.forget_all()
        for field in FIELDS[name]:
            assert_plain(browser.send(f"/{name}", kept | {field: value}), value)
        assert_plain(browser.send(f"/{name}", kept | dict.fromkeys(FIELDS[name], value)), value)
    reread()
    assert users().matches(id_of("ceper"), PASSWORD)


@pytest.mark.parametrize("name", FIELDS)
def test_bytes_that_are_no_text_and_zopes_own_spellings_do_no_harm(person, name):
    browser = person(name)
    kept = "&".join(f"{key}={value}" for key, value in token(browser.see(f"/{name}")).items() if value)
    for field in FIELDS[name]:
        throttle.forget_all()
        for body in (spelling.format(field=field) for spelling in SPELLINGS):
            assert_plain(browser.send(f"/{name}", body))
            assert_plain(browser.send(f"/{name}", f"{kept}&{body}"))
            assert_plain(browser.see(f"/{name}?{body}"))


@pytest.mark.parametrize("name", FIELDS)
def test_a_file_in_place_of_a_text_does_no_harm(person, name):
    browser = person(name)
    kept = token(browser.see(f"/{name}"))
    for field in FIELDS[name]:
        files = [(field, "a.txt", b"\x00" * 2000)]
        assert_plain(browser.send(f"/{name}", kept, upload_files=files))


@pytest.mark.parametrize("name", FIELDS)
def test_forms_without_cookies_store_nothing(portal, visitor, person, name):
    kept = token(person(name).see(f"/{name}"))
    before = portal._p_jar.db().lastTransaction()
    answer = visitor().send(f"/{name}", kept | dict.fromkeys(FIELDS[name], "Nio-grusiga-brunnar-1"))
    assert answer.status_int in (302, 403)
    assert "kw-session" not in str(answer.headers)
    assert portal._p_jar.db().lastTransaction() == before


@pytest.mark.parametrize("name", ["login", "glomt-losenord"])
def test_the_user_name_stays_however_odd(visitor, name):
    for typed in ("ceper ", "å" * 10_000, '"><b>', "a\tb"):
        browser = visitor()
        kept = token(browser.see(f"/{name}"))
        answer = browser.send(f"/{name}", kept | {"user_name": typed, "form_token": ""})
        assert tree(answer).xpath("//input[@id='user_name']")[0].get("value") == typed
