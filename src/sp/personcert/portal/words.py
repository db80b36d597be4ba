"""The words for where a case stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from zope.i18nmessageid import Message

from sp.personcert import _
from sp.personcert.cases.domain import DECIDED, CaseState
from sp.personcert.certificates.domain import Status

from .domain import Step
from .queries import Standing

STEP_WORDS: Mapping[Step, Message] = {
    Step.APPLICATION: _("step_application", default="Ansökan"),
    Step.PAPERS: _("step_papers", default="Handlingar"),
    Step.REVIEW: _("step_review", default="Granskning"),
    Step.EXAM: _("step_exam", default="Tentamen"),
    Step.DECISION: _("step_decision", default="Beslut"),
    Step.CERTIFICATE: _("step_certificate", default="Certifikat"),
}
CASE_WORDS: Mapping[str, Message] = {
    "waiting": _("case_waiting", default="väntar på handläggare"),
    "handled": _("case_handled", default="behandlas"),
    "finished": _("case_finished", default="avslutat"),
}
EXAM_WORDS: Mapping[str, Message] = {
    "passed": _("exam_passed_lower", default="godkänd"),
    "failed": _("exam_failed_lower", default="underkänd"),
}


@dataclass(frozen=True)
class Badge:
    """A state as icon and word."""

    word: Message
    icon: str
    tone: str = ""


BY_STATUS: Mapping[Status, Badge] = {
    Status.NOT_ISSUED: Badge(_("status_signing", default="Certifikatet signeras"), "clock", "info"),
    Status.NOT_YET: Badge(_("status_not_yet", default="Gäller inte än"), "clock", "info"),
    Status.VALID: Badge(_("status_valid", default="Gäller"), "ok", "ok"),
    Status.SUSPENDED: Badge(_("status_suspended", default="Tillfälligt återkallat"), "stop", "stop"),
    Status.WITHDRAWN: Badge(_("status_withdrawn", default="Återkallat"), "stop", "stop"),
    Status.EXPIRED: Badge(_("status_expired", default="Har gått ut"), "stop"),
    Status.REPLACED: Badge(_("status_replaced", default="Ersatt"), "none"),
}
ENDS_SOON = Badge(_("status_ends_soon", default="Går ut snart"), "clock", "wait")
SUPPLEMENT = Badge(_("status_supplement", default="Komplettera"), "alert", "wait")
SEND_PAPERS = Badge(_("status_send_papers", default="Skicka in handlingar"), "alert", "wait")
WAITING = Badge(_("status_waiting", default="Väntar på handläggare"), "clock", "info")
REFUSED = Badge(_("status_refusal", default="Avslag"), "stop")
CLOSED = Badge(_("status_closed", default="Avslutat"), "none")
BY_STEP: Mapping[Step, Badge] = {
    Step.REVIEW: Badge(_("status_review", default="Granskas"), "clock", "info"),
    Step.EXAM: Badge(_("status_exam", default="Tentamen återstår"), "clock", "info"),
    Step.DECISION: Badge(_("status_decision", default="Väntar på beslut"), "clock", "info"),
}


def badge(found: Standing, today: date) -> Badge:
    """What the list of certifications says of one: the open case first, else the certificate."""
    if found.state not in DECIDED:
        return _of_open_case(found)
    if found.status is None:
        return REFUSED if found.state == CaseState.REFUSED else CLOSED
    lead = max(found.case.rule.renewal_lead_months, default=0)
    if found.status is Status.VALID and _months_left(found, today) < lead:
        return ENDS_SOON
    return BY_STATUS[found.status]


def _of_open_case(found: Standing) -> Badge:
    step = found.progress.step
    if step is Step.PAPERS:
        return SUPPLEMENT if found.supplement else SEND_PAPERS
    return WAITING if found.state == CaseState.WAITING else BY_STEP[step or Step.REVIEW]


def _months_left(found: Standing, today: date) -> int:
    last = found.certificate.valid_to
    months = (last.year - today.year) * 12 + last.month - today.month
    return months - 1 if last.day < today.day else months
