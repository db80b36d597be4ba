"""The list of letters by post, as far as the person in charge may see the customers."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from sp.personcert.customers import queries as customers
from sp.personcert.customers.domain import postal_lines
from sp.personcert.foundation.access import closed_records, may
from sp.personcert.foundation.clock import today
from sp.personcert.foundation.pdf import fonts
from sp.personcert.foundation.permissions import Permission
from sp.personcert.foundation.texts import kinds

from . import storage
from .domain import Obstacle, PostalLetter

FONT = fonts.SANS
LOOKED_AT = 200


@dataclass(frozen=True)
class Listed:
    """A letter with its customer, and what stands in the way of printing it."""

    letter: PostalLetter
    customer: Any
    obstacle: Obstacle | None


def waiting(day: date, start: int = 0, size: int = 50) -> list[Listed]:
    """A page of what is to be printed or ticked off on a day, what has waited longest first.

    Customers closed to the person, and protected identities that somebody else is named for, are left out.
    """
    return list(islice(_visible(day), start, start + size))


def find(letter_id: str) -> Listed | None:
    """One letter of the list, None for what the person may not see or what is not open."""
    letter = storage.find(letter_id)
    if letter is None or not letter.is_open or not letter.is_due(today()):
        return None
    customer = _customer(letter.customer_id)
    return _listed(letter, customer) if customer is not None and _is_theirs(customer) else None


def count(day: date) -> int:
    """How many letters of customers that are not closed to the person wait on a day; cheap."""
    closed = closed_records()
    return sum(entry.customer_id not in closed for entry in storage.due(day))


def for_others(day: date) -> int:
    """How many letters to protected identities wait for officers who are named, the person not being one.

    Only the oldest letters are looked at: each costs a customer to load.
    """
    found = [_customer(entry.customer_id) for entry in islice(storage.due(day), LOOKED_AT)]
    return sum(
        customer is not None and may(Permission.POST_LETTERS, customer) and not _is_theirs(customer)
        for customer in found
    )


def obstacle(customer: Any) -> Obstacle | None:
    """What stands in the way of a letter to a customer."""
    lines = postal_lines(customer.person, customer.company)
    if not lines:
        return Obstacle.NO_ADDRESS
    written = unicodedata.normalize("NFC", "".join(lines))
    return Obstacle.UNKNOWN_SIGNS if fonts.missing_letters(written, FONT) else None


def has_texts(letter: PostalLetter) -> bool:
    """Whether every kind of text that it tells is still registered."""
    return {kind.name for kind in kinds()}.issuperset(letter.kinds)


def _visible(day: date) -> Iterator[Listed]:
    for entry in storage.due(day):
        customer, letter = _customer(entry.customer_id), storage.find(entry.letter_id)
        if customer is not None and letter is not None and _is_theirs(customer):
            yield _listed(letter, customer)


def _listed(letter: PostalLetter, customer: Any) -> Listed:
    return Listed(letter, customer, obstacle(customer) if has_texts(letter) else Obstacle.NO_TEXT)


def _customer(customer_id: str) -> Any | None:
    return customers.folder()._getOb(customer_id, None)


def _is_theirs(customer: Any) -> bool:
    return may(Permission.POST_LETTERS, customer) and customers.shows_contact(customer)
