"""The customers' folder and the customer."""

from plone.dexterity.content import Container
from zope.interface import implementer

from sp.personcert.foundation.content import OwnContent, Record
from sp.personcert.foundation.walls.gate import Gate

from .domain import BadAddress, CompanyDetails, ContactMode, InvoicingDetails, PersonDetails, full_name
from .interfaces import ICustomer, ICustomers


@implementer(ICustomers)
class Customers(Gate, OwnContent, Container):
    """All customers, under random ids."""

    portal_type = "sp.personcert.customers"


@implementer(ICustomer)
class Customer(Record, Container):
    """One person. Name and numbers are fields, never id, title or description."""

    portal_type = "sp.personcert.customer"
    customer_number = ""
    user_name = ""
    personal_identity_number = ""  # 12 digits
    person = PersonDetails()
    company = CompanyDetails()
    invoicing = InvoicingDetails()
    contact_mode = ContactMode.DIGITAL
    customer_language = "sv"
    protected_identity = False
    named_officers: frozenset[str] = frozenset()  # who reads contact data of a protected identity
    bad_address: BadAddress | None = None  # set when mail to the address in use does not arrive

    @property
    def full_name(self) -> str:
        """The name that the person stated (H37)."""
        return full_name(self.person)

    @property
    def email(self) -> str:
        """Where notices go: the private address, else the one at work."""
        return self.person.email or self.company.email
