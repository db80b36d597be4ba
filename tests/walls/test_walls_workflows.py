"""Every workflow has the states that the code names, and no other."""

from enum import StrEnum
from importlib.resources import files

import pytest
from lxml import etree

from sp.personcert.cases.domain import CaseState
from sp.personcert.certificates.domain import CertificateState
from sp.personcert.certification_types.domain import TypeState
from sp.personcert.customers.domain import CustomerState
from sp.personcert.documents.domain.names import DocumentState
from sp.personcert.messages.domain import MessageState

STATES: dict[str, type[StrEnum]] = {
    "personcert_case": CaseState,
    "personcert_certificate": CertificateState,
    "personcert_certification_type": TypeState,
    "personcert_customer": CustomerState,
    "personcert_document": DocumentState,
    "personcert_message": MessageState,
}
FOLDER = files("sp.personcert") / "profiles" / "default" / "workflows"


def test_every_workflow_is_known() -> None:
    assert {found.name for found in FOLDER.iterdir()} == set(STATES)


@pytest.mark.parametrize("name", STATES)
def test_the_definition_has_the_states_of_the_code(name: str) -> None:
    root = etree.fromstring((FOLDER / name / "definition.xml").read_bytes())
    assert {state.get("state_id") for state in root.iter("state")} == set(STATES[name])
    assert root.get("initial_state") in set(STATES[name])


@pytest.mark.wall
@pytest.mark.parametrize("name", STATES)
def test_no_transition_is_open_to_anybody(name: str) -> None:
    """Guarded by the one permission that only the engine's role holds; no bypass for Manager."""
    root = etree.fromstring((FOLDER / name / "definition.xml").read_bytes())
    guards = [[found.text for found in one.iter("guard-permission")] for one in root.findall("transition")]
    assert all(guard == ["sp.personcert: Fire transition"] for guard in guards)
    assert root.get("manager_bypass") == "False"
