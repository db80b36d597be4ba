"""Finding customers."""

from typing import Any

from plone import api

from sp.personcert.foundation.access import may
from sp.personcert.foundation.identity import current_user_id
from sp.personcert.foundation.permissions import Permission

from . import storage
from .interfaces import ICustomer

FOLDER = "kunder"


def folder() -> Any:
    """The folder of all customers."""
    return api.portal.get()[FOLDER]


def of_current_user() -> Any | None:
    """The customer whose account is logged in, or None for staff and the public."""
    return of_user(current_user_id())


def of_user(user_id: str) -> Any | None:
    """The customer with an account, unchecked: the caller shows nothing of it without a check."""
    customer_id = storage.table(storage.BY_USER).get(user_id) if user_id else None
    return folder()._getOb(customer_id) if customer_id else None


def by_number(customer_number: str) -> Any | None:
    """The customer with a number such as C129289, if the person in charge may see it."""
    customer_id = storage.table(storage.BY_NUMBER).get(customer_number)
    customer = folder()._getOb(customer_id) if customer_id else None
    return customer if customer is not None and may(Permission.VIEW, customer) else None


def is_known(personal_identity_number: str) -> bool:
    """Whether the number (12 digits) belongs to a customer already."""
    return personal_identity_number in storage.table(storage.BY_IDENTITY)


def above(content: Any) -> Any:
    """The customer that the content lies in, or the content itself.

    :raises LookupError: outside the customers' folder.
    """
    while content is not None:
        if ICustomer.providedBy(content):
            return content
        content = getattr(content, "__parent__", None)
    raise LookupError("no customer above")
