"""Where a case stands on its way, and whose turn it is: read off plain values."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sp.personcert.cases.domain import DECIDED, CaseState
from sp.personcert.checklist.domain import Row, all_approved, unanswered, unjudged


class Step(StrEnum):
    """The steps of a case, in order."""

    APPLICATION = "application"
    PAPERS = "papers"
    REVIEW = "review"
    EXAM = "exam"
    DECISION = "decision"
    CERTIFICATE = "certificate"


STEPS = tuple(Step)


@dataclass(frozen=True)
class Facts:
    """What the step follows from."""

    state: str
    rows: tuple[Row, ...]
    is_notified: bool
    exam_missing: bool
    is_released: bool = False
    supplement_open: bool = False


@dataclass(frozen=True)
class Progress:
    """The step that a case stands at, None when all is done or it ended; how many rows wait for whom."""

    step: Step | None
    open_rows: int
    unjudged_rows: int

    @property
    def done(self) -> Sequence[Step]:
        """The steps before the present one."""
        return STEPS if self.step is None else STEPS[: STEPS.index(self.step)]


def progress(facts: Facts) -> Progress:
    """The step that the case stands at."""
    return Progress(_step(facts), len(unanswered(facts.rows)), len(unjudged(facts.rows)))


def _step(facts: Facts) -> Step | None:
    if facts.state in DECIDED:
        waits = facts.state == CaseState.GRANTED and not facts.is_released
        return Step.CERTIFICATE if waits else None
    if facts.state == CaseState.READY_FOR_DECISION:
        return Step.DECISION
    if facts.supplement_open:
        return Step.PAPERS
    if all_approved(facts.rows):
        return Step.EXAM if facts.exam_missing else Step.DECISION
    if unanswered(facts.rows) or not facts.is_notified:
        return Step.PAPERS
    return Step.REVIEW
