"""Whose turn it is, in one line."""

from dataclasses import dataclass

from zope.i18nmessageid import Message

from sp.personcert import _
from sp.personcert.cases.domain import CaseState

from .domain import Step, is_customers_turn
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


def turn_of_customer(found: Standing, officer: str) -> Turn:
    """What the customer reads."""
    if found.progress.step is Step.PAPERS:
        return _customers_papers(found)
    if found.progress.step is Step.REVIEW:
        if found.state == CaseState.WAITING or not officer:
            text = _(
                "turn_soon",
                default="En handläggare tar snart hand om ditt ärende. Du behöver inte göra något nu.",
            )
            return Turn(OUR_TURN, text)
        text = _("turn_review", default="${officer} granskar dina handlingar.", mapping={"officer": officer})
        return Turn(OUR_TURN, text)
    if found.progress.step is Step.EXAM:
        text = _("turn_exam", default="Handlingarna är godkända. Nu återstår tentamen.")
        return Turn(OUR_TURN, text, "@@meddelanden", MESSAGES)
    if found.progress.step is Step.DECISION:
        return Turn(OUR_TURN, _("turn_decision", default="Ditt ärende väntar på beslut."))
    return _ended(found)


def _customers_papers(found: Standing) -> Turn:
    count = found.progress.open_rows
    if not count:
        text = _("turn_notify", default="Alla rader har svar. Klicka på MEDDELA OSS när du är klar.")
    elif count == 1:
        text = _("turn_one_row", default="En rad under Ladda upp intyg väntar på svar.")
    else:
        text = _(
            "turn_rows",
            default="${count} rader under Ladda upp intyg väntar på svar.",
            mapping={"count": count},
        )
    return Turn(YOUR_TURN, text, "@@ladda-upp-intyg", UPLOAD, True, "alert")


def _ended(found: Standing) -> Turn:
    if found.progress.step is Step.CERTIFICATE:
        text = _(
            "turn_signing",
            default="Vi har beviljat din certifiering. Certifikatet signeras och läggs sedan i Arkiv.",
        )
        return Turn(OUR_TURN, text)
    if found.state == CaseState.GRANTED:
        text = _("turn_granted", default="Vi har beviljat din certifiering. Certifikatet ligger i Arkiv.")
        return Turn(FINISHED, text, "@@arkiv", ARCHIVE, icon="ok")
    if found.state == CaseState.REFUSED:
        text = _("turn_refused", default="Vi har avslagit din ansökan. Skälet står under Meddelanden.")
        return Turn(FINISHED, text, "@@meddelanden", MESSAGES, icon="info")
    return Turn(
        FINISHED,
        _("turn_closed", default="Skriv till oss under Meddelanden om du undrar något."),
        icon="info",
    )


def turn_of_staff(found: Standing) -> Turn:
    """What officers read."""
    step, case = found.progress.step, found.case
    if is_customers_turn(step):
        text = _(
            "staff_papers",
            default="Rader utan godtagbart svar: ${count}.",
            mapping={"count": found.progress.open_rows},
        )
        if not found.progress.open_rows:
            text = _(
                "staff_not_notified",
                default="Alla rader har svar, men kunden har inte klickat på MEDDELA OSS.",
            )
        return Turn(THEIR_TURN, text)
    if step is Step.REVIEW:
        mapping = {"day": case.notified_at.date().isoformat(), "count": found.progress.unjudged_rows}
        text = _(
            "staff_review",
            default="Kunden klickade på MEDDELA OSS ${day}. Handlingar att bedöma: ${count}.",
            mapping=mapping,
        )
        return Turn(STAFFS_TURN, text, must_act=True)
    if step is Step.EXAM:
        text = _("staff_exam", default="Alla handlingar är godkända. Tentamen återstår.")
        return Turn(STAFFS_TURN, text, "@@tentamen", _("link_exam", default="Till Tentamen"), True)
    if step is Step.DECISION:
        ready = found.state == CaseState.READY_FOR_DECISION
        text = (
            _("staff_decide", default="Ärendet väntar på beslut.")
            if ready
            else _("staff_propose", default="Föreslå beslut.")
        )
        return Turn(STAFFS_TURN, text, "@@beslut", _("link_decision", default="Till Beslut"), True)
    return _ended_for_staff(found)


def _ended_for_staff(found: Standing) -> Turn:
    if found.progress.step is Step.CERTIFICATE:
        return Turn(STAFFS_TURN, _("staff_signing", default="Beviljat. Certifikatet signeras."))
    words = {
        CaseState.GRANTED.value: _("staff_granted", default="Beviljat, och certifikatet är utfärdat."),
        CaseState.REFUSED.value: _("staff_refused", default="Avslag."),
        CaseState.CLOSED.value: _("staff_closed", default="Utan beslut."),
    }
    return Turn(FINISHED, words[found.state], icon="ok")
