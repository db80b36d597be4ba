"""Names of documents, made by the system and never by the person (H85, H127)."""

import re
import unicodedata
from collections.abc import Collection
from datetime import date, datetime
from enum import StrEnum


class DocumentState(StrEnum):
    """States of the workflow ``personcert_document``."""

    RECEIVED = "received"


def upload_stem(file_label: str, customer_number: str, stamp: datetime) -> str:
    """``{FileLabel}_{C000000}_{YYMMDD}_{HHMMSS}``, shown in the dialog before the transfer (H124)."""
    return f"{_label(file_label)}_{customer_number}_{stamp:%y%m%d_%H%M%S}"


def letter_stem(case_kind: str, case_number: str, day: date) -> str:
    """``Kompletteringsbrev_{CaseKind}_{ca000000}_{YYYY-MM-DD}``."""
    return f"Kompletteringsbrev_{_label(case_kind)}_{case_number}_{day.isoformat()}"


def certificate_stem(certificate_number: str, customer_number: str, valid_to: date) -> str:
    """``Certifikat_{SC0000-00}_{C000000}_{last day of validity}``."""
    return f"Certifikat_{certificate_number}_{customer_number}_{valid_to.isoformat()}"


def free_name(stem: str, extension: str, taken: Collection[str]) -> str:
    """The name with its extension in lower case, with ``_2`` … where it is taken."""
    name, count = f"{stem}.{extension.lower()}", 1
    while name in taken:
        count += 1
        name = f"{stem}_{count}.{extension.lower()}"
    return name


def breakable(name: str) -> tuple[str, ...]:
    """The name in pieces that end with ``_``: a line may break between them."""
    return tuple(re.findall(r"[^_]*_+|[^_]+", name))


def _label(text: str) -> str:
    """NFC, spaces as underscores, nothing that a path or a header could misread; å ä ö stay."""
    words = re.sub(r"[^\w-]+", " ", unicodedata.normalize("NFC", text)).split()
    return "_".join(words)
