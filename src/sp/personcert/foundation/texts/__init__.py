"""Texts that administrators may change: of e-mail, letters by post and automatic messages.

A *kind* is a named utility, registered by the feature that sends it. Its default text is a file of the
profile, one for each language; the site keeps only what somebody changed. A text holds ``{name}``
where something is filled in: the kind's own placeholders, and those of :data:`COMMON`, which every kind has.
Anything else in braces stays as it is.

``change_text`` and ``reset_text`` stand in :mod:`.operations`.
"""

from .cleaning import cleaned, one_line
from .defaults import Text, default_text
from .filling import filled, paragraphs, unknown_placeholders
from .kinds import (
    COMMON,
    LANGUAGES,
    ITextKind,
    Placeholder,
    TextGroup,
    TextKind,
    kind_of,
    kinds,
    known_language,
)
from .storage import is_changed, text_of

__all__ = [
    "COMMON",
    "LANGUAGES",
    "ITextKind",
    "Placeholder",
    "Text",
    "TextGroup",
    "TextKind",
    "cleaned",
    "default_text",
    "filled",
    "is_changed",
    "kind_of",
    "kinds",
    "known_language",
    "one_line",
    "paragraphs",
    "text_of",
    "unknown_placeholders",
]
