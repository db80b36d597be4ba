"""Keeping the register in step with the certificates."""

from typing import Any

from sp.personcert.certificates import queries as certificates
from sp.personcert.customers import queries as customers
from sp.personcert.foundation.transitions import state_of

from . import storage
from .domain import PublicEntry


def enter(certificate: Any) -> None:
    """Enter what the public may know of a certificate as it stands now, for the event's subscriber."""
    customer = customers.above(certificate)
    entry = PublicEntry(
        number=certificate.number,
        name=certificate.holder_name,
        type_id=certificate.type_id,
        type_title=certificate.type_title,
        level_title=certificate.level_title,
        company=customer.company.name,
        city=customer.company.city,
        valid_from=certificate.valid_from,
        valid_to=certificate.valid_to,
        state=state_of(certificate),
        published=certificate.published and not customer.protected_identity,
    )
    storage.enter(entry, tuple(release.sha256 for release in certificate.releases))


def enter_all(customer: Any) -> None:
    """Enter every certificate of a customer that was ever released, for the event's subscriber.

    Who is published again are those who were before: the certificate itself keeps whether it is.
    """
    for certificate in certificates.of_customer(customer):
        if certificate.releases:
            enter(certificate)
