"""What the pages of a customer are made of: the newest case and certificate of each type."""

from dataclasses import dataclass
from typing import Any

from sp.personcert.cases import queries as cases
from sp.personcert.certificates import queries as certificates
from sp.personcert.certificates.domain import Status
from sp.personcert.checklist import queries as checklist
from sp.personcert.foundation.transitions import state_of
from sp.personcert.supplements import queries as supplements
from sp.personcert.supplements.domain import Request

from .domain import Facts, Progress, progress


@dataclass(frozen=True)
class Standing:
    """One certification of a customer. The caller has checked that the customer may be seen."""

    case: Any
    certificate: Any | None
    state: str
    status: Status | None
    progress: Progress
    supplement: Request | None = None  # what the customer is asked to complete


def standings(customer: Any) -> list[Standing]:
    """One for each certification type that is applied for or held (H31)."""
    held = certificates.newest_by_type(customer)
    return [_standing(case, held.get(type_id)) for type_id, case in cases.newest_by_type(customer).items()]


def standing(case: Any) -> Standing:
    """Of one case, with the holder's newest certificate of its type."""
    return _standing(case, certificates.newest_by_type(case.__parent__).get(case.type_id))


def _standing(case: Any, certificate: Any | None) -> Standing:
    state, exam = state_of(case), case.latest_exam
    status = None if certificate is None else certificates.status(certificate)
    supplement = supplements.open_request(case)
    facts = Facts(
        state=state,
        rows=checklist.rows(case),
        is_notified=not checklist.may_notify(case),
        exam_missing=case.rule.exam_required and (exam is None or exam.result != "passed"),
        is_released=status is not None and status is not Status.NOT_ISSUED,
        supplement_open=supplement is not None,
    )
    return Standing(case, certificate, state, status, progress(facts), supplement)
