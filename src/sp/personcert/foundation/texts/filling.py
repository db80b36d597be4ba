"""Filling in ``{name}``; nothing else in braces means anything."""

import re
from collections.abc import Mapping

from ..settings import base_url, setting
from .defaults import Text
from .kinds import COMMON, TextKind

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_BETWEEN_PARAGRAPHS = re.compile(r"\n[^\S\n]*\n\s*")


def filled(text: Text, fields: Mapping[str, str]) -> Text:
    """A text with its placeholders filled in; a name that nobody knows stays as it is.

    :param fields: by name; what settings know (:data:`.kinds.COMMON`) is added.
    """
    values = {**_of_settings(), **fields}
    return Text(_line(text.subject, values), _fill(text.body, values), _line(text.link_text, values))


def paragraphs(body: str) -> tuple[str, ...]:
    """The paragraphs of a body, parted by empty lines."""
    return tuple(part.strip() for part in _BETWEEN_PARAGRAPHS.split(body.strip()) if part.strip())


def unknown_placeholders(kind: TextKind, text: Text) -> tuple[str, ...]:
    """The names in braces that the kind cannot fill in, in order."""
    known = {placeholder.name for placeholder in (*kind.placeholders, *COMMON)}
    return tuple(name for name in placeholders_in(text) if name not in known)


def placeholders_in(text: Text) -> tuple[str, ...]:
    """The names of all placeholders of a text, each once, in order."""
    return tuple(dict.fromkeys(_PLACEHOLDER.findall(f"{text.subject}\n{text.link_text}\n{text.body}")))


def _of_settings() -> dict[str, str]:
    names = ("body_name", "support_email", "support_phone")
    return {**{name: str(setting(name)) for name in names}, "site_address": base_url()}


def _fill(text: str, values: Mapping[str, str]) -> str:
    # In one pass: what was filled in is never looked at again.
    return _PLACEHOLDER.sub(lambda found: str(values.get(found[1], found[0])), text)


def _line(text: str, values: Mapping[str, str]) -> str:
    return " ".join(_fill(text, values).split())
