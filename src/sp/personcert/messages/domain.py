"""Message types and entries: plain values."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class MessageState(StrEnum):
    """States of the workflow ``personcert_message``."""

    OPEN = "open"


class MessageType(StrEnum):
    """Message types (H58)."""

    NOTE = "Notering"
    SUPPLEMENT = "Komplettering"
    CONTACT_CHANGE = "Uppgiftsändring"
    SUPPLEMENT_REMINDER = "Kompletteringspåminnelse"
    DECISION = "Beslut"
    ANNUAL_REPORT = "Årsrapport"
    RENEWAL = "Förnyelse"


CHOSEN_BY_CUSTOMER = (MessageType.NOTE, MessageType.SUPPLEMENT, MessageType.CONTACT_CHANGE)
CHOSEN_BY_OFFICER = (*CHOSEN_BY_CUSTOMER, MessageType.ANNUAL_REPORT, MessageType.RENEWAL)


@dataclass(frozen=True, order=True)
class Entry:
    """One sent text (H61). It is never changed: what is sent is immutable for its sender."""

    sent_at: datetime
    sender_id: str  # "" for the system
    sender_name: str
    text: str
    by_customer: bool = False


@dataclass(frozen=True, order=True)
class Draft:
    """A text that was kept and not sent (H66). Only its author sees it."""

    saved_at: datetime
    text: str
    message_type: str = ""
