"""The one table state × role × action, walked in full through the operations."""

from collections.abc import Callable
from datetime import date, datetime
from importlib.resources import files
from typing import Any

import pytest
import transaction
from lxml import etree
from plone import api
from Products.CMFCore.WorkflowCore import WorkflowException

from sp.personcert.cases import operations as cases
from sp.personcert.cases.domain import TABLE, TRANSITIONS, CaseState, ExamResult
from sp.personcert.checklist import operations as checklist
from sp.personcert.checklist import queries as checklist_queries
from sp.personcert.checklist.domain import Verdict
from sp.personcert.decisions import operations as decisions
from sp.personcert.decisions.domain import Proposal
from sp.personcert.decisions.storage import put
from sp.personcert.foundation.access import may
from sp.personcert.foundation.clock import STOCKHOLM
from sp.personcert.foundation.content import new_id
from sp.personcert.foundation.errors import NotAllowed, Refused
from sp.personcert.foundation.permissions import Permission, Role
from sp.personcert.foundation.transitions import fire, state_of
from sp.personcert.messages import operations as messages

MOMENT = datetime(2026, 11, 24, 9, 0, tzinfo=STOCKHOLM)
PEOPLE = {
    Role.CUSTOMER: "enkel",
    Role.OFFICER: "handlaggare",
    Role.DECISION_MAKER: "beslutsfattare",
    Role.ADMINISTRATOR: "administrator",
    None: "ceper",  # another customer
}
ROUTES = {
    CaseState.WAITING: (),
    CaseState.IN_PROGRESS: ("take",),
    CaseState.SUPPLEMENT_REQUESTED: ("take", "request_supplement"),
    CaseState.READY_FOR_DECISION: ("take", "propose"),
    CaseState.GRANTED: ("take", "propose", "grant"),
    CaseState.REFUSED: ("take", "propose", "refuse"),
    CaseState.CLOSED: ("close",),
}


def _judge(case: Any) -> None:
    answer = checklist_queries.newest(case, "hot_work")
    checklist.judge(case, "hot_work", answer.answer_id if answer else "", Verdict.APPROVED)


ACTIONS: dict[str, tuple[Permission, Callable[[Any], Any]]] = {
    "upload": (
        Permission.UPLOAD,
        lambda case: checklist.answer_with_document(
            case, "hot_work", "a.pdf", b"%PDF-1.4 x", MOMENT, "", new_id()
        ),
    ),
    "give a reason": (
        Permission.UPLOAD,
        lambda case: checklist.answer_with_reason(case, "hot_work", "Kommer", new_id()),
    ),
    "notify": (Permission.UPLOAD, checklist.notify_us),
    "write": (
        Permission.WRITE_MESSAGE,
        lambda case: messages.start(case, "Notering", "Hej", new_id()),
    ),
    "keep a draft": (Permission.WRITE_MESSAGE, lambda case: messages.keep_draft(case, "Hej")),
    "take": (Permission.TAKE, cases.take),
    "release": (Permission.TAKE, cases.release),
    "judge": (Permission.REVIEW, _judge),
    "record an exam": (
        Permission.REVIEW,
        lambda case: cases.record_exam(case, date(2026, 1, 1), ExamResult.PASSED),
    ),
    "propose": (Permission.PROPOSE, lambda case: decisions.propose(case, "ab")),
    "return": (Permission.DECIDE, lambda case: decisions.return_to_officer(case, "Mer")),
    "grant": (Permission.DECIDE, decisions.grant),
    "refuse": (Permission.DECIDE, lambda case: decisions.refuse(case, "Nej")),
}


@pytest.fixture
def case_in(case: Any) -> Callable[[CaseState], Any]:
    """Enkel's case, brought into a state by the workflow alone."""

    def bring(state: CaseState) -> Any:
        found = case("enkel", "brunnsborrare")
        for transition in ROUTES[state]:
            fire(found, transition)
        put(found, "proposal", Proposal("ab", "", "somebody", MOMENT))
        transaction.commit()
        assert state_of(found) == state
        return found

    return bring


@pytest.mark.wall
@pytest.mark.parametrize("state", CaseState)
@pytest.mark.parametrize("role", PEOPLE)
def test_each_permission_is_held_as_the_table_says(case_in: Any, acting: Any, state: Any, role: Any) -> None:
    found = case_in(state)
    with acting(PEOPLE[role]):
        held = {permission for permission in TABLE[state] if may(permission, found)}
    assert held == {permission for permission, roles in TABLE[state].items() if role in roles}


@pytest.mark.wall
@pytest.mark.parametrize("state", CaseState)
@pytest.mark.parametrize("role", PEOPLE)
def test_each_operation_obeys_the_table(case_in: Any, acting: Any, state: Any, role: Any) -> None:
    """Refused with NotAllowed where the table says no; elsewhere it runs or gives a reason of its own."""
    found = case_in(state)
    for action, (permission, operation) in ACTIONS.items():
        allowed = role in TABLE[state][permission]
        with acting(PEOPLE[role]):
            assert _was_admitted(operation, found) == allowed, f"{action} by {role} in {state}"
        transaction.abort()


def _was_admitted(operation: Callable[[Any], Any], case: Any) -> bool:
    try:
        operation(case)
    except NotAllowed:
        return False
    except Refused:
        return True
    return True


@pytest.mark.wall
def test_nobody_fires_a_transition_without_an_operation(case: Any, acting: Any) -> None:
    found, tool = case("enkel", "brunnsborrare"), api.portal.get_tool("portal_workflow")
    for name in PEOPLE.values():
        with acting(name):
            assert not tool.getTransitionsFor(found)
            with pytest.raises(WorkflowException):
                tool.doActionFor(found, "take")
    with api.env.adopt_roles(["Manager"]), pytest.raises(WorkflowException):
        tool.doActionFor(found, "take")


def test_the_workflow_definition_is_the_table() -> None:
    path = files("sp.personcert") / "profiles/default/workflows/personcert_case/definition.xml"
    root = etree.fromstring(path.read_bytes())
    assert {state.get("state_id") for state in root.iter("state")} == set(CaseState)
    for state in root.iter("state"):
        maps = {found.get("name"): {role.text for role in found} for found in state.findall("permission-map")}
        wanted = {str(permission): set(roles) for permission, roles in TABLE[state.get("state_id")].items()}
        assert maps == wanted | {"Access contents information": wanted["View"]}
        exits = {found.get("transition_id") for found in state.findall("exit-transition")}
        assert exits == {
            name for name, (sources, _) in TRANSITIONS.items() if state.get("state_id") in sources
        }
    targets = {found.get("transition_id"): found.get("new_state") for found in root.findall("transition")}
    assert targets == {name: target.value for name, (_, target) in TRANSITIONS.items()}


@pytest.mark.wall
@pytest.mark.parametrize("action", ["take", "judge", "record an exam", "propose"])
def test_nobody_handles_their_own_case(case_in: Any, customer: Any, action: str) -> None:
    """Of staff who are certified themselves, whoever has taken the case."""
    found, user_id = case_in(CaseState.IN_PROGRESS), api.user.get(username="handlaggare").getId()
    customer("enkel").user_id = user_id
    transaction.commit()
    with api.env.adopt_user(username="handlaggare"), pytest.raises(Refused) as refusal:
        ACTIONS[action][1](found)
    assert "rör dig själv" in str(refusal.value.message.default)
