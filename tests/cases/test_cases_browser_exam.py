"""Recording how an exam was marked."""

from datetime import date

import pytest

from sp.personcert.cases.domain import ExamResult
from tests.reading import address, tree, words
from tests.sending import form_to, forms_to, reread


@pytest.fixture
def handled(case):
    """A case that an officer handles."""
    return case("ceper", "brunnsborrare")


def sent(person, handled, **fields):
    """The answer to the form, and the form."""
    form = form_to(person.see(address(handled, "tentamen")), "tentamen")
    for name, value in fields.items():
        form[name] = value
    return person.submit(form), form


@pytest.mark.handbook("H165", "H49")
@pytest.mark.parametrize("typed", ["2026-11-18", "20261118", "2026/11/18"])
def test_an_exam_is_recorded(visitor, handled, typed):
    answer, _form = sent(
        visitor("handlaggare"), handled, marked_on=typed, result="passed", note="Väl godkänd"
    )
    reread()
    exam = handled.latest_exam
    assert answer.status_int == 303
    assert (exam.marked_on, exam.result, exam.note) == (date(2026, 11, 18), ExamResult.PASSED, "Väl godkänd")


def test_the_same_form_twice_records_once(visitor, handled):
    person = visitor("handlaggare")
    _answer, form = sent(person, handled, marked_on="2026-11-18", result="failed")
    assert person.submit(form).status_int == 303
    reread()
    assert len(handled.exams) == 1


@pytest.mark.parametrize("typed", ["", "i går", "2026-13-01", "18/11"])
def test_what_is_no_day_is_asked_for_again_and_the_rest_stays(visitor, handled, typed):
    answer, _form = sent(visitor("handlaggare"), handled, marked_on=typed, result="passed", note="Muntligt")
    reread()
    assert answer.status_int == 422
    assert "Skriv dagen som ÅÅÅÅ-MM-DD" in words(answer)
    form = form_to(answer, "tentamen")
    assert (form["marked_on"].value, form["result"].value, form["note"].value) == (
        typed,
        "passed",
        "Muntligt",
    )
    assert handled.exams == ()


def test_an_exam_of_a_coming_day_is_refused_at_the_field(visitor, handled):
    answer, _form = sent(visitor("handlaggare"), handled, marked_on="2126-01-01", result="passed")
    reread()
    assert answer.status_int == 422
    assert words(tree(answer).get_element_by_id("marked_on-error")) == "Dagen har inte varit än."
    assert handled.exams == ()


def test_a_result_must_be_chosen(visitor, handled):
    answer, _form = sent(visitor("handlaggare"), handled, marked_on="2026-11-18")
    reread()
    assert answer.status_int == 422
    assert "Välj om tentamen är godkänd eller underkänd." in words(answer)
    assert handled.exams == ()


def test_a_decided_case_shows_its_exams_and_no_form(visitor, case):
    page = visitor("handlaggare").see(address(case("ceper", "energiexpert"), "tentamen"))
    assert "2025-01-20 Godkänd" in " ".join(words(row) for row in tree(page).xpath("//tbody/tr"))
    assert forms_to(page, "tentamen") == []
