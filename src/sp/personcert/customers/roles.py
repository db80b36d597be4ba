"""The customer's role on the customer's own folder: derived from the account, never stored."""

from typing import Any

from borg.localrole.interfaces import ILocalRoleProvider
from zope.component import adapter
from zope.interface import implementer

from sp.personcert.foundation.permissions import Role

from .interfaces import ICustomer


@implementer(ILocalRoleProvider)
@adapter(ICustomer)
class CustomerRole:
    """Whoever the customer's account is, is the customer here and below."""

    def __init__(self, customer: Any) -> None:
        self.user_id = customer.user_id

    def getRoles(self, principal_id: str) -> tuple[str, ...]:
        """The roles of one principal."""
        return (Role.CUSTOMER.value,) if self.user_id and principal_id == self.user_id else ()

    def getAllRoles(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Every principal with its roles."""
        return ((self.user_id, (Role.CUSTOMER.value,)),) if self.user_id else ()
