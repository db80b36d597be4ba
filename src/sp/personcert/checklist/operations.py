"""Answering, telling that one is ready, and judging."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from zope.event import notify

from sp.personcert import _
from sp.personcert.cases import operations as cases
from sp.personcert.certification_types.domain import Slot
from sp.personcert.documents import operations as documents
from sp.personcert.foundation import audit
from sp.personcert.foundation.access import require
from sp.personcert.foundation.clock import now
from sp.personcert.foundation.errors import Refused
from sp.personcert.foundation.identity import current_user_id
from sp.personcert.foundation.permissions import Permission
from sp.personcert.messages import operations as messages
from sp.personcert.messages.domain import MessageType

from . import domain, queries, storage
from .domain import Answer, Verdict
from .events import CustomerNotified

NOTIFIED_TEXT = _(
    "text_notified", default="Du har meddelat oss att dina handlingar är inskickade. Nu granskar vi dem."
)


def answer_with_document(
    case: Any, slot_key: str, file_name: str, data: bytes, stamp: datetime, note: str, creation_id: str
) -> Any:
    """Upload a document for a slot (H116–H131); gives the document.

    :raises Refused: for an unknown slot, or a file that cannot be taken in.
    """
    require(Permission.UPLOAD, case)
    slot = _slot(case, slot_key)
    document = documents.add_upload(case, slot, file_name, data, stamp, note, creation_id)
    _answer(case, slot, Answer(creation_id, now(), current_user_id(), document_id=document.getId()))
    return document


def answer_with_reason(case: Any, slot_key: str, reason: str, creation_id: str) -> None:
    """Tell that and why a document is missing (H123).

    :raises Refused: for an unknown slot or without a reason.
    """
    require(Permission.UPLOAD, case)
    slot = _slot(case, slot_key)
    if not reason.strip():
        raise Refused(
            _("refused_no_reason", default="Skriv varför dokumentet inte kan laddas upp."), "reason"
        )
    _answer(case, slot, Answer(creation_id, now(), current_user_id(), reason=reason.strip()))


def notify_us(case: Any) -> None:
    """MEDDELA OSS (H132, H133): once, however often it is pressed, until something new is asked for.

    :raises Refused: when slots are unanswered; it names them (H134).
    """
    require(Permission.UPLOAD, case)
    if not queries.may_notify(case):
        return
    if missing := domain.unanswered(queries.rows(case)):
        raise Refused(
            _(
                "refused_unanswered",
                default="De här raderna väntar på svar: ${titles}. Ladda upp, eller meddela varför "
                "dokumentet saknas.",
                mapping={"titles": ", ".join(slot.title for slot in missing)},
            ),
        )
    cases.mark_notified(case)
    notify(CustomerNotified(case))
    messages.send_system(case, MessageType.NOTE, NOTIFIED_TEXT)
    audit.record("checklist.notify", case)


def judge(case: Any, slot_key: str, answer_id: str, verdict: Verdict, reason: str = "") -> None:
    """Judge the answer that counts.

    :param answer_id: the answer that the officer saw; a newer one is not judged unseen.
    :raises Refused: when it is not the newest any more, or insufficient without a reason.
    """
    require(Permission.REVIEW, case)
    cases.handle(case)
    slot = _slot(case, slot_key)
    answer = queries.newest(case, slot.key)
    if answer is None or answer.answer_id != answer_id:
        raise Refused(_("refused_newer_answer", default="Kunden har skickat ett nyare svar. Läs det först."))
    if verdict is Verdict.INSUFFICIENT and not reason.strip():
        raise Refused(
            _("refused_no_verdict_reason", default="Skriv vad som saknas, kunden ser det."), "reason"
        )
    judged = replace(
        answer,
        verdict=verdict,
        verdict_reason=reason.strip(),
        judged_by=current_user_id(),
        judged_at=now(),
    )
    earlier = tuple(one for one in storage.answers(case, slot.key) if one.answer_id != answer_id)
    storage.put(case, slot.key, (*earlier, judged))
    if not domain.unjudged(queries.rows(case)):
        cases.settle_notice(case)
    audit.record("checklist.judge", case, slot=slot.key, verdict=verdict.value)


def _slot(case: Any, slot_key: str) -> Slot:
    slot = case.rule.slot(slot_key)
    if slot is None:
        raise Refused(_("refused_unknown_slot", default="Det dokumentet begärs inte i ärendet."), "slot")
    return slot


def _answer(case: Any, slot: Slot, answer: Answer) -> None:
    given = storage.answers(case, slot.key)
    if any(one.answer_id == answer.answer_id for one in given):
        return
    storage.put(case, slot.key, (*given, answer))
    audit.record("checklist.answer", case, slot=slot.key)
