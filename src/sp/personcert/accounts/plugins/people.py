"""Names and addresses of customers, read from the customer: nothing is kept twice."""

from typing import Any

from AccessControl.class_init import InitializeClass
from Products.PluggableAuthService.interfaces.plugins import IPropertiesPlugin
from Products.PluggableAuthService.plugins.BasePlugin import BasePlugin
from Products.PluggableAuthService.utils import classImplements

from sp.personcert.customers import queries as customers

PLUGIN_ID = "personcert_people"


class People(BasePlugin):
    """Properties of users who are customers."""

    meta_type = "Personcert People"

    def __init__(self, id: str, title: str = "") -> None:
        self._setId(id)
        self.title = title

    def getPropertiesForUser(self, user: Any, request: Any = None) -> dict[str, str]:
        """Name, and address unless the identity is protected."""
        customer = customers.of_user(user.getId())
        if customer is None:
            return {}
        email = "" if customer.protected_identity else customer.email
        return {"fullname": customer.full_name, "email": email}


classImplements(People, IPropertiesPlugin)
InitializeClass(People)
