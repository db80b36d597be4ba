"""What the script in the page learns about the end of the log-in."""

import json
from contextlib import ExitStack

import pytest
from plone import api

from sp.personcert.foundation import clock
from tests.reading import tree, words

BACKGROUND = {"X-Personcert-Background": "1"}
SESSION = "__Host-kw-session"


@pytest.fixture
def later():
    """Move the clock of sessions: ``later(seconds)``."""
    with ExitStack() as moved:
        yield lambda seconds: moved.enter_context(clock.later(seconds))


def left(person, headers=None) -> tuple[int, int]:
    """Minutes until the end: idle and in all."""
    answer = person.ask("GET", "/inloggad", headers)
    found = json.loads(answer.body)
    return round(found["idle"] / 60), round(found["longest"] / 60)


def test_who_is_not_logged_in_has_no_time_left(visitor):
    answer = visitor().see("/inloggad")
    assert (answer.status_int, answer.json) == (200, {"idle": 0, "longest": 0})
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.content_type == "application/json"


def test_asking_in_the_background_lengthens_nothing_and_asking_as_a_person_does(ceper, later):
    assert left(ceper) == (30, 480)
    later(20 * 60)
    assert left(ceper, BACKGROUND) == (10, 460)
    assert left(ceper, BACKGROUND) == (10, 460)
    assert left(ceper) == (30, 460)
    later(31 * 60)
    assert left(ceper) == (0, 0)


def test_the_longest_time_is_never_lengthened(ceper, later):
    for _ in range(23):
        later(20 * 60)
        left(ceper)
    assert left(ceper) == (20, 20)
    later(21 * 60)
    assert left(ceper) == (0, 0)


def test_a_page_of_somebody_holds_the_dialogs_and_a_public_one_none(ceper, visitor):
    dialog = tree(ceper.see("/start")).xpath("//dialog[@id='kw-session']")[0]
    assert 0 < int(dialog.get("data-kw-idle")) <= 1800 < int(dialog.get("data-kw-longest"))
    assert dialog.get("data-kw-seconds-left") == "/plone/inloggad"
    for word in ("Du loggas snart ut", "Stanna kvar", "Logga ut"):
        assert word in words(dialog)
    assert not tree(visitor().see("/login")).xpath("//dialog")


@pytest.mark.handbook("H11")
def test_the_page_knows_the_limits_of_a_private_computer(visitor):
    api.portal.set_registry_record("sp.personcert.private_session_idle_hours", 2)
    person = visitor()
    form = person.see("/login").forms["login"]
    form["user_name"], form["password"], form["private"] = "ceper", "Berg-och-vatten-7", True
    person.submit(form)
    assert left(person) == (120, 14 * 24 * 60)
