"""Din adress (H86–H92): what we know of the person, to be read. Empty fields are shown empty."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from zExceptions import NotFound
from zope.i18nmessageid import Message

from sp.personcert import _
from sp.personcert.cases import queries as cases
from sp.personcert.cases.tabs import CasePage
from sp.personcert.customers import queries as customers

from .entry import ForLoggedIn

ADDRESS = (
    ("address", _("address_street", default="Adress:")),
    ("postal_code", _("address_postal_code", default="Postnummer:")),
    ("city", _("address_city", default="Ort:")),
)
PHONES = (
    ("phone", _("address_phone", default="Telefon:")),
    ("fax", _("address_fax", default="Telefax:")),
    ("mobile", _("address_mobile", default="Mobiltelefon:")),
)
COMPANY = ("name", _("address_company", default="Företag:"))
PERSON_FIELDS = (
    ("first_name", _("address_first_name", default="Förnamn:")),
    ("middle_name", _("address_middle_name", default="Mellannamn:")),
    ("last_name", _("address_last_name", default="Efternamn:")),
    *ADDRESS,
    *PHONES,
    ("email", _("address_private_email", default="E-post (privat):")),
)
COMPANY_FIELDS = (
    COMPANY,
    *ADDRESS,
    ("website", _("address_website", default="Websida:")),
    *PHONES,
    ("email", _("address_work_email", default="E-post (arbete):")),
)
INVOICING_FIELDS = (
    COMPANY,
    *ADDRESS,
    ("reference", _("address_invoice_reference", default="Fakturamärkning:")),
)
PANELS = (
    ("person", _("heading_person", default="Personuppgifter"), PERSON_FIELDS),
    ("company", _("heading_company", default="Företagsuppgifter"), COMPANY_FIELDS),
    ("invoicing", _("heading_invoicing", default="Faktureringsuppgifter"), INVOICING_FIELDS),
)


@dataclass(frozen=True)
class Panel:
    """One of the three panels: label and value of each field."""

    key: str
    title: Message
    fields: list[tuple[Message, str]]


def panels(customer: Any) -> list[Panel]:
    """The three panels, side by side (H92); none when they are not for the person who asks."""
    if not customers.shows_contact(customer):
        return []
    return [
        Panel(key, title, [(label, getattr(getattr(customer, key), name)) for name, label in fields])
        for key, title, fields in PANELS
    ]


class CaseAddress(CasePage):
    """The tab of a case."""

    tab = "address"

    @property
    def panels(self) -> list[Panel]:
        """What the customer of the case stated."""
        return panels(self.context.__parent__)

    @property
    def message_url(self) -> str:
        """Where the customer asks for a change."""
        return change_url(self.context)


class OwnAddress(ForLoggedIn):
    """The page that the account menu leads to, whichever case is open."""

    def render(self) -> Any:
        """:raises NotFound: for whoever is not a customer."""
        if self.customer is None:
            raise NotFound
        return self.index()

    @cached_property
    def customer(self) -> Any | None:
        """The person as a customer."""
        return customers.of_current_user()

    @property
    def panels(self) -> list[Panel]:
        """What the person stated."""
        return panels(self.customer)

    @property
    def message_url(self) -> str:
        """Where the person asks for a change: in the newest case; "" without one."""
        found = cases.of_customer(self.customer)
        return change_url(found[-1]) if found else ""


def change_url(case: Any) -> str:
    """The form for a new message of the type Uppgiftsändring."""
    return f"{case.absolute_url_path()}/@@meddelanden?nytt=1&typ=Uppgifts%C3%A4ndring#nytt"
