"""States of a case, and the one table of what each role may do in each of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sp.personcert.foundation.permissions import Permission, Role


class CaseState(StrEnum):
    """States of the workflow ``personcert_case``."""

    WAITING = "waiting"
    IN_PROGRESS = "in_progress"
    SUPPLEMENT_REQUESTED = "supplement_requested"
    READY_FOR_DECISION = "ready_for_decision"
    GRANTED = "granted"
    REFUSED = "refused"
    CLOSED = "closed"


class CaseKind(StrEnum):
    """Kinds of case (H138)."""

    NEW = "NyCert"
    RENEWAL = "Förnyelse"


DECIDED = frozenset({CaseState.GRANTED, CaseState.REFUSED, CaseState.CLOSED})

TRANSITIONS: Mapping[str, tuple[frozenset[CaseState], CaseState]] = {
    "take": (frozenset({CaseState.WAITING}), CaseState.IN_PROGRESS),
    "release": (frozenset({CaseState.IN_PROGRESS, CaseState.SUPPLEMENT_REQUESTED}), CaseState.WAITING),
    "request_supplement": (frozenset({CaseState.IN_PROGRESS}), CaseState.SUPPLEMENT_REQUESTED),
    "receive_supplement": (frozenset({CaseState.SUPPLEMENT_REQUESTED}), CaseState.IN_PROGRESS),
    "propose": (frozenset({CaseState.IN_PROGRESS}), CaseState.READY_FOR_DECISION),
    "return": (frozenset({CaseState.READY_FOR_DECISION}), CaseState.IN_PROGRESS),
    "grant": (frozenset({CaseState.READY_FOR_DECISION}), CaseState.GRANTED),
    "refuse": (frozenset({CaseState.READY_FOR_DECISION}), CaseState.REFUSED),
    "close": (frozenset({CaseState.WAITING, CaseState.IN_PROGRESS}), CaseState.CLOSED),
}

_SEEN_BY = frozenset({Role.CUSTOMER, Role.OFFICER, Role.DECISION_MAKER, Role.SYSTEM})
_CUSTOMER = frozenset({Role.CUSTOMER})
_OFFICER = frozenset({Role.OFFICER})
_DECISION_MAKER = frozenset({Role.DECISION_MAKER})
_WRITERS = frozenset({Role.CUSTOMER, Role.OFFICER, Role.DECISION_MAKER, Role.SYSTEM})
_NOBODY: frozenset[Role] = frozenset()


def _row(
    upload: frozenset[Role] = _NOBODY,
    take: frozenset[Role] = _NOBODY,
    review: frozenset[Role] = _NOBODY,
    propose: frozenset[Role] = _NOBODY,
    decide: frozenset[Role] = _NOBODY,
) -> Mapping[Permission, frozenset[Role]]:
    return {
        Permission.VIEW: _SEEN_BY,
        Permission.WRITE_MESSAGE: _WRITERS,
        Permission.UPLOAD: upload,
        Permission.TAKE: take,
        Permission.REVIEW: review,
        Permission.PROPOSE: propose,
        Permission.DECIDE: decide,
    }


TABLE: Mapping[CaseState, Mapping[Permission, frozenset[Role]]] = {
    CaseState.WAITING: _row(upload=_CUSTOMER, take=_OFFICER),
    CaseState.IN_PROGRESS: _row(upload=_CUSTOMER, take=_OFFICER, review=_OFFICER, propose=_OFFICER),
    CaseState.SUPPLEMENT_REQUESTED: _row(upload=_CUSTOMER, take=_OFFICER, review=_OFFICER),
    CaseState.READY_FOR_DECISION: _row(decide=_DECISION_MAKER),
    CaseState.GRANTED: _row(),
    CaseState.REFUSED: _row(),
    CaseState.CLOSED: _row(),
}


class ExamResult(StrEnum):
    """How an exam was marked."""

    PASSED = "passed"
    FAILED = "failed"


@dataclass(frozen=True)
class Exam:
    """One marked exam (H49, H165)."""

    marked_on: date
    result: ExamResult
    examiner_id: str
    note: str = ""


def shown_state(state: str) -> str:
    """The word of the field ”Ärende” (H40): ``waiting``, ``handled`` or ``finished``."""
    if state in DECIDED:
        return "finished"
    return "waiting" if state == CaseState.WAITING else "handled"
