"""Certificates as plain values: number, states, and what is valid today."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class CertificateState(StrEnum):
    """States of the workflow ``personcert_certificate``."""

    SIGNING = "signing"
    VALID = "valid"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    REPLACED = "replaced"


class Status(StrEnum):
    """What the register answers for one day."""

    NOT_ISSUED = "not_issued"
    NOT_YET = "not_yet"
    VALID = "valid"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    REPLACED = "replaced"


@dataclass(frozen=True)
class Release:
    """One PDF that was ever released. The first stays genuine when a second is made."""

    sha256: str
    released_at: datetime
    document_id: str


def certificate_number(serial: int, granted_on: date) -> str:
    """``SC1603-12``: at least four digits, then the year of the grant."""
    return f"SC{serial:04}-{granted_on:%y}"


def status_on(day: date, state: str, valid_from: date, valid_to: date) -> Status:
    """What holds on a day. ”Till och med” includes the day; the state ``expired`` is never asked."""
    if state in (CertificateState.SUSPENDED, CertificateState.WITHDRAWN, CertificateState.REPLACED):
        return Status(state)
    if state == CertificateState.SIGNING:
        return Status.NOT_ISSUED
    if day < valid_from:
        return Status.NOT_YET
    return Status.VALID if day <= valid_to else Status.EXPIRED
