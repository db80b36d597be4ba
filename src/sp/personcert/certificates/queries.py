"""Finding certificates."""

from datetime import date
from typing import Any

from sp.personcert.cases import queries as cases
from sp.personcert.cases.domain import DECIDED, CaseKind
from sp.personcert.foundation.clock import today
from sp.personcert.foundation.transitions import state_of

from .domain import Status, status_on
from .interfaces import ICertificate

REMINDER = "certificate_expiry"


def of_customer(customer: Any) -> list[Any]:
    """Every certificate of a customer, oldest first. The caller has checked that the customer may be seen."""
    found = (child for child in customer.objectValues() if ICertificate.providedBy(child))
    return sorted(found, key=lambda certificate: (certificate.valid_from, certificate.number))


def newest_by_type(customer: Any) -> dict[str, Any]:
    """Certification type id → the holder's newest certificate of the type."""
    return {certificate.type_id: certificate for certificate in of_customer(customer)}


def is_newest(certificate: Any) -> bool:
    """Whether the holder has no newer certificate of the type."""
    newest = newest_by_type(certificate.__parent__)[certificate.type_id]
    return bool(newest.getId() == certificate.getId())


def newest_case(certificate: Any) -> Any | None:
    """The holder's newest case of the certificate's type."""
    return cases.newest_by_type(certificate.__parent__).get(certificate.type_id)


def renewal_is_open(certificate: Any) -> bool:
    """Whether a renewal of the type is handled."""
    return any(
        case.type_id == certificate.type_id
        and case.kind == CaseKind.RENEWAL
        and state_of(case) not in DECIDED
        for case in cases.of_customer(certificate.__parent__)
    )


def status(certificate: Any, day: date | None = None) -> Status:
    """What holds on a day, today when none is given."""
    return status_on(day or today(), state_of(certificate), certificate.valid_from, certificate.valid_to)
