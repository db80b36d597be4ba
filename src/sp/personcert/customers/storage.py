"""Look-ups of customers by account and by number, kept in the transaction that writes the customer."""

from typing import Any

from BTrees.OOBTree import OOBTree
from plone import api
from zope.annotation.interfaces import IAnnotations

KEY = "sp.personcert.customers"
BY_USER, BY_NUMBER, BY_IDENTITY = "user", "number", "identity"


def table(name: str) -> OOBTree:
    """One of the look-up tables: value → id of the customer."""
    tables = IAnnotations(api.portal.get())
    if KEY not in tables:
        tables[KEY] = OOBTree({BY_USER: OOBTree(), BY_NUMBER: OOBTree(), BY_IDENTITY: OOBTree()})
    return tables[KEY][name]


def enter(customer: Any) -> None:
    """Put a customer into the tables."""
    for name, value in _values(customer):
        if value:
            table(name)[value] = customer.getId()


def _values(customer: Any) -> tuple[tuple[str, str], ...]:
    return (
        (BY_USER, customer.user_id),
        (BY_NUMBER, customer.customer_number),
        (BY_IDENTITY, customer.personal_identity_number),
    )
