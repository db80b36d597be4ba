"""An entry, its details and a batch, and how they are hashed. Plain Python."""

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta

from ..clock import STOCKHOLM

Position = tuple[int, str]
"""Where an entry stands in time: counted so that what is newer comes first, then its name."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
GENESIS = hashlib.sha256(b"sp.personcert audit").hexdigest()
"""What stands before the first batch."""


# order=True: when a BTree merges two transactions it orders the values that it finds in the
# bucket, and raises ConflictError for values that cannot be ordered.
@dataclass(frozen=True, order=True)
class Details:
    """The particulars of one entry. They may be erased, with the salt that hides them."""

    salt: str
    values: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, values: Mapping[str, str]) -> "Details":
        """Particulars with a fresh salt."""
        return cls(secrets.token_hex(16), tuple(sorted(values.items())))

    @property
    def digest(self) -> str:
        """The salted hash that the entry keeps: without the salt nobody can try guesses on it."""
        return sha256(self.salt, list(self.values))


@dataclass(frozen=True, order=True)
class Entry:
    """One deed.

    ``moment`` is ISO 8601 in UTC, as text: a hash needs the same bytes for ever. ``path`` begins at
    the site. ``user_id`` acted; ``actor`` is the person behind, who differs where a task acted.
    """

    name: str
    moment: str
    user_id: str
    actor: str
    action: str
    path: str
    details_digest: str

    @property
    def when(self) -> datetime:
        """The moment in Swedish time."""
        return datetime.fromisoformat(self.moment).astimezone(STOCKHOLM)

    @property
    def key(self) -> str:
        """Where the entry lies: entries of one object lie together."""
        return key_of(self.path, self.name)

    @property
    def position(self) -> Position:
        """Where the entry stands in time."""
        return newest_first(datetime.fromisoformat(self.moment)), self.name

    @property
    def heading(self) -> tuple[str, str, str, str]:
        """What the list by time says of the entry, so that nobody reads all of them to find one."""
        return self.path, self.user_id, self.actor, self.action

    @property
    def digest(self) -> str:
        """The hash that is sealed."""
        return sha256(asdict(self))


@dataclass(frozen=True)
class Batch:
    """What one sealing took: the digest of each entry by its key, chained to the batch before."""

    number: int
    sealed: str
    previous: str
    members: tuple[tuple[str, str], ...]
    hash: str

    @classmethod
    def of(cls, number: int, moment: datetime, previous: str, entries: Iterable[Entry]) -> "Batch":
        """Seal some entries."""
        members = tuple(sorted((entry.key, entry.digest) for entry in entries))
        sealed = utc_text(moment)
        return cls(number, sealed, previous, members, chained(number, sealed, previous, members))

    @property
    def holds(self) -> bool:
        """Whether the hash is that of the content."""
        return self.hash == chained(self.number, self.sealed, self.previous, self.members)


def chained(number: int, sealed: str, previous: str, members: tuple[tuple[str, str], ...]) -> str:
    """The hash of a batch: of the one before and the sorted digests."""
    return sha256(number, sealed, previous, sorted(digest for _, digest in members))


def utc_text(moment: datetime) -> str:
    """A moment as the text that is hashed."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def key_of(path: str, name: str) -> str:
    """Where an entry lies."""
    return f"{path}\x00{name}"


def newest_first(moment: datetime) -> int:
    """A moment as a number that falls as time goes: BTrees are read from the smallest key on."""
    return (EPOCH - moment) // MICROSECOND


def sha256(*parts: object) -> str:
    """The hash of plain values in one unambiguous form, in hexadecimal."""
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
