"""Asking for a supplement, taking it back, and receiving the answer."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sp.personcert import _
from sp.personcert.cases import operations as cases
from sp.personcert.cases.domain import CaseState
from sp.personcert.cases.queries import person_name
from sp.personcert.checklist import domain as checklist_domain
from sp.personcert.checklist import queries as checklist
from sp.personcert.customers import queries as customers
from sp.personcert.foundation import audit, mail
from sp.personcert.foundation.access import require
from sp.personcert.foundation.clock import now, today
from sp.personcert.foundation.content import new_id
from sp.personcert.foundation.errors import Refused
from sp.personcert.foundation.identity import current_user_id
from sp.personcert.foundation.permissions import Permission
from sp.personcert.foundation.texts import cleaned, filled, one_line, text_of
from sp.personcert.foundation.transitions import state_of
from sp.personcert.messages import operations as messages
from sp.personcert.messages.domain import MessageType
from sp.personcert.reminders import operations as reminders

from . import queries, storage
from .domain import Item, Request
from .texts import REQUEST_MESSAGE, WITHDRAWN_MESSAGE, fields

REMINDER = "supplement"
LONGEST = timedelta(days=730)
ALREADY_OPEN = _(
    "refused_supplement_open",
    default="Kunden har redan en begäran som inte är besvarad. Ta tillbaka den först.",
)
NOTHING_ASKED = _("refused_supplement_empty", default="Välj minst en rad, eller skriv vad som behövs.")
ANSWERED = _("refused_supplement_answered", default="Kunden har redan svarat på begäran.")
OTHER_REQUEST = _(
    "refused_other_supplement",
    default="Begäran har ändrats sedan du öppnade sidan. Läs det som gäller nu.",
)
BAD_DAY = _("refused_supplement_day", default="Välj en dag från och med i dag och högst två år framåt.")


def request(
    case: Any, items: Sequence[Item], text: str, answer_by: date | None = None, creation_id: str = ""
) -> Request:
    """Ask the customer for what is missing (H136, H163): message, notice, deadline and reminder in one.

    The customer can press MEDDELA OSS again (H135).

    :param items: rows that are unanswered or judged as insufficient. A wish becomes one line, so that
        none looks like a row of its own.
    :param answer_by: the last day; None takes as many days as the type says.
    :param creation_id: the id of the request and of its message; sending the form again finds it.
    :raises Refused: for nothing asked, a row that is not open, a day out of bounds, or while another
        request waits.
    """
    require(Permission.REVIEW, case)
    if found := queries.with_id(case, creation_id):
        return found
    if queries.open_request(case):
        raise Refused(ALREADY_OPEN)
    asked = _request(case, items, cleaned(text), answer_by, creation_id or new_id())
    _say(case, REQUEST_MESSAGE, asked, asked.request_id)
    cases.handle(case)
    storage.put(case, asked)
    cases.arm(case)
    cases.move(case, "request_supplement")
    mail.queue_notice(customers.above(case), "supplement_requested")
    reminders.plan(REMINDER, case)
    audit.record("supplement.request", case, answer_by=asked.answer_by.isoformat())
    return asked


def withdraw(case: Any, creation_id: str = "", *, seen: str = "") -> None:
    """Take the open request back: nothing is waited for, and the customer is told.

    :param creation_id: the id of the message that tells it.
    :param seen: the id of the request that the person read; "" to ask for no such proof.
    :raises Refused: when that request was answered, or another is open by now.
    """
    require(Permission.REVIEW, case)
    found = queries.open_request(case)
    _check_seen(case, found, seen)
    if found is None:
        return
    cases.handle(case)
    storage.put(case, replace(found, withdrawn_at=now()))
    cases.disarm(case, unjudged=bool(checklist_domain.unjudged(checklist.rows(case))))
    cases.move(case, "receive_supplement")
    _say(case, WITHDRAWN_MESSAGE, found, creation_id or new_id())
    mail.queue_notice(customers.above(case), "new_message")
    reminders.plan(REMINDER, case)
    audit.record("supplement.withdraw", case)


def receive(case: Any) -> None:
    """The customer has pressed MEDDELA OSS: what was asked for is answered (H135)."""
    found = queries.open_request(case)
    if state_of(case) == CaseState.SUPPLEMENT_REQUESTED:
        cases.move(case, "receive_supplement")
    if found is None:
        return
    storage.put(case, replace(found, answered_at=now()))
    reminders.plan(REMINDER, case)
    audit.record("supplement.answer", case)


def resume(case: Any) -> None:
    """Somebody took a case that was given back while a request was open: it waits for the customer."""
    if queries.open_request(case) and state_of(case) == CaseState.IN_PROGRESS:
        cases.move(case, "request_supplement")


def _request(case: Any, items: Sequence[Item], text: str, answer_by: date | None, request_id: str) -> Request:
    if not items and not text:
        raise Refused(NOTHING_ASKED, "items")
    open_rows = {row.slot.key: row.is_open for row in checklist.rows(case)}
    for item in items:
        _check(case, item, open_rows)
    default = queries.default_day(case)
    last = answer_by or default
    if not today() <= last <= today() + LONGEST:
        raise Refused(BAD_DAY, "answer_by")
    asked = tuple(Item(item.slot_key, one_line(item.wish)) for item in items)
    name, user_id = person_name(current_user_id()), current_user_id()
    return Request(request_id, now(), user_id, name, asked, text, last, is_day_chosen=last != default)


def _check(case: Any, item: Item, open_rows: Mapping[str, bool]) -> None:
    if item.slot_key not in open_rows:
        raise Refused(_("refused_unknown_slot", default="Det dokumentet begärs inte i ärendet."), "items")
    if not open_rows[item.slot_key]:
        title = case.rule.slot(item.slot_key).title
        raise Refused(
            _(
                "refused_supplement_row",
                default="Kunden har svarat på ${title}. Bedöm svaret först: bara det som saknas eller inte "
                "är godkänt kan begäras.",
                mapping={"title": title},
            ),
            "items",
        )


def _check_seen(case: Any, found: Request | None, seen: str) -> None:
    read = queries.with_id(case, seen) if seen else None
    if read and read.answered_at:
        raise Refused(ANSWERED)
    if seen and found and found.request_id != seen:
        raise Refused(OTHER_REQUEST)


def _say(case: Any, kind: str, asked: Request, message_id: str) -> None:
    """Write to the customer, in their language and from the officer."""
    said = filled(text_of(kind, customers.above(case).customer_language), fields(case, asked))
    messages.start(case, MessageType.SUPPLEMENT, said.body, message_id, notice=False, from_draft=False)
