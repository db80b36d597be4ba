"""Jag har glömt mitt lösenord: one answer for everybody."""

import re

import pytest

from sp.personcert.accounts import throttle
from sp.personcert.accounts.operations import links
from tests.accounts.pages import alert, letters, receipt
from tests.reading import tree, words

RESET = "Välj ett nytt lösenord"


def ask(person, user_name: str):
    """Fill in the form and send it."""
    form = person.see("/glomt-losenord").forms["forgotten"]
    form["user_name"] = user_name
    return person.submit(form)


def resets() -> list[str]:
    """Who gets a link now."""
    return [letter["To"] for letter in letters() if letter["Subject"] == RESET]


def told(answer) -> tuple:
    """Everything of an answer but its cookies and the time."""
    dull = {"set-cookie", "date"}
    headers = sorted((name, value) for name, value in answer.headers.items() if name.lower() not in dull)
    return answer.status_int, answer.body, headers


@pytest.mark.handbook("H12")
def test_the_owner_gets_a_link_and_the_page_says_what_to_do(visitor):
    person = visitor()
    page = person.see(ask(person, " ceper\u200b").location)
    text = "Om användarnamnet finns får du ett mejl med en länk. Länken gäller i 60 minuter"
    assert receipt(page).startswith(text)
    for hint in ("skräpposten", "Kontrollera användarnamnet", "support.person@sp.se", "010-516 63 03"):
        assert hint in words(tree(page).xpath("//main")[0])
    assert resets() == ["ceper@example.se"]


@pytest.mark.wall
@pytest.mark.handbook("H12")
@pytest.mark.parametrize("user_name", ["ingen", "handlaggare", "a\x00b", "å" * 10_000, "<b>x</b>", "a\r\nb"])
def test_known_and_unknown_and_odd_names_are_one_answer(visitor, user_name):
    known, other = visitor(), visitor()
    first, second = ask(known, "ceper"), ask(other, user_name)
    assert told(first) == told(second)
    pages = [person.see(first.location) for person in (known, other)]
    assert told(pages[0]) == told(pages[1])


@pytest.mark.wall
def test_over_the_limit_the_answer_is_the_same_and_no_letter_leaves(visitor):
    person = visitor()
    first = ask(person, "ceper")
    answers = [ask(person, "ceper") for _ in range(4)]
    assert all(told(answer) == told(first) for answer in answers)
    assert resets() == ["ceper@example.se"] * 3
    throttle.forget_all()


def test_an_empty_field_is_asked_for(visitor):
    for name in ("", " \u200b "):
        answer = ask(visitor(), name)
        assert answer.status_int == 422 and alert(answer).startswith("Skriv ditt användarnamn.")


def test_a_name_that_is_too_long_is_kept_from_the_operation(visitor, monkeypatch):
    monkeypatch.setattr(links, "ask_for_reset", lambda *_: pytest.fail("asked"))
    assert ask(visitor(), "a" * 201).status_int == 303


@pytest.mark.wall
def test_asking_needs_a_token(visitor):
    answer = visitor().send("/glomt-losenord", {"user_name": "ceper"})
    assert answer.status_int == 403
    assert answer.forms["forgotten"]["user_name"].value == "ceper"
    assert resets() == []


def test_reading_the_page_sends_nothing(visitor):
    person = visitor()
    person.see("/glomt-losenord?user_name=ceper")
    person.see("/glomt-losenord?klart=skickat&user_name=ceper")
    assert resets() == []
    assert not re.search("ceper", words(person.see("/glomt-losenord?klart=skickat&user_name=ceper")))
