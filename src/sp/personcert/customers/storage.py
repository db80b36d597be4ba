"""Look-ups of customers by account, number and e-mail, kept in the transaction that writes the customer.

The tables are annotations of the site, which have no address. The one by personnummer is asked for one
number at a time and never listed.
"""

from typing import Any

from BTrees.OOBTree import OOBTree, OOTreeSet
from plone import api
from zope.annotation.interfaces import IAnnotations

from .domain import ClosedRecords

KEY = "sp.personcert.customers"
CLOSED = "sp.personcert.customers.closed"
BY_USER, BY_NUMBER, BY_IDENTITY = "user", "number", "identity"
BY_EMAIL, EMAIL_OF = "email", "email_of"


def table(name: str) -> OOBTree:
    """One of the look-up tables, for reading: value → id of the customer."""
    tables = IAnnotations(api.portal.get()).get(KEY)
    return tables[name] if tables is not None else OOBTree()


def enter(customer: Any) -> None:
    """Put a customer into the tables."""
    annotations = IAnnotations(api.portal.get())
    if KEY not in annotations:
        names = (BY_USER, BY_NUMBER, BY_IDENTITY, EMAIL_OF)
        annotations[KEY] = OOBTree({name: OOBTree() for name in names} | {BY_EMAIL: OOTreeSet()})
    for name, value in _values(customer):
        if value:
            annotations[KEY][name][value] = customer.getId()
    enter_email(customer)


def enter_email(customer: Any) -> None:
    """Let the customer be found by the address in use, and by no earlier one."""
    tables, customer_id = IAnnotations(api.portal.get())[KEY], customer.getId()
    address = customer.email.casefold()
    before = tables[EMAIL_OF].get(customer_id, "")
    if address == before:
        return
    if before:
        tables[BY_EMAIL].remove((before, customer_id))
    if address:
        tables[BY_EMAIL].insert((address, customer_id))
    tables[EMAIL_OF][customer_id] = address


def with_email(address: str) -> list[str]:
    """Ids of the customers whose address in use this is. Several may share one."""
    tables, wanted = IAnnotations(api.portal.get()).get(KEY), address.casefold()
    if tables is None or not wanted:
        return []
    return [customer_id for _address, customer_id in tables[BY_EMAIL].keys((wanted,), (wanted, "\uffff"))]


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
