"""Sessions: what logs in, how long, and what ends them."""

from contextlib import ExitStack

import pytest
import transaction
from plone import api

from sp.personcert.accounts import storage
from sp.personcert.accounts.operations import administration, sessions
from sp.personcert.accounts.queries import sessions_of_current_user, users
from sp.personcert.demo.people import PASSWORD
from sp.personcert.foundation import clock

COOKIE = "__Host-kw-session"
GREETING = "Hej CE Person Test"


def is_in(person) -> bool:
    """Whether the browser is logged in as the handbook's customer."""
    answer = person.see("/start")
    return answer.status_int == 200 and GREETING in answer.text


def copied(person, visitor):
    """Another browser with the same cookie."""
    thief = visitor()
    thief.set_cookie(COOKIE, person.cookies[COOKIE])
    return thief


def held(user_name: str) -> dict:
    """The sessions that are stored of somebody."""
    transaction.begin()
    return storage.account(api.user.get(username=user_name).getId()).sessions


@pytest.fixture
def later():
    """Move the clock of tickets: ``later(seconds)``."""
    with ExitStack() as moved:
        yield lambda seconds: moved.enter_context(clock.later(seconds))


@pytest.mark.handbook("H11")
def test_the_cookie_tells_nothing_and_goes_nowhere_else(ceper, visitor):
    person = visitor()
    form = person.see("/login").forms["login"]
    form["user_name"], form["password"] = "ceper", PASSWORD
    header = next(line for line in person.submit(form).headers.getall("Set-Cookie") if COOKIE in line)
    for attribute in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert attribute.lower() in header.lower()
    assert "max-age" not in header.lower() and "expires" not in header.lower()
    assert "ceper" not in header


@pytest.mark.wall
def test_a_copied_cookie_is_dead_after_log_out(ceper, visitor):
    thief, other = copied(ceper, visitor), visitor("ceper")
    assert is_in(thief)
    ceper.submit(ceper.see("/start").forms["logout"])
    assert not is_in(thief)
    assert is_in(other)


@pytest.mark.wall
@pytest.mark.parametrize("place", ["?{cookie}={value}", "?__ac={value}"])
def test_a_ticket_in_an_address_logs_nobody_in(ceper, visitor, place):
    value = ceper.cookies[COOKIE]
    stranger = visitor()
    assert stranger.see("/start" + place.format(cookie=COOKIE, value=value)).status_int == 302


@pytest.mark.wall
@pytest.mark.parametrize(
    "change",
    [
        lambda v: v[:-1] + ("0" if v[-1] != "0" else "1"),
        lambda v: "x",
        lambda v: v + "å",
        lambda v: v.replace(".", "", 1),
        lambda v: f"..{v}",
        lambda v: v * 50,
    ],
)
def test_a_forged_ticket_logs_nobody_in_and_out(ceper, visitor, change):
    stranger = visitor()
    stranger.set_cookie(COOKIE, change(ceper.cookies[COOKIE]).encode().decode("latin-1"))
    assert not is_in(stranger)
    for way in ("/logout", "/acl_users/session/remove", "/acl_users/personcert_sessions/resetCredentials"):
        stranger.see(way)
        stranger.send(way)
    assert is_in(ceper)


@pytest.mark.wall
def test_one_who_does_nothing_is_logged_out_and_one_who_works_stays_till_the_end(ceper, later):
    later(25 * 60)
    assert is_in(ceper)
    later(25 * 60)
    assert is_in(ceper)
    later(31 * 60)
    assert not is_in(ceper)


@pytest.mark.wall
def test_nobody_stays_longer_than_the_longest(ceper, later):
    for _ in range(23):
        later(20 * 60)
        assert is_in(ceper)
    later(21 * 60)
    assert not is_in(ceper)


def test_a_script_that_asks_in_the_background_keeps_nobody_logged_in(ceper, later):
    later(20 * 60)
    before = ceper.cookies[COOKIE]
    ceper.see("/start", headers={"X-Personcert-Background": "1"})
    assert ceper.cookies[COOKIE] == before
    ceper.see("/start")
    assert ceper.cookies[COOKIE] != before


def test_a_page_that_is_read_writes_nothing(ceper, portal, later):
    later(20 * 60)
    before = portal._p_jar.db().lastTransaction()
    assert is_in(ceper)
    assert portal._p_jar.db().lastTransaction() == before


@pytest.mark.wall
def test_every_session_ends_with_the_password(ceper, visitor):
    other = visitor("ceper")
    transaction.begin()
    user_id = api.user.get(username="ceper").getId()
    users().updateUserPassword(user_id, "Nio-grusiga-brunnar-1")
    transaction.commit()
    assert not is_in(ceper) and not is_in(other)


@pytest.mark.wall
def test_a_disabled_account_is_out_at_once_and_comes_not_in(ceper, visitor, acting):
    transaction.begin()
    user_id = api.user.get(username="ceper").getId()
    with acting("handlaggare"):
        administration.disable(user_id)
    transaction.commit()
    assert not is_in(ceper)
    assert not is_in(visitor("ceper"))
    transaction.begin()
    with acting("handlaggare"):
        administration.enable(user_id)
    transaction.commit()
    assert is_in(visitor("ceper"))


def test_one_sees_and_ends_the_other_sessions(ceper, visitor, acting):
    other = visitor("ceper")
    (first, second) = sorted(held("ceper"), key=lambda key: ceper.cookies[COOKIE].count(key))
    assert ceper.cookies[COOKIE].count(second) == 1
    with acting("ceper"):
        assert {row.id for row in sessions_of_current_user(api.portal.get().REQUEST)} == {first, second}
        assert sessions.end_session(first)
    transaction.commit()
    assert is_in(ceper) and not is_in(other)


@pytest.mark.wall
def test_nobody_ends_a_session_of_somebody_else(ceper, acting):
    (session_id,) = held("ceper")
    with acting("enkel"):
        assert not sessions.end_session(session_id)
    assert session_id in held("ceper")


@pytest.mark.wall
def test_each_log_in_is_a_session_of_its_own(ceper, visitor):
    old = copied(ceper, visitor)
    (before,) = held("ceper")
    ceper.submit(ceper.see("/start").forms["logout"])
    ceper.log_in("ceper", PASSWORD)
    assert before not in held("ceper") and len(held("ceper")) == 1
    assert not is_in(old) and is_in(ceper)


def test_sessions_that_are_over_are_not_kept(ceper, visitor, later):
    later(9 * 3600)
    visitor("ceper")
    assert len(held("ceper")) == 1
