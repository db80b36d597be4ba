"""How long one stays logged in, and what is kept of a log-in."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class SessionKind(StrEnum):
    """Where the person sits (H11): at a shared computer, or at one of their own."""

    SHARED = "shared"
    PRIVATE = "private"


@dataclass(frozen=True)
class Limits:
    """In seconds: without doing anything, and in all (ASVS 5.0 V7.3.1, V7.3.2)."""

    idle: int
    longest: int


@dataclass(frozen=True, order=True)
class Session:
    """One log-in that stands. ``opened`` is in seconds of the machine's clock, as are tickets."""

    opened: int
    kind: SessionKind
    methods: str  # codes with a space between: "password", "password totp"
    address: str
    agent: str


@dataclass(frozen=True, order=True)
class Login:
    """A log-in of the past, for its owner to recognize or not."""

    moment: datetime
    methods: str
    address: str
    agent: str
