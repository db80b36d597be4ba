"""Reading the checklist. The caller has checked that the case may be seen."""

from typing import Any

from sp.personcert.documents import queries as documents

from . import domain, storage
from .domain import Answer, Row, Verdict


def rows(case: Any) -> tuple[Row, ...]:
    """One row for each slot of the case's rule, with the answer that counts."""
    found = {slot.key: answer for slot in case.rule.slots if (answer := newest(case, slot.key))}
    return domain.rows(case.rule, found)


def newest(case: Any, slot_key: str) -> Answer | None:
    """The answer that counts: the newest one, or a shared document that was sent before (H77, H139)."""
    given = storage.answers(case, slot_key)
    return given[-1] if given else _from_shared(case, slot_key)


def document_of(case: Any, answer: Answer) -> Any | None:
    """The document of an answer, or None when it was answered with a reason."""
    return documents.by_id(case, answer.document_id) if answer.document_id else None


def may_notify(case: Any) -> bool:
    """Whether MEDDELA OSS is armed: not pressed yet (H133), or more is asked for since (H135)."""
    if case.notified_at is None or case.armed_again:
        return True
    return any(
        answer.verdict is Verdict.INSUFFICIENT and answer.judged_at > case.notified_at
        for slot in case.rule.slots
        for answer in storage.answers(case, slot.key)
    )


def _from_shared(case: Any, slot_key: str) -> Answer | None:
    slot = case.rule.slot(slot_key)
    if slot is None or not slot.shared:
        return None
    for document in documents.shared_documents(case.__parent__):
        if document.slot_key == slot_key:
            return Answer(document.getId(), document.archived_at, document.added_by, document.getId())
    return None
