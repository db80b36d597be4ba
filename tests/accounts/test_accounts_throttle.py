"""The brake on guessing, and that it never locks the owner out."""

import time

import pytest
import transaction

from sp.personcert.accounts import hashing, throttle
from sp.personcert.accounts.queries import users
from sp.personcert.demo.people import PASSWORD
from sp.personcert.foundation import audit
from sp.personcert.testing.visitor import Visitor
from tests.redis_server import RedisServer

SESSION = "__Host-kw-session"


def guess(person, password="Fel-fel-fel-fel-9", user_name="ceper"):
    """Fill in the form; the answer."""
    return person.log_in(user_name, password)


@pytest.fixture
def from_address(visitor):
    """A browser at an address."""
    visitor()

    def make(address: str) -> Visitor:
        return Visitor("/plone", address=address)

    return make


@pytest.mark.wall
def test_a_guesser_is_stopped_and_learns_nothing_while_the_owner_logs_in(visitor, from_address, portal):
    guesser = from_address("198.51.100.9")
    answers = [guess(guesser) for _ in range(12)]
    right = guess(guesser, PASSWORD)
    assert SESSION not in guesser.cookies
    assert right.status_int == answers[-1].status_int
    assert masked(right) == masked(answers[-1]) != masked(answers[0])
    assert SESSION in logged_in(from_address("203.0.113.5"))


def masked(answer) -> str:
    """The page without its one-time token."""
    form = answer.forms["login"]
    text = answer.text
    for name in ("creation_id", "form_token"):
        text = text.replace(form[name].value, "")
    return text


def logged_in(person) -> dict:
    """The cookies after the right password."""
    guess(person, PASSWORD)
    return person.cookies


@pytest.mark.wall
def test_two_hundred_wrong_passwords_from_one_client(from_address, monkeypatch):
    tried = count_verifications(monkeypatch)
    guesser = from_address("198.51.100.9")
    for _ in range(200):
        guess(guesser)
    assert len(tried) == 200
    assert sum(reference != hashing.UNUSABLE for reference, _ in tried) == 5
    guess(guesser, PASSWORD)
    assert SESSION not in guesser.cookies
    assert SESSION in logged_in(from_address("203.0.113.5"))
    assert SESSION in logged_in(from_address("203.0.113.5"))  # the owner, at a computer that is new


def count_verifications(monkeypatch) -> list:
    """Every verification from now on."""
    tried = []
    real = hashing.verify
    monkeypatch.setattr(hashing, "verify", lambda *pair: tried.append(pair) or real(*pair))
    return tried


@pytest.mark.wall
def test_many_addresses_are_one_account_and_the_known_device_still_comes_in(from_address):
    owner = from_address("203.0.113.5")
    assert SESSION in logged_in(owner)
    owner.submit(owner.see("/start").forms["logout"])
    guesser = from_address("198.51.100.9")
    form = guesser.see("/login").forms["login"]
    form["user_name"], form["password"] = "ceper", "Fel-fel-fel-fel-9"
    for number in range(200):
        guesser.extra_environ["REMOTE_ADDR"] = f"198.51.{number}.7"
        guesser.submit(form)
    stranger = from_address("192.0.2.77")
    guess(stranger, PASSWORD)
    assert SESSION not in stranger.cookies
    assert SESSION in logged_in(owner)


@pytest.mark.wall
@pytest.mark.parametrize("header", ["X-Forwarded-For", "X-Real-IP", "Forwarded", "Client-IP"])
def test_a_claimed_address_counts_for_nothing(from_address, header):
    guesser = from_address("198.51.100.9")
    for number in range(8):
        form = guesser.see("/login").forms["login"]
        form["user_name"], form["password"] = "ceper", "Fel-fel-fel-fel-9"
        form.submit(headers={header: f"203.0.113.{number}"}, expect_errors=True)
    assert SESSION not in logged_in(guesser)


@pytest.mark.wall
def test_a_stolen_device_cookie_is_no_free_pass(from_address):
    owner, thief = from_address("203.0.113.5"), from_address("198.51.100.9")
    logged_in(owner)
    thief.set_cookie("__Host-kw-device", owner.cookies["__Host-kw-device"])
    for _ in range(12):
        guess(thief)
    assert SESSION not in logged_in(thief)


@pytest.mark.wall
def test_many_names_from_one_address_stop_that_address_alone(from_address):
    guesser = from_address("198.51.100.9")
    for number in range(40):
        guess(guesser, user_name=f"namn{number}")
    assert SESSION not in logged_in(guesser)
    assert SESSION in logged_in(from_address("203.0.113.5"))


@pytest.mark.wall
@pytest.mark.parametrize("user_name", ["ceper", "ingen", "CEPER"])
def test_known_and_unknown_names_cost_one_verification(portal, monkeypatch, user_name):
    tried = count_verifications(monkeypatch)
    assert users().authenticateCredentials({"login": user_name, "password": "Fel-fel-fel-fel-9"}) is None
    assert len(tried) == 1


def test_whoever_waits_comes_in_again(from_address, monkeypatch):
    guesser = from_address("203.0.113.5")
    for _ in range(6):
        guess(guesser)
    assert SESSION not in logged_in(guesser)
    real = time.time
    monkeypatch.setattr("time.time", lambda: real() + 61)
    assert SESSION in logged_in(guesser)


@pytest.mark.wall
def test_known_and_unknown_names_leave_the_same_traces(portal, visitor):
    seen = []
    for user_name in ("ceper", "ingen"):
        transaction.begin()
        before = len(list(audit.entries_for(portal)))
        answer = guess(visitor(), user_name=user_name)
        transaction.begin()
        noted = len(list(audit.entries_for(portal))) - before
        headers = sorted(name for name, _ in answer.headerlist)
        seen.append((noted, answer.status_int, len(masked(answer)) - len(user_name), headers))
    assert seen[0] == seen[1]
    assert seen[0][0] == 1


@pytest.fixture
def redis(tmp_path):
    """A real Redis of this test's own."""
    server = RedisServer(tmp_path)
    try:
        server.start()
        yield server
    finally:
        server.close()


@pytest.mark.wall
def test_counters_in_redis_are_every_process(from_address, monkeypatch, redis):
    monkeypatch.setenv("SP_THROTTLE_URL", redis.address)
    guesser = from_address("198.51.100.9")
    for _ in range(6):
        guess(guesser)
    throttle.forget_all()  # what another process has not counted itself
    assert SESSION not in logged_in(guesser)
    redis.end()
    assert SESSION in logged_in(from_address("203.0.113.5"))


def test_an_ipv6_household_is_one_address():
    assert throttle.network("2001:db8:1:2:3::4") == throttle.network("2001:db8:1:2:ffff::9")
    assert throttle.network("2001:db8:1:2::1") != throttle.network("2001:db8:1:3::1")
    assert throttle.network("::ffff:192.0.2.7") == "192.0.2.7"
    assert throttle.network("nonsense") == throttle.network("")


def test_without_redis_counting_goes_on_here(from_address, monkeypatch, caplog):
    monkeypatch.setenv("SP_THROTTLE_URL", "redis://127.0.0.1:1/0")
    guesser = from_address("198.51.100.9")
    for _ in range(6):
        guess(guesser)
    assert SESSION not in logged_in(guesser)
    assert "The shared counters are away" in caplog.text
    assert SESSION in logged_in(from_address("203.0.113.5"))


def test_no_name_stands_in_a_counter_or_in_the_log(from_address, caplog):
    caplog.set_level("INFO")
    guesser = from_address("198.51.100.9")
    for _ in range(7):
        guess(guesser, user_name="8112189876")
    assert "throttled" in caplog.text and "8112189876" not in caplog.text
    assert not any("8112189876" in str(key) for key in throttle._LOCAL.storage)
