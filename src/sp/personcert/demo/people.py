"""Who lives in the demonstration. Names, numbers and addresses are nobody's."""

from dataclasses import asdict, dataclass

from sp.personcert.customers.domain import CompanyDetails, InvoicingDetails, PersonDetails

PASSWORD = "Berg-och-vatten-7"

OFFICERS = "personcert-officers"
DECISION_MAKERS = "personcert-decision-makers"
ADMINISTRATORS = "personcert-administrators"
ROLE_OF_GROUP = {OFFICERS: "officer", DECISION_MAKERS: "decision_maker", ADMINISTRATORS: "administrator"}


@dataclass(frozen=True)
class Staff:
    """Somebody who works at the body."""

    user_name: str
    full_name: str
    groups: tuple[str, ...]


@dataclass(frozen=True)
class Client:
    """Somebody who applies or is certified."""

    user_name: str
    customer_number: str
    personal_identity_number: str
    person: PersonDetails
    company: CompanyDetails
    invoicing: InvoicingDetails


@dataclass(frozen=True)
class Account:
    """One row of the list of demo accounts; a person with two roles has two rows."""

    username: str
    password: str
    role: str
    name: str


STAFF = (
    Staff("handlaggare", "Handläggare Demo", (OFFICERS,)),
    Staff("handlaggare2", "Handläggare Demo Två", (OFFICERS, DECISION_MAKERS)),
    Staff("beslutsfattare", "Beslutsfattare Demo", (DECISION_MAKERS,)),
    Staff("administrator", "Administratör Demo", (ADMINISTRATORS,)),
)

CEPER = Client(
    "ceper",
    "C129289",
    "198112189876",
    PersonDetails(
        first_name="CE",
        middle_name="Person",
        last_name="Test",
        address="Stumholmen 10",
        postal_code="37123",
        city="Karlskrona",
        phone="0455-123456",
        email="ceper@example.se",
    ),
    CompanyDetails(
        name="CE Person Test",
        address="Stumholmen 10",
        postal_code="37123",
        city="Karlskrona",
        phone="0455-123456",
        email="arbete@example.se",
    ),
    InvoicingDetails(name="CE Person Test", address="Stumholmen 10", postal_code="37123", city="Karlskrona"),
)
ENKEL = Client(
    "enkel",
    "C129290",
    "196408233234",
    PersonDetails(first_name="Enkel", last_name="Exempel", city="Karlskrona", email="enkel@example.se"),
    CompanyDetails(),
    InvoicingDetails(),
)
TOM = Client(
    "tom",
    "C129291",
    "194510168885",
    PersonDetails(first_name="Tom", last_name="Exempel", city="Karlskrona", email="tom@example.se"),
    CompanyDetails(),
    InvoicingDetails(),
)
CLIENTS = (CEPER, ENKEL, TOM)


def accounts() -> list[dict[str, str]]:
    """Every account with its password, for the list that the start script writes."""
    rows = [Account(client.user_name, PASSWORD, "customer", _name(client.person)) for client in CLIENTS] + [
        Account(person.user_name, PASSWORD, ROLE_OF_GROUP[group], person.full_name)
        for person in STAFF
        for group in person.groups
    ]
    return [asdict(row) for row in rows]


def _name(person: PersonDetails) -> str:
    return " ".join(filter(None, (person.first_name, person.middle_name, person.last_name)))
