"""The administrators' list of the texts that Kundwebben sends."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from zope.i18nmessageid import Message

from sp.personcert import _
from sp.personcert.foundation import texts
from sp.personcert.foundation.forms.page import Page
from sp.personcert.foundation.texts import TextGroup, TextKind

GROUPS: Mapping[TextGroup, Message] = {
    TextGroup.NOTICE: _("texts_notices", default="Aviseringar"),
    TextGroup.LETTER: _("texts_letters", default="Brev om konton"),
    TextGroup.MESSAGE: _("texts_messages", default="Meddelanden i ärenden"),
    TextGroup.FRAME: _("texts_frames", default="Ramen runt breven"),
}
LANGUAGE_WORDS: Mapping[str, Message] = {
    "sv": _("language_swedish", default="På svenska"),
    "en": _("language_english", default="På engelska"),
}


@dataclass(frozen=True)
class Version:
    """A text in one language."""

    language: Message
    url: str
    is_changed: bool


@dataclass(frozen=True)
class Line:
    """A kind of text."""

    title: Message
    versions: list[Version]


@dataclass(frozen=True)
class Group:
    """Kinds that belong together."""

    id: str
    title: Message
    lines: list[Line]


class Texts(Page):
    """``/texter``."""

    @property
    def groups(self) -> list[Group]:
        """Every kind, in its group."""
        kinds = sorted(texts.kinds(), key=lambda kind: self.text(kind.title).casefold())
        lines = {group: [self._line(kind) for kind in kinds if kind.group == group] for group in GROUPS}
        return [Group(str(group), title, lines[group]) for group, title in GROUPS.items() if lines[group]]

    @property
    def languages(self) -> list[Message]:
        """The columns."""
        return [LANGUAGE_WORDS[language] for language in texts.LANGUAGES]

    def _line(self, kind: TextKind) -> Line:
        versions = [
            Version(
                LANGUAGE_WORDS[language],
                edit_url(self.site_url, kind.name, language),
                texts.is_changed(kind.name, language),
            )
            for language in texts.LANGUAGES
        ]
        return Line(kind.title, versions)


def edit_url(site_url: str, name: str, language: str) -> str:
    """The address of the form of one text."""
    return f"{site_url}/texten?{urlencode({'namn': name, 'sprak': language})}"
