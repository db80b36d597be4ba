"""Making a mail: plain text with an HTML alternative."""

from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr
from html import escape
from urllib.parse import urlsplit

from plone import api

from ..clock import now
from ..settings import base_url, setting
from ..texts import Text, filled, known_language, paragraphs, text_of
from .kinds import MAIL_FRAME, NEW_MESSAGE, SEVERAL_NOTICES

_CONTENT = "{content}"


@dataclass(frozen=True)
class Letter:
    """What a letter says. ``link`` is where its one link leads, below the site's configured address."""

    subject: str
    sentences: tuple[str, ...]
    link: str = "/start"
    link_text: str = ""


def notice_letter(kinds: Sequence[str], language: str) -> Letter:
    """What one or several notices say, for mail and for paper.

    :param kinds: names of kinds of text; several are gathered under a common subject.
    """
    texts = [filled(text_of(kind, language), {}) for kind in kinds]
    if len(texts) == 1:
        (head,) = texts
        sentences = paragraphs(head.body)
    else:
        head = filled(text_of(SEVERAL_NOTICES.name, language), {})
        sentences = tuple(part for text in (head, *texts) for part in paragraphs(text.body))
    return Letter(head.subject, sentences, link_text=head.link_text)


def compose(address: str, language: str, letter: Letter, task_id: str) -> EmailMessage:
    """A complete message, in Swedish when the language is not ours.

    :param address: of the one recipient.
    :param language: ``sv`` or ``en``.
    :param task_id: of the sending task; its Message-ID is the same at each try.
    """
    language = known_language(language)
    message = EmailMessage(policy=SMTP)
    message["From"] = formataddr((setting("body_name"), sender_address()))
    message["To"] = address
    message["Reply-To"] = setting("support_email")
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(now())
    message["Message-ID"] = message_id(task_id)
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834
    message["X-Auto-Response-Suppress"] = "All"  # what Exchange reads in its stead
    message.set_content(_plain(language, letter))
    message.add_alternative(_html(language, letter), subtype="html")
    message["Content-Language"] = language  # last: adding a part moves Content-headers into it
    return message


def message_id(task_id: str) -> str:
    """How mail servers know the mail that a task sends."""
    return f"<{task_id}@{urlsplit(base_url()).hostname or 'personcert'}>"


def sender_address() -> str:
    """The site's own address from the mail control panel, else the support's."""
    return api.portal.get_registry_record("plone.email_from_address", default=None) or setting(
        "support_email"
    )


def _plain(language: str, letter: Letter) -> str:
    before, after = frame_paragraphs(language)
    link_text, link = _link(language, letter)
    return "\n\n".join((*before, *letter.sentences, f"{link_text}:\n{link}", *after)) + "\n"


def _html(language: str, letter: Letter) -> str:
    before, after = frame_paragraphs(language)
    link_text, link = _link(language, letter)
    parts = [
        *map(_escaped, (*before, *letter.sentences)),
        f'<a href="{escape(link)}">{escape(link_text)}</a>',
        *map(_escaped, after),
    ]
    body = "\n".join(f"<p>{part}</p>" for part in parts)
    title = escape(letter.subject)
    return (
        f'<!doctype html>\n<html lang="{escape(language)}">\n'
        f'<head><meta charset="utf-8"><title>{title}</title></head>\n<body>\n{body}\n</body>\n</html>\n'
    )


def frame_paragraphs(language: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The paragraphs before and after what a letter says, for mail and for paper."""
    before, _content, after = text_of(MAIL_FRAME.name, language).body.partition(_CONTENT)
    halves = (before, after.replace(_CONTENT, ""))
    first, second = (paragraphs(filled(Text("", half, ""), {}).body) for half in halves)
    return first, second


def _link(language: str, letter: Letter) -> tuple[str, str]:
    words = letter.link_text or text_of(NEW_MESSAGE.name, language).link_text
    return words, base_url() + letter.link


def _escaped(paragraph: str) -> str:
    return escape(paragraph).replace("\n", "<br>\n")
