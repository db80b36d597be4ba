"""Rows and answers of the checklist."""

from dataclasses import replace
from datetime import datetime

import pytest

from sp.personcert.certification_types.domain import Rule, Slot
from sp.personcert.checklist import domain
from sp.personcert.checklist.domain import Answer, Verdict

SCHOOL = Slot("school", "Avgångsbetyg/Examen", "Avgångsbetyg")
WELDING = Slot("welding", "Svetsprov", "Intyg Svetsprov")
EXTRA = Slot("extra", "Lämplighetsintyg", "Lämplighetsintyg", mandatory=False)
RULE = Rule(slots=(SCHOOL, WELDING, EXTRA))
SENT = Answer("a1", datetime(2026, 11, 12, 11, 41, 5), "ceper", document_id="a1")
TOLD = Answer("a2", datetime(2026, 11, 12, 11, 50), "ceper", reason="Kursen är bokad.")
APPROVED = replace(SENT, verdict=Verdict.APPROVED)
INSUFFICIENT = replace(SENT, verdict=Verdict.INSUFFICIENT, verdict_reason="Intyget är för gammalt.")


def titles(slots: tuple[Slot, ...]) -> list[str]:
    """What the customer would read."""
    return [slot.title for slot in slots]


@pytest.mark.handbook("H102", "H104", "H105")
def test_there_is_a_row_for_each_slot_of_the_rule_in_its_order():
    found = domain.rows(RULE, {"welding": SENT, "unknown": SENT})
    assert [row.slot for row in found] == [SCHOOL, WELDING, EXTRA]
    assert [row.answer for row in found] == [None, SENT, None]


@pytest.mark.handbook("H103", "H134")
def test_mandatory_rows_without_an_answer_wait_for_the_customer():
    assert titles(domain.unanswered(domain.rows(RULE, {}))) == ["Avgångsbetyg/Examen", "Svetsprov"]


@pytest.mark.handbook("H123")
def test_a_reason_counts_as_an_answer():
    found = domain.rows(RULE, {"school": SENT, "welding": TOLD})
    assert domain.unanswered(found) == ()


def test_an_insufficient_answer_waits_for_the_customer_again():
    found = domain.rows(RULE, {"school": INSUFFICIENT, "welding": APPROVED})
    assert titles(domain.unanswered(found)) == ["Avgångsbetyg/Examen"]


def test_an_answer_without_verdict_waits_for_an_officer():
    found = domain.rows(RULE, {"school": SENT, "welding": APPROVED, "extra": TOLD})
    assert titles(domain.unjudged(found)) == ["Avgångsbetyg/Examen", "Lämplighetsintyg"]


@pytest.mark.parametrize(
    ("answers", "all_approved"),
    [
        ({}, False),
        ({"school": APPROVED}, False),
        ({"school": APPROVED, "welding": SENT}, False),
        ({"school": APPROVED, "welding": INSUFFICIENT}, False),
        ({"school": APPROVED, "welding": APPROVED, "extra": TOLD}, False),
        ({"school": APPROVED, "welding": APPROVED}, True),
        ({"school": APPROVED, "welding": APPROVED, "extra": APPROVED}, True),
    ],
)
def test_a_case_is_ready_when_all_that_is_asked_for_is_approved(answers, all_approved):
    assert domain.all_approved(domain.rows(RULE, answers)) is all_approved
