"""Finding cases."""

from collections.abc import Iterator
from enum import StrEnum
from itertools import islice
from typing import Any

from plone import api

from sp.personcert.certification_types import queries as types
from sp.personcert.customers import queries as customers
from sp.personcert.foundation.access import may
from sp.personcert.foundation.identity import current_user_id
from sp.personcert.foundation.permissions import Permission

from . import storage
from .interfaces import ICase


class WorkList(StrEnum):
    """The officers' work lists (H160)."""

    NOTIFIED = "notified"
    WAITING = "waiting"
    MESSAGES = "messages"
    READY = "ready"


def mine(officer_id: str) -> str:
    """The name of one officer's own list."""
    return f"officer:{officer_id}"


def person_name(user_id: str) -> str:
    """The name of a member of staff, "" for nobody and for an account that is gone."""
    user = api.user.get(userid=user_id) if user_id else None
    return str(user.getProperty("fullname") or user.getUserName()) if user else ""


def of_customer(customer: Any) -> list[Any]:
    """Every case of a customer, oldest first. The caller has checked that the customer may be seen."""
    found = (child for child in customer.objectValues() if ICase.providedBy(child))
    return sorted(found, key=lambda case: (case.opened_at, case.case_number))


def newest_by_type(customer: Any) -> dict[str, Any]:
    """Certification type id → the newest case of that type (the page of a type shows this one).

    In the order of the types (H32).
    """
    newest = {case.type_id: case for case in of_customer(customer)}
    return dict(sorted(newest.items(), key=lambda item: types.position(item[0])))


def with_number(case_number: str) -> Any | None:
    """The case with a number such as ca555436, unchecked: the caller shows nothing of it without a check."""
    customer_id, case_id = storage.numbers().get(case_number, ("", ""))
    customer = customers.folder()._getOb(customer_id, None) if customer_id else None
    return customer._getOb(case_id, None) if customer is not None else None


def of_same_type(case: Any) -> list[Any]:
    """Every case of the same customer and type, oldest first."""
    return [found for found in of_customer(case.__parent__) if found.type_id == case.type_id]


def work_list(name: str, start: int = 0, size: int = 50) -> list[Any]:
    """A page of a work list, what has waited longest first; only what the person in charge may see."""
    return list(islice(_visible(name), start, start + size))


def length(name: str) -> int:
    """How many cases stand in a work list, without those that are closed to the person in charge."""
    folder = customers.folder()
    closed = [folder._getOb(found, None) for found in customers.closed_to(current_user_id())]
    hidden = [case for customer in closed if customer is not None for case in of_customer(customer)]
    return len(storage.entries(name)) - sum(name in storage.lists_of(case) for case in hidden)


def _visible(name: str) -> Iterator[Any]:
    folder, closed = customers.folder(), customers.closed_to(current_user_id())
    for _moment, customer_id, case_id in storage.entries(name):
        if customer_id in closed:
            continue
        case = folder._getOb(customer_id)._getOb(case_id)
        if may(Permission.VIEW, case):
            yield case
