"""The handbook's case, judged so far that a supplement can be asked for."""

from datetime import datetime

import pytest

from sp.personcert.checklist import operations as checklist
from sp.personcert.checklist import queries as checklist_queries
from sp.personcert.checklist.domain import Verdict
from sp.personcert.foundation.content import new_id
from sp.personcert.supplements import operations
from sp.personcert.supplements.domain import Item
from tests.supplements.story import MORNING, OLD

WELDING = Item("welding", OLD)


@pytest.fixture
def judged(drillers, acting, at):
    """Every row is answered and told of; Svetsprov is insufficient, the rest is approved."""
    at(datetime(2026, 11, 23, 9, 0))
    with acting("ceper"):
        for row in checklist_queries.rows(drillers):
            if row.is_open:
                checklist.answer_with_reason(drillers, row.slot.key, "Kommer med post.", new_id())
        checklist.notify_us(drillers)
    at(MORNING)
    with acting("handlaggare"):
        for row in checklist_queries.rows(drillers):
            is_old = row.slot.key == "welding"
            verdict = Verdict.INSUFFICIENT if is_old else Verdict.APPROVED
            checklist.judge(drillers, row.slot.key, row.answer.answer_id, verdict, OLD if is_old else "")
    return drillers


@pytest.fixture
def ask(acting):
    """Ask for a supplement as the officer."""

    def do(case, items=(WELDING,), text="", answer_by=None, creation_id="", who="handlaggare"):
        with acting(who):
            return operations.request(case, items, text, answer_by, creation_id or new_id())

    return do


@pytest.fixture
def answer(acting):
    """Answer the row and press MEDDELA OSS as the customer."""

    def do(case, slot="welding"):
        with acting("ceper"):
            if slot:
                checklist.answer_with_reason(case, slot, "Ett nytt kommer.", new_id())
            checklist.notify_us(case)

    return do
