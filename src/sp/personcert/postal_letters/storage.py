"""Letters in an annotation of the site, and a list of those that are open, by day.

The list is a set of (from day, created, customer id, letter id): its head has waited longest, and whom a
letter is for is known without loading it.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from BTrees.OOBTree import OOBTree, OOTreeSet
from plone import api
from zope.annotation.interfaces import IAnnotations

from .domain import PostalLetter

KEY = "sp.personcert.postal_letters"
LETTERS, WAITING, BY_CUSTOMER = "letters", "waiting", "by_customer"


class Entry(NamedTuple):
    """One open letter in the list."""

    from_day: str
    created: str
    customer_id: str
    letter_id: str


def find(letter_id: str) -> PostalLetter | None:
    """One letter, or None."""
    tables = _tables()
    return tables[LETTERS].get(letter_id) if tables is not None else None


def due(today: date) -> Iterator[Entry]:
    """What may be printed on a day, the oldest first."""
    tables = _tables()
    if tables is not None:
        last = ((today + timedelta(days=1)).isoformat(),)
        yield from (Entry(*found) for found in tables[WAITING].keys(None, last, excludemax=True))


def open_of(customer_id: str) -> list[PostalLetter]:
    """The open letters of a customer, also those that are held back."""
    tables = _tables()
    if tables is None:
        return []
    found = tables[BY_CUSTOMER].keys((customer_id, ""), (customer_id, "\uffff"))
    return [tables[LETTERS][letter_id] for _customer_id, letter_id in found]


def put(letter: PostalLetter) -> None:
    """Keep a letter as it is now, and let it stand in the list while it is open."""
    tables = _tables(make=True)
    tables[LETTERS][letter.id] = letter
    entry = Entry(letter.from_day.isoformat(), letter.created, letter.customer_id, letter.id)
    for name, found in ((WAITING, tuple(entry)), (BY_CUSTOMER, (letter.customer_id, letter.id))):
        if letter.is_open and found not in tables[name]:
            tables[name].insert(found)
        elif not letter.is_open and found in tables[name]:
            tables[name].remove(found)


def _tables(make: bool = False) -> OOBTree | None:
    annotations = IAnnotations(api.portal.get())
    if make and KEY not in annotations:
        annotations[KEY] = OOBTree({LETTERS: OOBTree(), WAITING: OOTreeSet(), BY_CUSTOMER: OOTreeSet()})
    return annotations.get(KEY)
