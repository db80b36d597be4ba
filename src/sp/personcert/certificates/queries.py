"""Finding certificates."""

from typing import Any

from sp.personcert.foundation.clock import today
from sp.personcert.foundation.transitions import state_of

from .domain import Status, status_on
from .interfaces import ICertificate


def of_customer(customer: Any) -> list[Any]:
    """Every certificate of a customer, oldest first. The caller has checked that the customer may be seen."""
    found = (child for child in customer.objectValues() if ICertificate.providedBy(child))
    return sorted(found, key=lambda certificate: (certificate.valid_from, certificate.number))


def newest_by_type(customer: Any) -> dict[str, Any]:
    """Certification type id → the holder's newest certificate of the type."""
    return {certificate.type_id: certificate for certificate in of_customer(customer)}


def status(certificate: Any) -> Status:
    """What holds today."""
    return status_on(today(), state_of(certificate), certificate.valid_from, certificate.valid_to)
