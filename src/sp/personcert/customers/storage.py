"""Look-ups of customers by account and by number, kept in the transaction that writes the customer.

The tables are annotations of the site, which have no address. The one by personnummer is asked for one
number at a time and never listed.
"""

from typing import Any

from BTrees.OOBTree import OOBTree
from plone import api
from zope.annotation.interfaces import IAnnotations

from .domain import ClosedRecords

KEY = "sp.personcert.customers"
CLOSED = "sp.personcert.customers.closed"
BY_USER, BY_NUMBER, BY_IDENTITY = "user", "number", "identity"


def table(name: str) -> OOBTree:
    """One of the look-up tables, for reading: value → id of the customer."""
    tables = IAnnotations(api.portal.get()).get(KEY)
    return tables[name] if tables is not None else OOBTree()


def enter(customer: Any) -> None:
    """Put a customer into the tables."""
    annotations = IAnnotations(api.portal.get())
    if KEY not in annotations:
        annotations[KEY] = OOBTree({BY_USER: OOBTree(), BY_NUMBER: OOBTree(), BY_IDENTITY: OOBTree()})
    for name, value in _values(customer):
        if value:
            annotations[KEY][name][value] = customer.getId()


def closed(user_id: str) -> ClosedRecords:
    """The records that are closed to a member of the staff by an administrator's word."""
    tables = IAnnotations(api.portal.get())
    return tables[CLOSED].get(user_id, ClosedRecords()) if CLOSED in tables else ClosedRecords()


def close(user_id: str, records: ClosedRecords) -> None:
    """Close these records and no other to a member of the staff."""
    tables = IAnnotations(api.portal.get())
    if CLOSED not in tables:
        tables[CLOSED] = OOBTree()
    if records.ids:
        tables[CLOSED][user_id] = records
    else:
        tables[CLOSED].pop(user_id, None)


def _values(customer: Any) -> tuple[tuple[str, str], ...]:
    return (
        (BY_USER, customer.user_id),
        (BY_NUMBER, customer.customer_number),
        (BY_IDENTITY, customer.personal_identity_number),
    )
