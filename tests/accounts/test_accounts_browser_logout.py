"""The way out, as a person without JavaScript takes it."""

import pytest

from tests.accounts.pages import form_at
from tests.reading import tree, words


@pytest.mark.wall
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
    answer = person.submit(form_at(person.see("/start"), "logout"))
    assert (answer.status_int, answer.location) == (303, "/plone")
    assert "/login" in person.see("/start").location


def test_logging_out_twice_does_no_harm(visitor):
    person = visitor("ceper")
    form = form_at(person.see("/start"), "logout")
    person.submit(form)
    assert person.submit(form).location == "/plone"
