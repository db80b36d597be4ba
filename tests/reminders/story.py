"""What happens to a case in the matrix: deeds of people, and the night job without its queue."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from plone import api
from zope.event import notify

from sp.personcert.cases import operations as cases
from sp.personcert.cases.domain import CaseKind
from sp.personcert.certificates import queries as certificates
from sp.personcert.certificates.content import Certificate
from sp.personcert.certificates.events import CertificateChanged
from sp.personcert.certification_types import operations as type_operations
from sp.personcert.certification_types import queries as types
from sp.personcert.checklist import operations as checklist
from sp.personcert.checklist import queries as checklist_queries
from sp.personcert.foundation.content import add, new_id
from sp.personcert.foundation.transitions import fire
from sp.personcert.reminders import operations, queries
from sp.personcert.reminders.domain import Point
from sp.personcert.supplements import operations as supplements
from sp.personcert.supplements.domain import Item
from tests.reminders.promises import NAME

Deed = Callable[[Any, Any], None]


def issued(valid_to: str, valid_from: str = "2024-01-01") -> Deed:
    """A certificate of the case is released."""

    def deed(case, promises):
        made = Certificate()
        made.case_id, made.type_id, made.type_title = case.getId(), case.type_id, case.type_title
        made.number = f"SC{valid_to}"
        made.valid_from, made.valid_to = date.fromisoformat(valid_from), date.fromisoformat(valid_to)
        made = add(case.__parent__, made)
        fire(made, "release")
        notify(CertificateChanged(made))

    return deed


def withdrawn(case, promises):
    """Every certificate of the case's type is withdrawn."""
    status = {"action": None, "review_state": "withdrawn", "actor": "", "comments": "", "time": None}
    for found in certificates.of_customer(case.__parent__):
        if found.type_id == case.type_id:
            tool = api.portal.get_tool("portal_workflow")
            tool.setStatusOf("personcert_certificate", found, status)


def renewal_opened(case, promises):
    """An officer opens a renewal."""
    with api.env.adopt_user(username="handlaggare"):
        cases.open_case(case.__parent__, types.by_id(case.type_id), kind=CaseKind.RENEWAL)


def both(first: Deed, second: Deed) -> Deed:
    """One after the other."""

    def deed(case, promises):
        first(case, promises)
        second(case, promises)

    return deed


def ruled(months: tuple[int, ...], days: tuple[int, ...]) -> Deed:
    """An administrator gives the case's type other leads, and the plan is made anew."""

    def deed(case, promises):
        found = types.by_id(case.type_id)
        rule = replace(found.rule, renewal_lead_months=months, expiry_lead_days=days)
        with api.env.adopt_user(username="administrator"):
            type_operations.change_type(found, found.title, rule)
        operations.replan(type_id=case.type_id)

    return deed


def asked(answer_by: str = "") -> Deed:
    """An officer asks for the first open row."""

    def deed(case, promises):
        slot = next(row.slot.key for row in checklist_queries.rows(case) if row.is_open)
        last = date.fromisoformat(answer_by) if answer_by else None
        with api.env.adopt_user(username="handlaggare"):
            if not case.officer_id:
                cases.take(case)
            supplements.request(case, (Item(slot),), "", last, new_id())

    return deed


def answered(case, promises):
    """The customer answers every row and presses MEDDELA OSS."""
    with api.env.adopt_user(username="ceper"):
        for row in checklist_queries.rows(case):
            if row.is_open:
                checklist.answer_with_reason(case, row.slot.key, "Kommer med post.", new_id())
        checklist.notify_us(case)


def taken_back(case, promises):
    """The officer takes the request back."""
    with api.env.adopt_user(username="handlaggare"):
        supplements.withdraw(case)


def promised(*points: tuple[str, str, str]) -> Deed:
    """The tests' own kind plans these points and no other."""

    def deed(case, promises):
        planned = tuple(Point(period, lead, date.fromisoformat(due)) for period, lead, due in points)
        promises.planned[queries.key_of(case)] = planned
        operations.plan(NAME, case)

    return deed


def kept(case, promises):
    """Nothing is to be said of the case any more, and nobody plans it anew."""
    promises.kept.add(queries.key_of(case))


@dataclass
class Direct:
    """Stands in for the queue: what is queued waits here, once for each key."""

    waiting: list[dict[str, str]] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)

    def task_path(self, content: Any, view_name: str) -> str:
        """The name alone."""
        return view_name

    def add(self, url: str, params: dict[str, str], key: str | None = None) -> None:
        """Queue it."""
        if key not in self.keys:
            self.waiting.append({"view": url, **params})
        if key:
            self.keys.add(key)

    def run(self) -> int:
        """The night job and all that it queues; returns how many points were handled."""
        operations.queue_due()
        handled = 0
        while self.waiting:
            params = self.waiting.pop(0)
            view = params.pop("view")
            if view == operations.SEND:
                operations.send(params["kind"], params["key"], params["period"], params["lead"])
                handled += 1
            elif view == operations.REPLAN:
                operations.replan(params["kind"], params["type"], params.get("after", ""))
            else:
                kind, *entry = (params[name] for name in ("kind", "due", "key", "period", "lead"))
                operations.queue_due(kind, tuple(entry))
        return handled


def at_noon(day: date) -> datetime:
    """When people do something."""
    return datetime(day.year, day.month, day.day, 12, 0)
