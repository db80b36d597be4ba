"""The rule of a certification type: plain, frozen values."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class TypeState(StrEnum):
    """States of the workflow ``personcert_certification_type``."""

    DRAFT = "draft"
    ACTIVE = "active"
    RETIRED = "retired"


class DocumentType(StrEnum):
    """The document types of the archive (H76)."""

    ATTESTATION = "Betyg/Intyg"
    SUPPLEMENT_LETTER = "Kompletteringsbrev"
    CERTIFICATE = "Certifikat"
    ATTACHMENT = "Bilaga"


@dataclass(frozen=True)
class Level:
    """A level of authorisation (Behörighet, H45)."""

    key: str
    title: str
    meaning: str = ""


@dataclass(frozen=True)
class Template:
    """A file for the customer to fill in (Hämta mall, H118)."""

    file_name: str
    data: bytes = field(repr=False)


@dataclass(frozen=True)
class Slot:
    """One document that the type asks for (H103–H105).

    :param key: stable for ever; answers refer to it.
    :param file_label: the first part of the made file name (R1), spaces become underscores.
    :param shared: kept with the customer and seen under every certificate (H77).
    """

    key: str
    title: str
    file_label: str
    document_type: DocumentType = DocumentType.ATTESTATION
    shared: bool = False
    mandatory: bool = True
    help_text: str = ""
    template: Template | None = None


@dataclass(frozen=True)
class Rule:
    """What a type asks and gives, as it stood at one time."""

    levels: tuple[Level, ...] = ()
    slots: tuple[Slot, ...] = ()
    validity_years: int = 5
    report_interval_months: int = 12
    report_lead_days: int = 45
    renewal_lead_months: tuple[int, ...] = (6, 3)
    expiry_lead_days: tuple[int, ...] = (30,)
    supplement_reminder_days: int = 90
    reference: str = ""
    reference_date: date | None = None
    exam_required: bool = True

    def level(self, key: str) -> Level | None:
        """The level with a key."""
        return next((level for level in self.levels if level.key == key), None)

    def slot(self, key: str) -> Slot | None:
        """The slot with a key."""
        return next((slot for slot in self.slots if slot.key == key), None)


def faults(rule: Rule) -> tuple[str, ...]:
    """Codes of what makes a rule unusable: ``no_slots``, ``same_key``, ``no_title``, ``validity``."""
    keys = [slot.key for slot in rule.slots]
    found = {
        "no_slots": not rule.slots,
        "same_key": len(set(keys)) != len(keys),
        "no_title": not all(slot.title.strip() and slot.file_label.strip() for slot in rule.slots),
        "validity": not 1 <= rule.validity_years <= 50,
    }
    return tuple(code for code, is_so in found.items() if is_so)
