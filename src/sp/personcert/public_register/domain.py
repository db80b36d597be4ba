"""What the public may know, and how a check is answered: plain values."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import islice

from sp.personcert.certificates.domain import Status

MOST_REVISIONS = 20


@dataclass(frozen=True, order=True)
class PublicEntry:
    """The only fields that leave the body (ISO/IEC 17024, Public information)."""

    number: str
    name: str
    type_id: str
    type_title: str
    level_title: str
    company: str
    city: str
    valid_from: date
    valid_to: date
    state: str
    published: bool


class File(StrEnum):
    """What is known of an uploaded file."""

    GENUINE = "genuine"  # byte for byte what was released
    SIGNED = "signed"  # signed by us and unchanged, but not one of the released files
    ALTERED = "altered"  # begins with what was released, and something was added
    BROKEN = "broken"  # carries a signature that does not hold
    STRANGER = "stranger"  # signed by somebody else
    UNSIGNED = "unsigned"
    NOT_PDF = "not_pdf"
    UNKNOWN = "unknown"  # could not be judged


@dataclass(frozen=True)
class Finding:
    """The answer to one check. ``file`` is None when only a number was asked for."""

    file: File | None
    entry: PublicEntry | None
    status: Status | None


def normalized_number(text: str) -> str:
    """A certificate number as it stands in the register: no spaces, capital letters."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).upper()[:40]


def folded(text: str) -> list[str]:
    """The words of a name, for searching without regard to case."""
    return re.findall(r"[\w-]+", unicodedata.normalize("NFC", text).casefold())


def digests(data: bytes) -> list[str]:
    """SHA-256 of the file, then of each earlier revision that it may begin with.

    An incremental update (ISO 32000-1, 7.5.6) is appended after the end-of-file marker of what was
    signed, so a released file is found inside an altered one without parsing it.
    """
    found = islice(re.finditer(rb"%%EOF(?:\r\n|\r|\n)?", data), MOST_REVISIONS)
    ends = [match.end() for match in found]
    return [hashlib.sha256(data).hexdigest()] + [
        hashlib.sha256(data[:end]).hexdigest() for end in reversed(ends) if end < len(data)
    ]
