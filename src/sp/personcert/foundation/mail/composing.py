"""Making a letter: plain text with an HTML alternative."""

from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr
from html import escape
from urllib.parse import urlsplit

from plone import api

from ..clock import now
from ..settings import base_url, setting
from .texts import frame_text


@dataclass(frozen=True)
class Letter:
    """What a letter says. ``link`` is where its one link leads, below the site's configured address."""

    subject: str
    sentences: tuple[str, ...]
    link: str = "/start"
    link_text: str = ""


def compose(address: str, language: str, letter: Letter, task_id: str) -> EmailMessage:
    """A complete message.

    :param address: of the one recipient.
    :param language: ``sv`` or ``en``.
    :param task_id: of the sending task; its Message-ID is the same at each try.
    """
    message = EmailMessage(policy=SMTP)
    message["From"] = formataddr((setting("body_name"), sender_address()))
    message["To"] = address
    message["Reply-To"] = setting("support_email")
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(now())
    message["Message-ID"] = f"<{task_id}@{urlsplit(base_url()).hostname or 'personcert'}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(_plain(language, letter))
    message.add_alternative(_html(language, letter), subtype="html")
    message["Content-Language"] = language  # last: adding a part moves Content-headers into it
    return message


def sender_address() -> str:
    """The site's own address from the mail control panel, else the support's."""
    return api.portal.get_registry_record("plone.email_from_address", default=None) or setting(
        "support_email"
    )


def _answer(language: str) -> str:
    return frame_text(language).answer.format(
        support_email=setting("support_email"), support_phone=setting("support_phone")
    )


def _link(language: str, letter: Letter) -> tuple[str, str]:
    return letter.link_text or frame_text(language).link, base_url() + letter.link


def _plain(language: str, letter: Letter) -> str:
    frame = frame_text(language)
    link_text, link = _link(language, letter)
    parts = [
        frame.greeting,
        *letter.sentences,
        f"{link_text}:\n{link}",
        _answer(language),
        f"{frame.farewell}\n{setting('body_name')}",
    ]
    return "\n\n".join(parts) + "\n"


def _html(language: str, letter: Letter) -> str:
    frame = frame_text(language)
    link_text, link = _link(language, letter)
    parts = [
        escape(frame.greeting),
        *map(escape, letter.sentences),
        f'<a href="{escape(link)}">{escape(link_text)}</a>',
        escape(_answer(language)),
        f"{escape(frame.farewell)}<br>{escape(setting('body_name'))}",
    ]
    body = "\n".join(f"<p>{part}</p>" for part in parts)
    title = escape(letter.subject)
    return (
        f'<!doctype html>\n<html lang="{escape(language)}">\n'
        f'<head><meta charset="utf-8"><title>{title}</title></head>\n<body>\n{body}\n</body>\n</html>\n'
    )
