"""The dialog sent twice, too late, for another slot or by somebody else."""

import pytest
import transaction
from webtest import Upload

from sp.personcert.checklist import queries
from sp.personcert.documents import queries as documents
from sp.personcert.documents.domain.formats import Format
from tests.documents.samples import REAL
from tests.reading import address, words


@pytest.fixture
def form(ceper, drillers):
    """The dialog of a slot, with a file and a note."""
    page = ceper.see(address(drillers, "ladda-upp?plats=hot_work"))
    found = form_of(page)
    found["file"], found["note"] = Upload("intyg.pdf", REAL[Format.PDF]), "test"
    return found


def form_of(page):
    """The form of the dialog."""
    return next(form for form in page.forms.values() if "what" in form.fields)


def count(case) -> int:
    """How many documents the archive has."""
    transaction.begin()
    return len(documents.archive(case))


def test_a_dialog_that_is_sent_twice_keeps_one_document(ceper, drillers, form):
    before = count(drillers)
    answers = [ceper.submit(form) for _ in range(3)]
    assert [answer.status_int for answer in answers] == [303] * 3
    assert len({answer.location for answer in answers}) == 1
    assert count(drillers) == before + 1


def test_a_reason_that_is_sent_twice_is_one_answer(ceper, drillers, form):
    form["what"], form["reason"] = "reason", "Kommer med post."
    assert [ceper.submit(form).status_int for _ in range(2)] == [303] * 2
    transaction.begin()
    assert queries.newest(drillers, "hot_work").reason == "Kommer med post."


@pytest.mark.handbook("H131")
def test_two_files_in_one_slot_are_both_kept_and_the_newest_is_shown(ceper, drillers, form):
    before = count(drillers)
    first = ceper.submit(form).location
    again = form_of(ceper.see(address(drillers, "ladda-upp?plats=hot_work")))
    again["file"] = Upload("intyg.docx", REAL[Format.DOCX])
    second = ceper.submit(again).location
    assert first != second and count(drillers) == before + 2
    shown = words(ceper.see(address(drillers, "ladda-upp-intyg")))
    assert ".docx är uppladdat" in shown
    assert queries.document_of(drillers, queries.newest(drillers, "hot_work")).format is Format.DOCX


@pytest.mark.wall
@pytest.mark.parametrize("broken", ["form_token", "creation_id", "kept"])
def test_a_dialog_with_a_forged_token_or_stamp_stores_nothing(ceper, drillers, form, broken):
    before = count(drillers)
    form[broken] = "2001-01-01T00:00:00+01:00" if broken == "kept" else "0" * 32
    page = ceper.submit(form)
    assert page.status_int == 403 and "Sidan var för gammal" in words(page) and "_010101_" not in words(page)
    assert form_of(page)["note"].value == "test" and count(drillers) == before


@pytest.mark.wall
def test_a_token_for_one_slot_is_of_no_use_on_another(ceper, drillers, form):
    before = count(drillers)
    page = ceper.send(address(drillers, "ladda-upp?plats=welding"), form.submit_fields()[:3])
    assert page.status_int == 403 and count(drillers) == before


@pytest.mark.wall
def test_another_customers_case_takes_nothing(visitor, drillers, form):
    before = count(drillers)
    fields = form.submit_fields()[:3]
    stranger = visitor("enkel")
    theirs = stranger.send(address(drillers, "ladda-upp?plats=hot_work"), fields)
    made_up = stranger.send(f"{address(drillers)[:-4]}0000/@@ladda-upp?plats=hot_work", fields)
    assert (theirs.status_int, theirs.body) == (404, made_up.body) and count(drillers) == before
