"""Every deed that the code records has a word."""

import ast

import pytest

from sp.personcert.portal.trail.actions import ACTIONS
from tests.architecture.sources import modules, report

PREFIXED = {"note": "account."}  # accounts/operations/entries.py
LISTED = {
    "account.logged_in",
    "account.login_failed",
    "account.throttled",
    "account.logged_out",
    "account.password_changed",
    "account.reset_asked",
    "account.link_used",
    "account.factor_enrolled",
    "account.factor_reset",
    "account.opened",
    "account.disabled",
    "account.enabled",
    "account.session_ended",
    "customer.identity_number_opened",
    "customer.identity_protected",
    "customer.records_closed",
    "documents.downloaded",
    "decision.grant",
    "decision.refuse",
}


def recorded():
    """(code, place) of every call that names its deed."""
    for module in modules():
        for node in ast.walk(module.tree):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            first = node.args[0]
            if called in {"record", "note"} and isinstance(first, ast.Constant):
                yield f"{PREFIXED.get(called, '')}{first.value}", f"{module.where}:{node.lineno}"


@pytest.mark.handbook("H178")
def test_every_recorded_deed_has_a_word():
    found = [f"{place} {code}" for code, place in recorded() if code not in ACTIONS]
    assert len(list(recorded())) > 20
    assert not found, report("portal/trail/actions.py has a word for every code.", found)


@pytest.mark.handbook("H178")
def test_the_deeds_of_accounts_and_customers_have_words():
    assert ACTIONS.keys() >= LISTED


def test_no_two_deeds_have_the_same_word():
    defaults = [word.default for word in ACTIONS.values()]
    assert len(set(defaults)) == len(defaults)
