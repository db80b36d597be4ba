"""Opening and handling a case."""

from datetime import date
from typing import Any

from zope.event import notify

from sp.personcert import _
from sp.personcert.foundation import audit, numbers
from sp.personcert.foundation.access import require
from sp.personcert.foundation.clock import now, today
from sp.personcert.foundation.content import add
from sp.personcert.foundation.errors import NotAllowed, Refused
from sp.personcert.foundation.identity import current_user_id
from sp.personcert.foundation.permissions import Permission
from sp.personcert.foundation.transitions import fire, state_of

from . import storage
from .content import Case
from .domain import DECIDED, TRANSITIONS, CaseKind, CaseState, Exam, ExamResult
from .events import CaseTaken
from .queries import WorkList, mine, person_name


def open_case(
    customer: Any,
    certification_type: Any,
    *,
    kind: CaseKind = CaseKind.NEW,
    level_key: str = "",
    case_number: str = "",
    order_number: str = "",
) -> Any:
    """Open a case with the rule of the type as it stands today.

    :param level_key: the level applied for, one of the rule's, or "" when the type has none.
    :param case_number: kept from an earlier system, as is ``order_number``; otherwise the next ones.
    :raises Refused: for a level that the rule does not have.
    """
    require(Permission.OPEN_CUSTOMER, customer)
    rule = certification_type.rule
    if level_key and rule.level(level_key) is None:
        raise Refused(_("refused_level", default="Välj en av typens behörigheter."), "level_key")
    case = Case()
    case.type_id, case.type_title = certification_type.getId(), certification_type.title
    case.rule, case.rule_version = rule, certification_type.version
    case.kind, case.level_key, case.opened_at = kind, level_key, now()
    case.case_number = _number("case", "ca", case_number)
    case.order_number = _number("order", "FX", order_number)
    case = add(customer, case)
    storage.enter(case)
    refile(case)
    audit.record("case.open", case, number=case.case_number)
    return case


def take(case: Any) -> None:
    """Become the officer of the case (H39, H40); also takes it over from a colleague."""
    require(Permission.TAKE, case)
    handle(case)
    case.officer_id, case.officer_name = current_user_id(), person_name(current_user_id())
    if state_of(case) == CaseState.WAITING:
        move(case, "take")
    else:
        refile(case)
    notify(CaseTaken(case))
    audit.record("case.take", case)


def release(case: Any) -> None:
    """Put the case back among those that wait for an officer."""
    require(Permission.TAKE, case)
    if state_of(case) == CaseState.WAITING:
        return
    case.officer_id = case.officer_name = ""
    move(case, "release")
    audit.record("case.release", case)


def record_exam(case: Any, marked_on: date, result: ExamResult, note: str = "") -> None:
    """Record how an exam was marked (H49, H165). The same exam sent twice is recorded once.

    :raises Refused: for a day that has not come yet.
    """
    require(Permission.REVIEW, case)
    if marked_on > today():
        raise Refused(_("refused_exam_future", default="Dagen har inte varit än."), "marked_on")
    exam = Exam(marked_on, result, current_user_id(), note)
    if exam in case.exams:
        return
    case.exams = (*case.exams, exam)
    handle(case)
    audit.record("case.record_exam", case, result=result.value, marked_on=marked_on.isoformat())


def handle(case: Any) -> None:
    """Remember that the person in charge took part, and so may not decide (ISO/IEC 17024, Decision)."""
    if current_user_id() not in case.handled_by:
        case.handled_by = (*case.handled_by, current_user_id())


def mark_notified(case: Any) -> None:
    """The customer has pressed MEDDELA OSS (H132). The calling operation has checked that it may."""
    case.notified_at, case.notice_open, case.armed_again = now(), True, False
    refile(case)


def arm(case: Any) -> None:
    """MEDDELA OSS can be pressed again (H135): more is asked for, so the last notice is dealt with."""
    case.armed_again, case.notice_open = True, False
    refile(case)


def disarm(case: Any, *, unjudged: bool) -> None:
    """Nothing more is asked for: MEDDELA OSS is as it was before.

    :param unjudged: whether an answer still waits for an officer.
    """
    case.armed_again, case.notice_open = False, case.notified_at is not None and unjudged
    refile(case)


def settle_notice(case: Any) -> None:
    """Every answer is judged: the case leaves the list of those who pressed MEDDELA OSS (H160)."""
    case.notice_open = False
    refile(case)


def mark_message(case: Any, *, by_customer: bool) -> None:
    """Keep the list of cases where the customer wrote last (H68)."""
    if by_customer == (case.customer_wrote_at is not None):
        return  # it stands where it should: an object that is not written meets nobody
    case.customer_wrote_at = now() if by_customer else None
    refile(case)


def move(case: Any, transition: str) -> None:
    """Change the state for an operation that has checked its own permission and rule.

    :raises NotAllowed: when the present state does not have the transition.
    """
    if state_of(case) not in TRANSITIONS[transition][0]:
        raise NotAllowed
    fire(case, transition)
    refile(case)


def refile(case: Any) -> None:
    """Let the case stand in the work lists that its state and dates say."""
    state, opened = state_of(case), case.opened_at.isoformat()
    lists = {}
    if state == CaseState.WAITING:
        lists[WorkList.WAITING.value] = opened
    if state == CaseState.READY_FOR_DECISION:
        lists[WorkList.READY.value] = opened
    if case.notice_open and state not in DECIDED | {CaseState.READY_FOR_DECISION}:
        lists[WorkList.NOTIFIED.value] = case.notified_at.isoformat()
    if case.customer_wrote_at:
        lists[WorkList.MESSAGES.value] = case.customer_wrote_at.isoformat()
    if case.officer_id and state not in DECIDED:
        lists[mine(case.officer_id)] = opened
    storage.refile(case, lists)


def _number(series: str, prefix: str, given: str) -> str:
    if given:
        numbers.reserve(series, int(given.removeprefix(prefix)))
        return given
    return f"{prefix}{numbers.allocate(series):06}"
