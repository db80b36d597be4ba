"""Sending twice, sending too late, and sending where one may not."""

import pytest
import transaction

from sp.personcert.messages import queries
from tests.reading import address, tree, words

TEXT = "Intyget kommer i veckan."


@pytest.fixture(params=["svar", "nytt"])
def form(request, ceper, drillers):
    """Each of the two forms, filled in."""
    newest = queries.threads(drillers)[0].message.getId()
    query = f"?svara={newest}" if request.param == "svar" else "?nytt=1"
    found = ceper.see(address(drillers, "meddelanden") + query).forms[request.param]
    found["text"] = TEXT
    if request.param == "nytt":
        found["message_type"] = "Notering"
    return found


def count(case) -> int:
    """How often the text is stored."""
    transaction.begin()
    return sum(entry.text == TEXT for row in queries.threads(case) for entry in row.entries)


def test_a_form_that_is_sent_twice_makes_one_entry(ceper, drillers, form):
    answers = [ceper.submit(form, "do", "save") for _ in range(3)]
    assert [answer.status_int for answer in answers] == [303, 303, 303]
    assert len({answer.location for answer in answers}) == 1
    assert count(drillers) == 1


@pytest.mark.wall
@pytest.mark.parametrize("broken", ["form_token", "creation_id", "kept"])
def test_a_form_without_its_token_is_refused_with_the_text_kept(ceper, drillers, form, broken):
    form[broken] = "0" * 32
    page = ceper.submit(form, "do", "save")
    assert page.status_int == 403 and "Sidan var för gammal" in words(page)
    assert page.forms[form.id]["text"].value.strip() == TEXT
    assert count(drillers) == 0
    assert ceper.submit(_refilled(page, form), "do", "save").status_int == 303
    assert count(drillers) == 1


@pytest.mark.wall
def test_one_persons_form_is_of_no_use_to_another(visitor, drillers, form):
    officer = visitor("handlaggare")
    page = officer.send(form.action, [*form.submit_fields(), ("do", "save")])
    assert page.status_int == 403 and count(drillers) == 0


@pytest.mark.wall
def test_a_stranger_finds_nothing_to_write_to(visitor, drillers, form):
    stranger = visitor("enkel")
    page = stranger.send(form.action, [*form.submit_fields(), ("do", "save")])
    made_up = stranger.send(f"{address(drillers)[:-4]}0000/@@nytt-meddelande", form.submit_fields())
    assert page.status_int == 404 and page.body == made_up.body and count(drillers) == 0


def _refilled(page, form):
    found = page.forms[form.id]
    assert tree(page).xpath(f"//form[@id='{form.id}']//*[@role='alert']")
    return found
