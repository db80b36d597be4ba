"""Opening a customer."""

from typing import Any

from personnummer import personnummer

from sp.personcert import _
from sp.personcert.foundation import audit, numbers
from sp.personcert.foundation.access import forget_closed_records, require
from sp.personcert.foundation.clock import today
from sp.personcert.foundation.content import add, add_at_root
from sp.personcert.foundation.errors import Refused
from sp.personcert.foundation.permissions import Permission, Role

from .. import queries, storage
from ..content import Customer, Customers
from ..domain import PersonDetails

EARLIEST_BIRTH_YEAR = 1880


def make_folder() -> Any:
    """Make ``/kunder`` once. Nobody changes our content with stock powers, and officers see all of it."""
    return add_at_root(Customers(), queries.FOLDER, (Role.OFFICER, Role.DECISION_MAKER, Role.SYSTEM))


def open_customer(
    person: PersonDetails, personal_identity_number: str, *, customer_number: str = "", **details: Any
) -> Any:
    """Make a customer with a number of its own.

    :param personal_identity_number: 10 or 12 digits with or without sign; a coordination number too.
    :param customer_number: kept from an earlier system; otherwise the next of the series.
    :param details: further fields of ``Customer``.
    :raises Refused: when the number is not valid or belongs to a customer already.
    """
    require(Permission.OPEN_CUSTOMER, queries.folder())
    number = normalized(personal_identity_number)
    if queries.is_known(number):
        raise Refused(
            _("refused_number_known", default="Det finns redan en kund med det personnumret."),
            "personal_identity_number",
        )
    customer = Customer()
    customer.person, customer.personal_identity_number = person, number
    customer.customer_number = _customer_number(customer_number)
    for name, value in details.items():
        setattr(customer, name, value)
    customer = add(queries.folder(), customer)
    storage.enter(customer)
    audit.record("customer.open", customer, number=customer.customer_number)
    return customer


def connect_account(customer: Any, user_id: str, user_name: str) -> None:
    """Let an account be the customer's: from now on that person sees what lies in it."""
    require(Permission.OPEN_CUSTOMER, customer)
    customer.user_id, customer.user_name = user_id, user_name
    storage.enter(customer)
    forget_closed_records()
    audit.record("customer.connect_account", customer)


def normalized(personal_identity_number: str) -> str:
    """The 12 digits of a personnummer or samordningsnummer.

    :raises Refused: when the check digit, the date or the century is not possible.
    """
    try:
        number = personnummer.parse("".join(personal_identity_number.split()))
        born = number.get_date()
    except (personnummer.PersonnummerException, ValueError) as error:
        raise Refused(
            _("refused_number", default="Personnumret stämmer inte. Skriv det som ÅÅMMDD-NNNN."),
            "personal_identity_number",
        ) from error
    if not born.year >= EARLIEST_BIRTH_YEAR or born > today():
        raise Refused(
            _("refused_number_date", default="Födelsedatumet i personnumret kan inte stämma."),
            "personal_identity_number",
        )
    return str(number.format(True))


def _customer_number(given: str) -> str:
    if given:
        numbers.reserve("customer", int(given.removeprefix("C")))
        return given
    return f"C{numbers.allocate('customer'):06}"
