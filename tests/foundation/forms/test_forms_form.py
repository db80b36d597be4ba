"""The form base class: token before operation, what was typed stays, once is once."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import transaction

from sp.personcert.messages import queries as messages
from tests.reading import address, words

TEXT = "När kan jag skriva tentamen?"


def new_message(person: Any, case: Any) -> dict[str, str]:
    """The fields of the form for a new message, filled in, with its token."""
    form = person.see(address(case, "nytt-meddelande")).forms["nytt"]
    form["text"], form["message_type"] = TEXT, "Notering"
    return {name: value for name, value in form.submit_fields() if name} | {"do": "save"}


def stored(case: Any) -> int:
    """How often the text lies in the case."""
    transaction.begin()
    return sum(entry.text == TEXT for thread in messages.threads(case) for entry in thread.entries)


def test_a_right_token_is_taken_and_leads_on(visitor: Any, drillers: Any) -> None:
    person = visitor("ceper")
    response = person.send(address(drillers, "nytt-meddelande"), new_message(person, drillers))
    assert response.status_int == 303
    assert stored(drillers) == 1


@pytest.mark.wall
@pytest.mark.parametrize(
    "change",
    [
        {"form_token": ""},
        {"form_token": "0" * 64},
        {"form_token": "å"},
        {"creation_id": "0" * 32},
        {"kept": "something else"},
    ],
)
def test_a_wrong_token_stores_nothing_and_loses_nothing(visitor: Any, drillers: Any, change: Any) -> None:
    person = visitor("ceper")
    response = person.send(address(drillers, "nytt-meddelande"), new_message(person, drillers) | change)
    assert response.status_int == 403
    assert "Det du skrev står kvar" in words(response)
    assert response.forms["nytt"]["text"].value == TEXT
    assert stored(drillers) == 0


@pytest.mark.wall
def test_a_bare_post_stores_nothing(visitor: Any, drillers: Any) -> None:
    person = visitor("ceper")
    fields = {"text": TEXT, "message_type": "Notering", "do": "save"}
    assert person.send(address(drillers, "nytt-meddelande"), fields).status_int == 403
    assert stored(drillers) == 0


@pytest.mark.wall
def test_a_token_is_of_no_use_on_another_case(visitor: Any, drillers: Any, case: Any) -> None:
    person, other = visitor("ceper"), case("ceper", "kontrollansvarig")
    fields = new_message(person, drillers)
    assert person.send(address(other, "nytt-meddelande"), fields).status_int == 403
    assert stored(other) == stored(drillers) == 0


@pytest.mark.wall
def test_a_token_is_of_no_use_to_another_person(visitor: Any, drillers: Any) -> None:
    fields = new_message(visitor("ceper"), drillers)
    assert visitor("handlaggare").send(address(drillers, "nytt-meddelande"), fields).status_int == 403
    assert stored(drillers) == 0


@pytest.mark.wall
def test_a_token_of_one_session_of_the_public_is_of_no_use_in_another(visitor: Any) -> None:
    fields = dict(visitor().see("/login").forms["login"].submit_fields())
    fields |= {"user_name": "ceper", "password": "whatever"}
    assert visitor().send("/login", fields).status_int == 403


def test_sending_again_finds_what_was_made(visitor: Any, drillers: Any) -> None:
    person = visitor("ceper")
    fields = new_message(person, drillers)
    answers = [person.send(address(drillers, "nytt-meddelande"), fields) for _ in range(3)]
    assert {answer.status_int for answer in answers} == {303}
    assert len({answer.headers["Location"] for answer in answers}) == 1
    assert stored(drillers) == 1


def test_sixteen_sends_at_once_make_one(visitor: Any, drillers: Any) -> None:
    person = visitor("ceper")
    fields = new_message(person, drillers)
    with ThreadPoolExecutor(4) as pool:
        answers = list(
            pool.map(
                lambda _: person.send(address(drillers, "nytt-meddelande"), fields).status_int, range(16)
            )
        )
    assert answers == [303] * 16
    assert stored(drillers) == 1


@pytest.mark.wall
def test_a_page_that_is_read_writes_nothing(visitor: Any, drillers: Any, portal: Any) -> None:
    """Every page of the customer, read once, leaves the database as it was."""
    person = visitor("ceper")
    views = ("meddelanden", "arkiv", "din-adress", "ladda-upp-intyg", "ladda-upp?plats=welding")
    pages = ["/start", "/personcertifiering", "/mina-certifieringar", "/register", "/kontrollera"]
    before = portal._p_jar.db().lastTransaction()
    for page in (*pages, *(address(drillers, view) for view in views)):
        assert person.see(page).status_int == 200
    assert portal._p_jar.db().lastTransaction() == before
