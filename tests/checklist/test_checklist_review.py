"""Judging what the customer sent."""

from datetime import datetime

import pytest

from sp.personcert.cases import operations as cases
from sp.personcert.checklist import operations, queries
from sp.personcert.checklist.domain import Verdict
from tests.reading import address, column, tree, words
from tests.sending import form_to, forms_to, reread

ANSWER_ID = "a" * 32


@pytest.fixture
def handled(case):
    """A case that an officer handles."""
    return case("ceper", "brunnsborrare")


@pytest.fixture
def answered(handled, acting):
    """The same with an answer without a document that nobody has judged."""
    with acting("ceper"):
        operations.answer_with_reason(handled, "welding", "Firman har en licensierad svetsare.", ANSWER_ID)
    return handled


def opened(person, case, slot="welding"):
    """The form for one answer."""
    return form_to(person.see(address(case, f"handlaggning?slot={slot}")), "bedom")


def test_every_slot_has_a_row_in_the_order_of_the_rule(visitor, handled):
    page = visitor("handlaggare").see(address(handled, "handlaggning"))
    rows = [words(row) for row in tree(page).xpath("//tbody//th")]
    assert rows == [slot.title for slot in handled.rule.slots]


def test_a_row_shows_the_document_and_what_the_customer_wrote(visitor, answered):
    page = visitor("handlaggare").see(address(answered, "handlaggning"))
    assert "Firman har en licensierad svetsare." in words(page)
    row = next(row for row in queries.rows(answered) if row.answer and row.answer.document_id)
    document = queries.document_of(answered, row.answer)
    links = tree(page).xpath("//a[@class='kw-file']")
    assert f"{document.getId()}/@@hamta" in " ".join(link.get("href") for link in links)
    assert document.file_name in [words(link) for link in links]


def test_an_officer_approves_an_answer_and_goes_on_to_the_next(visitor, answered):
    person = visitor("handlaggare")
    form = opened(person, answered)
    form["verdict"] = "approved"
    answer = person.submit(form)
    reread()
    found = queries.newest(answered, "welding")
    assert answer.status_int == 303
    assert found.verdict is Verdict.APPROVED
    assert found.judged_by == answered.officer_id
    assert answered.officer_id in answered.handled_by


def test_what_is_not_good_enough_needs_a_reason_and_the_choice_stays(visitor, answered):
    person = visitor("handlaggare")
    form = opened(person, answered)
    form["verdict"] = "insufficient"
    answer = person.submit(form)
    reread()
    assert answer.status_int == 422
    assert words(tree(answer).get_element_by_id("reason-error")) == "Skriv vad som saknas, kunden ser det."
    assert form_to(answer, "bedom")["verdict"].value == "insufficient"
    assert queries.newest(answered, "welding").verdict is None


def test_the_reason_is_kept_with_the_verdict(visitor, answered):
    person = visitor("handlaggare")
    form = opened(person, answered)
    form["verdict"], form["reason"] = "insufficient", "Bifoga licensen."
    person.submit(form)
    reread()
    found = queries.newest(answered, "welding")
    assert (found.verdict, found.verdict_reason) == (Verdict.INSUFFICIENT, "Bifoga licensen.")
    assert "Bifoga licensen." in words(person.see(address(answered, "handlaggning")))


def test_a_newer_answer_is_not_judged_unseen(visitor, answered, acting):
    person = visitor("handlaggare")
    form = opened(person, answered)
    with acting("ceper"):
        operations.answer_with_reason(answered, "welding", "Licensen kommer i morgon.", "b" * 32)
    visitor("handlaggare")
    form["verdict"] = "approved"
    answer = person.submit(form)
    reread()
    assert answer.status_int == 422
    assert "Kunden har skickat ett nyare svar. Läs det först." in words(answer)
    assert queries.newest(answered, "welding").verdict is None


def test_no_verdict_is_asked_for(visitor, answered):
    person = visitor("handlaggare")
    answer = person.submit(opened(person, answered))
    assert answer.status_int == 422
    assert "Välj godkänt eller ej godkänt." in words(answer)


def test_outside_handling_the_rows_are_read_only(visitor, answered, acting):
    with acting("handlaggare"):
        cases.release(answered)
    page = visitor("handlaggare").see(address(answered, "handlaggning"))
    assert page.status_int == 200
    assert forms_to(page, "bedom") == []
    assert "Här kan du läsa dem." in words(page)


@pytest.mark.wall
def test_who_may_only_decide_reads_and_judges_nothing(visitor, answered):
    person = visitor("beslutsfattare")
    page = person.see(address(answered, "handlaggning"))
    assert page.status_int == 200
    assert forms_to(page, "bedom") == []
    assert (
        person.send(address(answered, "bedom"), {"slot": "welding", "verdict": "approved"}).status_int == 404
    )
    reread()
    assert queries.newest(answered, "welding").verdict is None


def test_judging_without_the_forms_token_changes_nothing(visitor, answered):
    fields = {"slot": "welding", "answer_id": ANSWER_ID, "verdict": "approved"}
    answer = visitor("handlaggare").send(address(answered, "bedom"), fields)
    reread()
    assert answer.status_int == 403
    assert queries.newest(answered, "welding").verdict is None


def test_a_judgement_is_shown_with_its_word(visitor, answered, acting, at):
    at(datetime(2026, 11, 24, 10, 0))
    with acting("handlaggare"):
        operations.judge(answered, "welding", ANSWER_ID, Verdict.APPROVED)
    page = visitor("handlaggare").see(address(answered, "handlaggning"))
    shown = column(page, "Bedömning")
    index = [slot.key for slot in answered.rule.slots].index("welding")
    assert shown[index] == "Godkänt Handläggare Demo 2026-11-24"
