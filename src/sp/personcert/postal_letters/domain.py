"""A letter by post and how far it has come: plain values."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256


class LetterState(StrEnum):
    """How far a letter has come."""

    WAITING = "waiting"
    PRINTED = "printed"
    POSTED = "posted"
    CANCELLED = "cancelled"


OPEN = frozenset({LetterState.WAITING, LetterState.PRINTED})


class Obstacle(StrEnum):
    """Why a letter cannot be printed."""

    NO_ADDRESS = "no_address"
    NO_TEXT = "no_text"  # what it tells is a kind of text that nobody registers any more
    UNKNOWN_SIGNS = "unknown_signs"  # our fonts lack a sign of the name or the address


@dataclass(frozen=True, order=True)
class PostalLetter:
    """What is kept of a letter: neither text nor address, which are read when it is printed.

    Moments are in ISO 8601, so that records can be compared when two people write at once.

    - ``customer_id`` – the one whom the letter is to;
    - ``kinds`` – names of the kinds of text that it tells;
    - ``from_day`` – it is printed no earlier;
    - ``printed_by``, ``printed_at`` – the latest printing, "" before;
    - ``posted_by``, ``posted_at`` – when it was ticked off, "" before.
    """

    id: str
    customer_id: str
    kinds: tuple[str, ...]
    language: str
    created: str
    from_day: date
    state: LetterState = LetterState.WAITING
    printed_by: str = ""
    printed_at: str = ""
    posted_by: str = ""
    posted_at: str = ""

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something about it."""
        return self.state in OPEN

    @property
    def since(self) -> date:
        """The day since when it has waited to be printed."""
        return max(self.from_day, datetime.fromisoformat(self.created).date())

    def is_due(self, today: date) -> bool:
        """Whether it may be printed."""
        return self.from_day <= today

    def printed(self, user_id: str, moment: datetime) -> "PostalLetter":
        """The letter after a printing, which may be repeated."""
        return replace(self, state=LetterState.PRINTED, printed_by=user_id, printed_at=moment.isoformat())

    def posted(self, user_id: str, moment: datetime) -> "PostalLetter":
        """The letter in the letter box."""
        return replace(self, state=LetterState.POSTED, posted_by=user_id, posted_at=moment.isoformat())

    def cancelled(self) -> "PostalLetter":
        """The letter that is not needed."""
        return replace(self, state=LetterState.CANCELLED)


def id_for(customer_id: str, key: str) -> str:
    """The id of the one letter for a key. It says nothing."""
    return sha256(f"{customer_id}:{key}".encode()).hexdigest()[:32]
