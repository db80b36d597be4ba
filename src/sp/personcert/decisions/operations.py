"""Proposing and deciding."""

from typing import Any

from plone import api
from zope.event import notify

from sp.personcert import _
from sp.personcert.cases import operations as cases
from sp.personcert.customers import queries as customers
from sp.personcert.foundation import audit
from sp.personcert.foundation.access import require
from sp.personcert.foundation.clock import now, today
from sp.personcert.foundation.errors import Refused
from sp.personcert.foundation.identity import current_user_id
from sp.personcert.foundation.permissions import Permission
from sp.personcert.messages import operations as messages
from sp.personcert.messages.domain import MessageType

from . import domain, queries, storage
from .domain import Decision, Proposal
from .events import CaseGranted

LACKING = {
    "answers": _("lacking_answers", default="Alla handlingar måste vara godkända först."),
    "exam": _("lacking_exam", default="Registrera en godkänd tentamen först."),
}
NOT_INDEPENDENT = _(
    "refused_not_independent",
    default="Du har handlagt ärendet och kan därför inte fatta beslutet. En annan beslutsfattare måste göra "
    "det.",
)

OTHER_PROPOSAL = _(
    "refused_other_proposal",
    default="Förslaget har ändrats sedan du öppnade sidan. Läs det som gäller nu och besluta sedan.",
)


def propose(case: Any, level_key: str, note: str = "") -> None:
    """Propose that the case is granted (H166).

    :param level_key: one of the rule's levels; "" when the type has none.
    :raises Refused: while papers or exam are lacking, or for a level that the rule does not have.
    """
    require(Permission.PROPOSE, case)
    cases.handle(case)
    for code in queries.lacking(case):
        raise Refused(LACKING[code])
    if case.rule.levels and case.rule.level(level_key) is None:
        raise Refused(_("refused_no_level", default="Välj behörighet."), "level_key")
    storage.put(case, "proposal", Proposal(level_key, note.strip(), current_user_id(), now()))
    cases.move(case, "propose")
    audit.record("decision.propose", case, level=level_key)


def return_to_officer(case: Any, reason: str, *, seen: str = "") -> None:
    """Send the case back for more handling.

    :param seen: as of ``grant``.
    :raises Refused: without a reason.
    """
    require(Permission.DECIDE, case)
    _check_independent(case)
    _check_seen(case, seen)
    if not reason.strip():
        raise Refused(_("refused_no_return_reason", default="Skriv vad som behöver göras."), "reason")
    storage.put(case, "proposal", None)
    cases.move(case, "return")
    audit.record("decision.return", case, reason=reason.strip())


def grant(case: Any, reason: str = "", *, seen: str = "") -> Decision:
    """Grant what is proposed: the certificate follows (H167).

    :param seen: when the proposal that the person read was made, in ISO 8601; "" to ask for no such proof.
    :raises Refused: when the person in charge handled or examined the case, or read another proposal.
    """
    require(Permission.DECIDE, case)
    _check_independent(case)
    _check_seen(case, seen)
    level_key = storage.proposal(case).level_key
    first = today()
    decision = _decision(
        True, level_key, reason, valid_from=first, valid_to=domain.last_day(first, case.rule.validity_years)
    )
    _decided(case, decision, "grant")
    notify(CaseGranted(case, decision))
    return decision


def refuse(case: Any, reason: str, *, seen: str = "") -> Decision:
    """Refuse the application, with the reason that the customer reads (H55).

    :param seen: as of ``grant``.
    :raises Refused: without a reason, or when the person in charge handled or examined the case.
    """
    require(Permission.DECIDE, case)
    _check_independent(case)
    _check_seen(case, seen)
    if not reason.strip():
        raise Refused(
            _("refused_no_refusal_reason", default="Skriv skälet till avslaget, kunden läser det."), "reason"
        )
    decision = _decision(False, storage.proposal(case).level_key, reason)
    _decided(case, decision, "refuse")
    text = _(
        "text_refused",
        default="Vi har avslagit din ansökan om certifiering som ${title}. Skäl: ${reason}",
        mapping={"title": case.type_title, "reason": decision.reason},
    )
    messages.send_system(case, MessageType.DECISION, text, notice="new_message")
    return decision


def _check_independent(case: Any) -> None:
    if not domain.is_independent(current_user_id(), case.handled_by, customers.above(case).user_id):
        raise Refused(NOT_INDEPENDENT)


def _check_seen(case: Any, seen: str) -> None:
    proposal = storage.proposal(case)
    if seen and (proposal is None or proposal.proposed_at.isoformat() != seen):
        raise Refused(OTHER_PROPOSAL)


def _decision(granted: bool, level_key: str, reason: str, **dates: Any) -> Decision:
    user = api.user.get_current()
    name = user.getProperty("fullname") or user.getUserName()
    return Decision(granted, level_key, reason.strip(), current_user_id(), name, now(), **dates)


def _decided(case: Any, decision: Decision, transition: str) -> None:
    storage.put(case, "decision", decision)
    cases.move(case, transition)
    audit.record(f"decision.{transition}", case, level=decision.level_key)
