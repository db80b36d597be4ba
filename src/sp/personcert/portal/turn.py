"""Whose turn it is, in one line."""

from dataclasses import dataclass

from zope.i18nmessageid import Message

from sp.personcert import _
from sp.personcert.cases.domain import CaseState
from sp.personcert.foundation.clock import today
from sp.personcert.supplements.domain import Request

from .domain import Step
from .queries import Standing

YOUR_TURN = _("turn_yours", default="Det är din tur.")
OUR_TURN = _("turn_ours", default="Det är vår tur.")
THEIR_TURN = _("turn_theirs", default="Kundens tur.")
STAFFS_TURN = _("turn_staff", default="Vår tur.")
FINISHED = _("turn_finished", default="Ärendet är avslutat.")


@dataclass(frozen=True)
class Turn:
    """What the line says, and where it leads: the name of a tab, or ""."""

    who: Message
    what: Message
    tab: str = ""
    link: Message | None = None
    must_act: bool = False
    icon: str = "clock"


UPLOAD = _("link_upload", default="Till Ladda upp intyg")
ARCHIVE = _("link_archive", default="Till Arkiv")
MESSAGES = _("link_messages", default="Till Meddelanden")
SOON = _("turn_soon", default="En handläggare tar snart hand om ditt ärende. Du behöver inte göra något nu.")
EXAM_NEXT = _("turn_exam", default="Handlingarna är godkända. Nu återstår tentamen.")
AWAITS_DECISION = _("turn_decision", default="Ditt ärende väntar på beslut.")
ALL_ANSWERED = _("turn_notify", default="Alla rader har svar. Klicka på MEDDELA OSS när du är klar.")
ONE_ROW = _("turn_one_row", default="En rad under Ladda upp intyg väntar på svar.")
SUPPLEMENT_BY_MESSAGE = _(
    "turn_supplement_message",
    default="Det vi behöver står under Meddelanden. Klicka på MEDDELA OSS när du är klar.",
)
SIGNING = _(
    "turn_signing", default="Vi har beviljat din certifiering. Certifikatet signeras och läggs sedan i Arkiv."
)
GRANTED = _("turn_granted", default="Vi har beviljat din certifiering. Certifikatet ligger i Arkiv.")
REFUSED = _("turn_refused", default="Vi har avslagit din ansökan. Skälet står under Meddelanden.")
CLOSED = _("turn_closed", default="Skriv till oss under Meddelanden om du undrar något.")
NOT_NOTIFIED = _(
    "staff_not_notified", default="Alla rader har svar, men kunden har inte klickat på MEDDELA OSS."
)
STAFF_EXAM = _("staff_exam", default="Alla handlingar är godkända. Tentamen återstår.")
STAFF_DECIDE = _("staff_decide", default="Ärendet väntar på beslut.")
STAFF_PROPOSE = _("staff_propose", default="Föreslå beslut.")
STAFF_ENDED = {
    CaseState.GRANTED.value: _("staff_granted", default="Beviljat, och certifikatet är utfärdat."),
    CaseState.REFUSED.value: _("staff_refused", default="Avslag."),
    CaseState.CLOSED.value: _("staff_closed", default="Utan beslut."),
}


def turn_of_customer(found: Standing, officer: str) -> Turn:
    """What the customer reads."""
    step = found.progress.step
    if step is Step.PAPERS:
        return _customers_papers(found)
    if step is Step.REVIEW and officer and found.state != CaseState.WAITING:
        text = _("turn_review", default="${officer} granskar dina handlingar.", mapping={"officer": officer})
        return Turn(OUR_TURN, text)
    if step is Step.REVIEW:
        return Turn(OUR_TURN, SOON)
    if step is Step.EXAM:
        return Turn(OUR_TURN, EXAM_NEXT, "@@meddelanden", MESSAGES)
    if step is Step.DECISION:
        return Turn(OUR_TURN, AWAITS_DECISION)
    if step is Step.CERTIFICATE:
        return Turn(OUR_TURN, SIGNING)
    return _ended(found.state)


def _customers_papers(found: Standing) -> Turn:
    text = _rows_that_wait(found.progress.open_rows)
    if found.supplement:
        text = _supplement(found.supplement, text or SUPPLEMENT_BY_MESSAGE)
    return Turn(YOUR_TURN, text or ALL_ANSWERED, "@@ladda-upp-intyg", UPLOAD, True, "alert")


def _rows_that_wait(count: int) -> Message | None:
    if count > 1:
        mapping = {"count": count}
        return _("turn_rows", default="${count} rader under Ladda upp intyg väntar på svar.", mapping=mapping)
    return ONE_ROW if count else None


def _supplement(asked: Request, what: Message) -> Message:
    """By when, and what: also when that day has passed."""
    mapping = {"day": asked.answer_by.isoformat(), "what": what}
    if asked.answer_by < today():
        return _(
            "turn_supplement_late",
            default="Sista dagen att komplettera var ${day}. ${what}",
            mapping=mapping,
        )
    return _("turn_supplement", default="Komplettera senast ${day}. ${what}", mapping=mapping)


def _ended(state: str) -> Turn:
    if state == CaseState.GRANTED:
        return Turn(FINISHED, GRANTED, "@@arkiv", ARCHIVE, icon="ok")
    if state == CaseState.REFUSED:
        return Turn(FINISHED, REFUSED, "@@meddelanden", MESSAGES, icon="info")
    return Turn(FINISHED, CLOSED, icon="info")


def turn_of_staff(found: Standing) -> Turn:
    """What officers read."""
    step = found.progress.step
    if step is Step.PAPERS:
        return Turn(THEIR_TURN, _missing_papers(found))
    if step is Step.REVIEW:
        return Turn(STAFFS_TURN, _to_judge(found), must_act=True)
    if step is Step.EXAM:
        return Turn(STAFFS_TURN, STAFF_EXAM, "@@tentamen", _("link_exam", default="Till Tentamen"), True)
    if step is Step.DECISION:
        text = STAFF_DECIDE if found.state == CaseState.READY_FOR_DECISION else STAFF_PROPOSE
        return Turn(STAFFS_TURN, text, "@@beslut", _("link_decision", default="Till Beslut"), True)
    if step is Step.CERTIFICATE:
        return Turn(STAFFS_TURN, _("staff_signing", default="Beviljat. Certifikatet signeras."))
    return Turn(FINISHED, STAFF_ENDED[found.state], icon="ok")


def _missing_papers(found: Standing) -> Message:
    count, asked = found.progress.open_rows, found.supplement
    if asked:
        days = {"requested": asked.requested_at.date().isoformat(), "day": asked.answer_by.isoformat()}
        return _(
            "staff_supplement",
            default="Komplettering begärdes ${requested}. Sista dagen att svara är ${day}.",
            mapping=days,
        )
    if not count:
        return NOT_NOTIFIED
    return _("staff_papers", default="Rader utan godtagbart svar: ${count}.", mapping={"count": count})


def _to_judge(found: Standing) -> Message:
    mapping = {"day": found.case.notified_at.date().isoformat(), "count": found.progress.unjudged_rows}
    return _(
        "staff_review",
        default="Kunden klickade på MEDDELA OSS ${day}. Handlingar att bedöma: ${count}.",
        mapping=mapping,
    )
