"""Who stands in the audit: the ids in it as people."""

from dataclasses import dataclass
from typing import Any

from plone import api

from sp.personcert.customers import queries as customers


@dataclass(frozen=True)
class Person:
    """Somebody by name and user name. Of a protected identity only the customer number is told."""

    name: str = ""
    user_name: str = ""

    @property
    def is_known(self) -> bool:
        """Whether there is an account of that id."""
        return bool(self.name or self.user_name)

    def has(self, text: str) -> bool:
        """Whether name or user name hold some text, which is in small letters."""
        return text in self.name.casefold() or text in self.user_name.casefold()


class People:
    """Each id is looked up once. An account that is gone is a ``Person`` without a name."""

    def __init__(self) -> None:
        self._known: dict[str, Person] = {"": Person()}

    def by_id(self, user_id: str) -> Person:
        """The person with a user id."""
        if user_id not in self._known:
            self._known[user_id] = _found(user_id)
        return self._known[user_id]


def _found(user_id: str) -> Person:
    customer: Any = customers.of_user(user_id)
    if customer is not None and customer.protected_identity:
        return Person(customer.customer_number)
    if customer is not None:
        return Person(customer.full_name, customer.user_name)
    user = api.user.get(userid=user_id)
    if user is None:
        return Person()
    return Person(str(user.getProperty("fullname") or ""), str(user.getUserName()))
