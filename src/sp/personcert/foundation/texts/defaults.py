"""The default texts: files of the profile.

``Subject: ...`` and ``Link: ...`` where the kind has them, an empty line, the body.
"""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import sp.personcert

from .kinds import TextKind, kind_of, known_language

FOLDER = Path(sp.personcert.__file__).parent / "profiles" / "default" / "texts"
_HEADS = {"Subject": "subject", "Link": "link_text"}


class BadTextFile(ValueError):
    """A default text does not have the parts that its kind says."""


@dataclass(frozen=True, order=True)
class Text:
    """What stands in a mail, a letter or a message; paragraphs of the body are parted by empty lines."""

    subject: str
    body: str
    link_text: str

    @property
    def digest(self) -> str:
        """A short sign for it: 16 hexadecimal digits of the SHA-256 of its parts, NUL between them."""
        parts = "\0".join((self.subject, self.body, self.link_text))
        return hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def default_text(name: str, language: str) -> Text:
    """The text of a kind before anybody changed it, in Swedish when the language is not ours.

    :raises LookupError: when there is no such kind.
    """
    return _read(kind_of(name), known_language(language))


@cache
def _read(kind: TextKind, language: str) -> Text:
    path = FOLDER / f"{kind.name}.{language}.txt"
    return parse(kind, path.read_text(encoding="utf-8"), path.name)


def parse(kind: TextKind, content: str, where: str = "") -> Text:
    """The text that a file holds.

    :raises BadTextFile: when it lacks a part, or has one that its kind lacks.
    """
    expected = (["Subject"] if kind.has_subject else []) + (["Link"] if kind.has_link else [])
    head, body = content.partition("\n\n")[::2] if expected else ("", content)
    lines = [line.partition(": ") for line in head.splitlines()]
    if [name for name, _colon, _value in lines] != expected:
        raise BadTextFile(f"{where} begins with the lines {expected} and an empty one.")
    values = {_HEADS[name]: value.strip() for name, _colon, value in lines}
    text = Text(values.get("subject", ""), body.strip(), values.get("link_text", ""))
    if not text.body or not all(values.values()):
        raise BadTextFile(f"{where} has an empty part.")
    return text
