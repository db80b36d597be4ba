"""What the body knows of a person: plain values."""

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum


class CustomerState(StrEnum):
    """States of the workflow ``personcert_customer``."""

    ACTIVE = "active"
    ERASED = "erased"


class ContactMode(StrEnum):
    """How the person is reached (H41): by e-mail or by post."""

    DIGITAL = "Digital"
    ANALOG = "Analog"


@dataclass(frozen=True)
class PersonDetails:
    """The panel Personuppgifter (H89)."""

    first_name: str = ""
    middle_name: str = ""
    last_name: str = ""
    address: str = ""
    postal_code: str = ""
    city: str = ""
    phone: str = ""
    fax: str = ""
    mobile: str = ""
    email: str = ""


@dataclass(frozen=True)
class CompanyDetails:
    """The panel Företagsuppgifter (H90)."""

    name: str = ""
    address: str = ""
    postal_code: str = ""
    city: str = ""
    website: str = ""
    phone: str = ""
    fax: str = ""
    mobile: str = ""
    email: str = ""


@dataclass(frozen=True)
class InvoicingDetails:
    """The panel Faktureringsuppgifter (H91)."""

    name: str = ""
    address: str = ""
    postal_code: str = ""
    city: str = ""
    reference: str = ""


@dataclass(frozen=True, order=True)
class ClosedRecords:
    """Customers whose cases a member of the staff takes no part in (ISO/IEC 17024, Impartiality): ids."""

    own: str = ""
    relatives: tuple[str, ...] = ()

    @property
    def ids(self) -> frozenset[str]:
        """All of them."""
        return frozenset((self.own, *self.relatives)) - {""}


def full_name(person: PersonDetails) -> str:
    """First, middle and last name with single spaces (H37)."""
    return " ".join(part for part in (person.first_name, person.middle_name, person.last_name) if part)


def shown_number(personal_identity_number: str, today: date) -> str:
    """NNNNNN-NNNN (H38); with ``+`` from the year the person turns 100 (folkbokföringslagen 18 §).

    :param personal_identity_number: 12 digits, or "".
    """
    if not personal_identity_number:
        return ""
    sign = "+" if today.year - int(personal_identity_number[:4]) >= 100 else "-"
    return f"{personal_identity_number[2:8]}{sign}{personal_identity_number[8:]}"


def masked_number(personal_identity_number: str) -> str:
    """NNNNNN-****, for lists."""
    return f"{personal_identity_number[2:8]}-****" if personal_identity_number else ""


def reads_contact(user_id: str, owner_id: str, protected: bool, named_officers: Collection[str]) -> bool:
    """Whether somebody who may see a customer reads address, telephone, e-mail and personnummer too.

    Of a person with protected identity only that person and the named officers do.
    """
    return not protected or (bool(user_id) and (user_id == owner_id or user_id in named_officers))


def may_change_protection(
    user_id: str, protected: bool, named_officers: Collection[str], desk_staff: Collection[str]
) -> bool:
    """Whether an officer may protect an identity, name others or lift the protection.

    Everybody may protect. What is protected is in the hands of the named officers; only when none of them
    works at the desk any more, others may name new ones.
    """
    left = set(named_officers) & set(desk_staff)
    return not protected or user_id in left or not left


def is_empty(details: PersonDetails | CompanyDetails | InvoicingDetails) -> bool:
    """Whether nothing at all is stated."""
    return not any(getattr(details, field.name) for field in fields(details))
