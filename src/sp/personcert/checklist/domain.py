"""Answers and verdicts: plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sp.personcert.certification_types.domain import Rule, Slot


class Verdict(StrEnum):
    """How an answer was judged."""

    APPROVED = "approved"
    INSUFFICIENT = "insufficient"


@dataclass(frozen=True)
class Answer:
    """One answer to a slot: a document, or a reason why there is none (H123)."""

    answer_id: str
    answered_at: datetime
    answered_by: str
    document_id: str = ""
    reason: str = ""
    verdict: Verdict | None = None
    verdict_reason: str = ""
    judged_by: str = ""
    judged_at: datetime | None = None


@dataclass(frozen=True)
class Row:
    """A slot with the answer that counts, the newest, or None (H131)."""

    slot: Slot
    answer: Answer | None

    @property
    def is_open(self) -> bool:
        """Whether the customer must do something: nothing answered, or judged as insufficient."""
        return self.answer is None or self.answer.verdict is Verdict.INSUFFICIENT

    @property
    def is_unjudged(self) -> bool:
        """Whether an officer must do something."""
        return self.answer is not None and self.answer.verdict is None


def rows(rule: Rule, answers: Mapping[str, Answer]) -> tuple[Row, ...]:
    """One row for each slot, in the order of the rule."""
    return tuple(Row(slot, answers.get(slot.key)) for slot in rule.slots)


def unanswered(found: tuple[Row, ...]) -> tuple[Slot, ...]:
    """The mandatory slots that wait for the customer (H134)."""
    return tuple(row.slot for row in found if row.is_open and row.slot.mandatory)


def unjudged(found: tuple[Row, ...]) -> tuple[Slot, ...]:
    """The slots whose answer waits for an officer."""
    return tuple(row.slot for row in found if row.is_unjudged)


def all_approved(found: tuple[Row, ...]) -> bool:
    """Whether every mandatory slot is approved and no other answer waits."""
    return not unanswered(found) and not unjudged(found)
