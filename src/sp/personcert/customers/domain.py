"""What the body knows of a person: plain values."""

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import date, timedelta
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


class AddressFault(StrEnum):
    """How we know that an e-mail address does not work."""

    REFUSED = "refused"  # the mail server said so
    BOUNCED = "bounced"  # what we sent came back, and somebody noted it


@dataclass(frozen=True, order=True)
class BadAddress:
    """An e-mail address that mail does not reach, and since when.

    ``told`` is the new address that the customer has asked us to use, "" before; ``forms`` are the ids of
    the forms that told one, so that none of them tells twice.
    """

    address: str
    since: date
    reason: AddressFault
    told: str = ""
    forms: tuple[str, ...] = ()

    def is_about(self, address: str) -> bool:
        """Whether it speaks of the address in use; mail servers tell capitals apart in theory only."""
        return self.address.casefold() == address.casefold()

    def letters_from(self, days: int) -> date:
        """The day from which letters are printed, when the customer has not answered until then."""
        return self.since + timedelta(days=days)


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


def postal_lines(person: PersonDetails, company: CompanyDetails) -> tuple[str, ...]:
    """What stands in the window of an envelope: at home, else at work; () without a whole address."""
    name = full_name(person)
    for where, lines in ((person, (name,)), (company, (name, company.name))):
        place = (where.address, where.postal_code, where.city)
        if name and all(part.strip() for part in place):
            city = f"{shown_postal_code(where.postal_code)} {where.city}"
            return tuple(" ".join(line.split()) for line in (*lines, where.address, city) if line.strip())
    return ()


def shown_postal_code(typed: str) -> str:
    """371 23, as the post writes it; anything but five digits stays as it is."""
    digits = "".join(typed.split())
    return f"{digits[:3]} {digits[3:]}" if digits.isdecimal() and len(digits) == 5 else typed


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
