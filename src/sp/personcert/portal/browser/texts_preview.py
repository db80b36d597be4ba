"""What a text looks like when it is sent, filled in with examples."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from sp.personcert.foundation import mail
from sp.personcert.foundation.settings import base_url
from sp.personcert.foundation.texts import (
    Text,
    TextGroup,
    TextKind,
    filled,
    paragraphs,
    text_of,
    unknown_placeholders,
)

SEVERAL = "several_notices"
EXAMPLES = ("new_message", "supplement_requested")
_NOBODY = "kund@example.se"


@dataclass(frozen=True)
class Part:
    """A paragraph: its lines, and what the mail's HTML shows of it as a link instead."""

    lines: tuple[str, ...]
    link_text: str = ""


@dataclass(frozen=True)
class Preview:
    """The filled text. A message in a case has no other form than its paragraphs."""

    subject: str
    parts: tuple[Part, ...]
    is_mail: bool
    unknown: tuple[str, ...]


def examples(kind: TextKind) -> dict[str, str]:
    """What the kind's own placeholders are filled with here."""
    return {placeholder.name: placeholder.example for placeholder in kind.placeholders}


def preview(kind: TextKind, language: str, typed: Text) -> Preview:
    """The text as it would be sent.

    :param typed: what stands in the fields; it need not be good enough to be saved.
    """
    show = {TextGroup.MESSAGE: _message, TextGroup.FRAME: _frame}.get(kind.group, _mail)
    subject, text, link_text = show(kind, language, typed)
    parts = tuple(_parts(text, link_text))
    return Preview(subject, parts, kind.group != TextGroup.MESSAGE, unknown_placeholders(kind, typed))


def _message(kind: TextKind, language: str, typed: Text) -> tuple[str, str, str]:
    text = filled(typed, examples(kind))
    return text.subject, text.body, ""


def _mail(kind: TextKind, language: str, typed: Text) -> tuple[str, str, str]:
    """Through the very function that makes mails."""
    text = filled(typed, examples(kind))
    said = paragraphs(text.body)
    if kind.name == SEVERAL:
        bodies = (filled(text_of(name, language), {}).body for name in EXAMPLES)
        said += tuple(part for body in bodies for part in paragraphs(body))
    letter = mail.Letter(text.subject, said, link_text=text.link_text)
    message = mail.compose(_NOBODY, language, letter, task_id="preview")
    body = message.get_body(("plain",))
    return text.subject, str(body.get_content()) if body is not None else "", text.link_text


def _frame(kind: TextKind, language: str, typed: Text) -> tuple[str, str, str]:
    """Around a notice."""
    letter = mail.notice_letter(EXAMPLES[:1], language)
    said = "\n\n".join((*letter.sentences, f"{letter.link_text}:\n{base_url()}{letter.link}"))
    fields: Mapping[str, str] = {**examples(kind), "content": said}
    return letter.subject, filled(replace(typed, subject="", link_text=""), fields).body, letter.link_text


def _parts(text: str, link_text: str) -> Iterator[Part]:
    link = (f"{link_text}:", f"{base_url()}/start")
    for paragraph in paragraphs(text):
        lines = tuple(paragraph.splitlines())
        yield Part(lines, link_text if lines == link else "")
