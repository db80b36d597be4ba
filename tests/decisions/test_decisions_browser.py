"""Proposing and deciding: whoever handled a case never decides on it."""

from datetime import date

import pytest
import transaction

from sp.personcert.cases import operations as cases
from sp.personcert.cases.domain import CaseState, ExamResult
from sp.personcert.checklist import operations as checklist
from sp.personcert.checklist import queries as answers
from sp.personcert.checklist.domain import Verdict
from sp.personcert.decisions import operations, queries
from sp.personcert.foundation.content import new_id
from sp.personcert.foundation.errors import Refused
from sp.personcert.foundation.transitions import state_of
from tests.reading import address, tree, words
from tests.sending import form_to, forms_to, reread

REASON = "Du har handlagt ärendet och kan därför inte fatta beslutet."


@pytest.fixture
def handled(case):
    """A case that an officer handles, not finished."""
    return case("ceper", "brunnsborrare")


@pytest.fixture
def complete(handled, acting):
    """The same with approved papers and a passed exam."""
    with acting("ceper"):
        for row in answers.rows(handled):
            checklist.answer_with_reason(handled, row.slot.key, "Finns hos er.", new_id())
    with acting("handlaggare"):
        for row in answers.rows(handled):
            checklist.judge(handled, row.slot.key, row.answer.answer_id, Verdict.APPROVED)
        cases.record_exam(handled, date(2026, 11, 18), ExamResult.PASSED)
    return handled


@pytest.fixture
def proposed(complete, acting):
    """The same with a proposal."""
    with acting("handlaggare"):
        operations.propose(complete, "ab", "Allt är klart.")
    return complete


def tab(person, case):
    """The tab Beslut."""
    return person.see(address(case, "beslut"))


def decided(person, case, view, reason=""):
    """The answer to one of the decision maker's forms."""
    form = form_to(tab(person, case), view)
    form["reason"] = reason
    return person.submit(form)


def test_what_a_proposal_waits_for_is_said(visitor, handled):
    person = visitor("handlaggare")
    for page in (tab(person, handled), person.see(address(handled, "handlaggning"))):
        assert "Alla handlingar måste vara godkända först." in words(page)
        assert "Registrera en godkänd tentamen först." in words(page)
        assert forms_to(page, "foresla") == []


@pytest.mark.handbook("H166")
def test_an_officer_proposes_the_level_that_was_applied_for(visitor, complete):
    person = visitor("handlaggare")
    form = form_to(tab(person, complete), "foresla")
    assert form["level_key"].value == complete.level_key
    form["note"] = "Allt är klart."
    answer = person.submit(form)
    reread()
    assert answer.status_int == 303
    assert state_of(complete) == CaseState.READY_FOR_DECISION
    assert (queries.proposal(complete).level_key, queries.proposal(complete).note) == ("ab", "Allt är klart.")
    assert person.submit(form).status_int == 303


def test_a_level_must_be_chosen_and_the_note_stays(visitor, complete):
    person = visitor("handlaggare")
    form = form_to(tab(person, complete), "foresla")
    form["level_key"], form["note"] = "", "Allt är klart."
    answer = person.submit(form)
    reread()
    assert answer.status_int == 422
    assert words(tree(answer).get_element_by_id("level_key-error")) == "Välj behörighet."
    assert form_to(answer, "foresla")["note"].value == "Allt är klart."
    assert queries.proposal(complete) is None


@pytest.mark.handbook("H166")
def test_a_decision_maker_grants_with_name_and_day(visitor, proposed):
    person = visitor("beslutsfattare")
    answer = decided(person, proposed, "bevilja")
    reread()
    found = queries.decision(proposed)
    assert answer.status_int == 303
    assert state_of(proposed) == CaseState.GRANTED
    assert (found.granted, found.level_key, found.decided_by_name) == (True, "ab", "Beslutsfattare Demo")
    page = words(tab(person, proposed))
    assert "Beviljat" in page and "Beslutsfattare Demo" in page
    assert found.decided_at.date().isoformat() in page


def test_granting_twice_with_one_form_grants_once(visitor, proposed):
    person = visitor("beslutsfattare")
    form = form_to(tab(person, proposed), "bevilja")
    assert [person.submit(form).status_int for _ in range(2)] == [303, 303]
    reread()
    assert state_of(proposed) == CaseState.GRANTED


@pytest.mark.handbook("H166")
def test_a_refusal_needs_a_reason(visitor, proposed):
    person = visitor("beslutsfattare")
    answer = decided(person, proposed, "avsla", "  ")
    reread()
    assert answer.status_int == 422
    assert "Skriv skälet till avslaget, kunden läser det." in words(answer)
    assert state_of(proposed) == CaseState.READY_FOR_DECISION
    assert decided(person, proposed, "avsla", "Kraven är inte uppfyllda.").status_int == 303
    reread()
    assert state_of(proposed) == CaseState.REFUSED
    assert queries.decision(proposed).reason == "Kraven är inte uppfyllda."


def test_a_case_goes_back_to_the_officer_with_what_to_do(visitor, proposed):
    answer = decided(visitor("beslutsfattare"), proposed, "lamna-ater", "Kontrollera intyget.")
    reread()
    assert answer.status_int == 303
    assert state_of(proposed) == CaseState.IN_PROGRESS
    assert queries.proposal(proposed) is None


@pytest.mark.handbook("H166")
@pytest.mark.wall
def test_who_handled_the_case_reads_why_somebody_else_must_decide(visitor, complete, acting):
    with acting("handlaggare2"):
        cases.take(complete)
        operations.propose(complete, "ab")
    page = tab(visitor("handlaggare2"), complete)
    assert REASON in words(page)
    assert [forms_to(page, view) for view in ("bevilja", "avsla", "lamna-ater")] == [[], [], []]


@pytest.mark.handbook("H166")
@pytest.mark.wall
def test_who_handled_the_case_is_refused_by_the_operation_too(complete, acting):
    with acting("handlaggare2"):
        cases.take(complete)
        operations.propose(complete, "ab")
        for decide in (operations.grant, operations.refuse, operations.return_to_officer):
            with pytest.raises(Refused) as refusal:
                decide(complete, "Skäl")
            assert str(refusal.value.message.default).startswith(REASON)
    assert state_of(complete) == CaseState.READY_FOR_DECISION


@pytest.mark.wall
def test_a_form_that_was_open_while_the_person_was_independent_is_refused_later(visitor, proposed, acting):
    person = visitor("handlaggare2")
    form = form_to(tab(person, proposed), "bevilja")
    with acting("beslutsfattare"):
        operations.return_to_officer(proposed, "En sak till.")
    with acting("handlaggare2"):
        cases.take(proposed)
        operations.propose(proposed, "ab")
    visitor("handlaggare2")
    answer = person.submit(form)
    reread()
    assert answer.status_int == 422
    assert REASON in words(answer)
    assert state_of(proposed) == CaseState.READY_FOR_DECISION


@pytest.mark.wall
def test_an_officer_who_decides_nothing_sees_no_form_and_is_refused(visitor, proposed):
    person = visitor("handlaggare")
    page = tab(person, proposed)
    assert "Ärendet väntar på beslut av en beslutsfattare." in words(page)
    assert forms_to(page, "bevilja") == []
    assert person.send(address(proposed, "bevilja"), {"reason": ""}).status_int == 403
    reread()
    assert state_of(proposed) == CaseState.READY_FOR_DECISION


def test_a_decided_case_shows_the_decision_and_nothing_to_do(visitor, case):
    page = tab(visitor("handlaggare"), case("ceper", "energiexpert"))
    assert "Beviljat" in words(page)
    assert "2025-02-03 – 2030-02-03" in words(page)
    assert "Ärendet är avslutat." in words(page)
    assert forms_to(page, "foresla") == []


@pytest.mark.wall
@pytest.mark.parametrize("view", ["bevilja", "avsla", "lamna-ater"])
def test_a_decision_is_about_the_proposal_that_was_on_the_page(visitor, proposed, acting, view):
    """Sent back and proposed anew with another level while the page was open."""
    person = visitor("beslutsfattare")
    form = form_to(tab(person, proposed), view)
    form["reason"] = "Enligt förslaget."
    with acting("beslutsfattare"):
        operations.return_to_officer(proposed, "Fel behörighet.")
    with acting("handlaggare"):
        operations.propose(proposed, "b")
    transaction.commit()
    answer = person.submit(form)
    reread()
    assert answer.status_int == 422
    assert "Förslaget har ändrats sedan du öppnade sidan" in words(answer)
    assert state_of(proposed) == CaseState.READY_FOR_DECISION
    assert queries.decision(proposed) is None
