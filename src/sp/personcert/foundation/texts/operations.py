"""Changing the texts of the site (ADMINISTRATOR)."""

from plone import api
from zope.i18nmessageid import Message

from sp.personcert import _

from .. import audit
from ..access import require
from ..errors import Refused
from ..permissions import Permission
from . import storage
from .cleaning import cleaned
from .defaults import Text, default_text
from .filling import placeholders_in, unknown_placeholders
from .kinds import LANGUAGES, TextKind, kind_of

LONGEST = {"subject": 150, "link_text": 80, "body": 5000}


def change_text(name: str, language: str, text: Text) -> None:
    """Give the site its own text of a kind. Nothing is written when it stands already.

    The trail has the digests of the text before and after: it proves what was changed, without the words.

    :raises LookupError: for a kind or a language that does not exist.
    :raises Refused: with ``field`` subject, body or link_text.
    """
    kind = _changeable(name, language)
    parts = _parts(kind, text)
    for field, value in parts.items():
        _check_part(kind, field, value)
    missing = sorted(kind.required.difference(placeholders_in(Text("", parts["body"], ""))))
    if missing:
        raise Refused(_missing(missing[0]), "body")
    clean = Text(parts.get("subject", ""), parts["body"], parts.get("link_text", ""))
    former = storage.text_of(name, language)
    if clean == former:
        return
    if clean == default_text(name, language):
        storage.drop(name, language)
    else:
        storage.keep(name, language, clean)
    digests = {"former": former.digest, "now": clean.digest}
    audit.record("text.change", api.portal.get(), text=name, language=language, **digests)


def reset_text(name: str, language: str) -> None:
    """Take back what was changed; the default counts again.

    :raises LookupError: for a kind or a language that does not exist.
    """
    _changeable(name, language)
    storage.drop(name, language)
    audit.record("text.reset", api.portal.get(), text=name, language=language)


def forget_all() -> None:
    """Take back every change: uninstallation, when nobody reads them any more."""
    storage.drop_all(api.portal.get())


def _changeable(name: str, language: str) -> TextKind:
    require(Permission.MANAGE_TEXTS, api.portal.get())
    if language not in LANGUAGES:
        raise LookupError(f"There are no texts in {language!r}.")
    return kind_of(name)


def _parts(kind: TextKind, text: Text) -> dict[str, str]:
    """What the kind has, as it is stored: one kind of line break, no other control characters."""
    parts = {"body": text.body}
    if kind.has_subject:
        parts["subject"] = text.subject.strip()
    if kind.has_link:
        parts["link_text"] = text.link_text.strip()
    for field, value in parts.items():
        # A line break in a subject would be a header of the sender's choice.
        if field != "body" and len(value.splitlines()) > 1:
            raise Refused(_("refused_text_lines", default="Skriv det här på en enda rad."), field)
        parts[field] = cleaned(value)
    return parts


def _check_part(kind: TextKind, field: str, value: str) -> None:
    if not value.strip():
        raise Refused(_("refused_text_empty", default="Skriv en text. Den får inte vara tom."), field)
    longest = LONGEST[field]
    if len(value) > longest:
        message = _(
            "refused_text_long",
            default="Texten är för lång, högst ${longest} tecken.",
            mapping={"longest": longest},
        )
        raise Refused(message, field)
    unknown = unknown_placeholders(kind, Text("", value, ""))
    if unknown:
        message = _(
            "refused_text_unknown",
            default="Det finns inget som heter {${name}} i den här texten. Se listan över vad som fylls i.",
            mapping={"name": unknown[0]},
        )
        raise Refused(message, field)


def _missing(name: str) -> Message:
    return _(
        "refused_text_missing",
        default="{${name}} måste finnas kvar i texten.",
        mapping={"name": name},
    )
