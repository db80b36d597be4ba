"""Reading proposals and decisions. The caller has checked that the case may be seen."""

from typing import Any

from sp.personcert.checklist import domain as checklist_domain
from sp.personcert.checklist import queries as checklist
from sp.personcert.customers import queries as customers
from sp.personcert.foundation.identity import current_user_id

from . import domain, storage
from .domain import Decision, Proposal


def proposal(case: Any) -> Proposal | None:
    """What the officer proposes, while it waits for a decision."""
    return storage.proposal(case)


def decision(case: Any) -> Decision | None:
    """What was decided."""
    return storage.decision(case)


def is_independent(case: Any) -> bool:
    """Whether the person in charge took no part in the case."""
    return domain.is_independent(current_user_id(), case.handled_by, customers.above(case).user_id)


def lacking(case: Any) -> tuple[str, ...]:
    """What stands in the way of a proposal: codes ``answers`` and ``exam``."""
    exam = case.latest_exam
    found = {
        "answers": not checklist_domain.all_approved(checklist.rows(case)),
        "exam": case.rule.exam_required and (exam is None or exam.result != "passed"),
    }
    return tuple(code for code, is_so in found.items() if is_so)
