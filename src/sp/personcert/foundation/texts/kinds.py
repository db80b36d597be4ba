"""The kinds of text: what each is for, and what may be filled in."""

from dataclasses import dataclass
from enum import StrEnum

from zope.component import getUtilitiesFor, queryUtility
from zope.i18nmessageid import Message
from zope.interface import Attribute, Interface, implementer

from sp.personcert import _

LANGUAGES = ("sv", "en")


class TextGroup(StrEnum):
    """What a text is part of. A notice says that something waits, and never what (H53, H59)."""

    NOTICE = "notice"
    LETTER = "letter"
    MESSAGE = "message"
    FRAME = "frame"


class ITextKind(Interface):
    """A named utility: a text that administrators may change."""

    name = Attribute("The name of the registration and of the default text's files.")
    title = Attribute("What administrators read, as a message.")
    group = Attribute("A :class:`TextGroup`.")
    placeholders = Attribute("A tuple of :class:`Placeholder`: what this kind fills in beside COMMON.")
    required = Attribute("The names of those that the body must hold.")
    has_subject = Attribute("Whether there is a subject.")
    has_link = Attribute("Whether there is a link, whose words can be chosen.")


@dataclass(frozen=True)
class Placeholder:
    """Something that is filled in where ``{name}`` stands."""

    name: str
    description: Message
    example: str


@implementer(ITextKind)
@dataclass(frozen=True)
class TextKind:
    """A kind of text, see :class:`ITextKind`."""

    name: str
    title: Message
    group: TextGroup
    placeholders: tuple[Placeholder, ...] = ()
    required: frozenset[str] = frozenset()
    has_subject: bool = True
    has_link: bool = True


COMMON = (
    Placeholder(
        "body_name",
        _("placeholder_body_name", default="Certifieringsorganets namn"),
        "SP Personcertifiering",
    ),
    Placeholder(
        "support_email",
        _("placeholder_support_email", default="Supportens e-postadress"),
        "support@example.se",
    ),
    Placeholder(
        "support_phone", _("placeholder_support_phone", default="Supportens telefon"), "010-000 00 00"
    ),
    Placeholder(
        "site_address",
        _("placeholder_site_address", default="Webbplatsens publika adress"),
        "https://kund.example.se",
    ),
)
"""What is filled in everywhere, from the settings."""


def kinds() -> list[TextKind]:
    """Every registered kind, by group and name."""
    groups = list(TextGroup)
    found = [kind for _name, kind in getUtilitiesFor(ITextKind)]
    return sorted(found, key=lambda kind: (groups.index(kind.group), kind.name))


def kind_of(name: str) -> TextKind:
    """One kind.

    :raises LookupError: when no feature registered it.
    """
    kind = queryUtility(ITextKind, name=name)
    if kind is None:
        raise LookupError(f"There is no kind of text called {name!r}.")
    return kind


def known_language(language: str) -> str:
    """The language, or Swedish when it is not ours."""
    return language if language in LANGUAGES else LANGUAGES[0]
