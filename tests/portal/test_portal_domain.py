"""The step that a case stands at, read off plain values."""

from datetime import UTC, datetime

import pytest

from sp.personcert.cases.domain import CaseState
from sp.personcert.certification_types.domain import Slot
from sp.personcert.checklist.domain import Answer, Row, Verdict
from sp.personcert.portal.domain import STEPS, Facts, Step, progress


def row(answered: bool = True, verdict: Verdict | None = None) -> Row:
    """A row of the checklist."""
    answer = Answer("a", datetime(2026, 1, 1, tzinfo=UTC), "c", reason="r", verdict=verdict)
    return Row(Slot("k", "Intyg", "Intyg"), answer if answered else None)


OPEN, SENT, GOOD, BAD = (
    row(answered=False),
    row(),
    row(verdict=Verdict.APPROVED),
    row(verdict=Verdict.INSUFFICIENT),
)


def step(state: CaseState, *rows: Row, notified: bool = False, exam: bool = True, released: bool = False):
    """The step of a case with these facts."""
    return progress(Facts(state, rows, notified, exam, released)).step


def test_papers_are_the_step_while_a_row_is_open_or_the_customer_has_not_told_that_all_are_sent():
    assert step(CaseState.WAITING, OPEN) is Step.PAPERS
    assert step(CaseState.IN_PROGRESS, GOOD, BAD, notified=True) is Step.PAPERS
    assert step(CaseState.IN_PROGRESS, SENT) is Step.PAPERS


def test_what_is_sent_and_told_of_is_reviewed():
    assert step(CaseState.WAITING, SENT, notified=True) is Step.REVIEW
    assert step(CaseState.IN_PROGRESS, GOOD, SENT, notified=True) is Step.REVIEW


def test_after_the_papers_come_the_exam_and_the_decision():
    assert step(CaseState.IN_PROGRESS, GOOD) is Step.EXAM
    assert step(CaseState.IN_PROGRESS, GOOD, exam=False) is Step.DECISION
    assert step(CaseState.READY_FOR_DECISION, GOOD, exam=False) is Step.DECISION


@pytest.mark.handbook("H135")
def test_while_a_supplement_is_asked_for_papers_are_the_step():
    for state in (CaseState.SUPPLEMENT_REQUESTED, CaseState.WAITING):
        assert progress(Facts(state, (GOOD,), True, True, supplement_open=True)).step is Step.PAPERS


def test_a_granted_case_waits_for_its_certificate():
    assert step(CaseState.GRANTED, GOOD) is Step.CERTIFICATE
    assert step(CaseState.GRANTED, GOOD, released=True) is None


@pytest.mark.parametrize("state", [CaseState.REFUSED, CaseState.CLOSED])
def test_a_case_that_ended_otherwise_stands_at_no_step(state):
    assert step(state, OPEN) is None


def test_steps_before_the_present_one_are_done():
    found = progress(Facts(CaseState.IN_PROGRESS, (SENT,), True, True))
    assert (list(found.done), found.unjudged_rows) == ([Step.APPLICATION, Step.PAPERS], 1)
    assert list(progress(Facts(CaseState.GRANTED, (), True, False, True)).done) == list(STEPS)
