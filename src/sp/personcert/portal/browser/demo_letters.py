"""The demonstration's letters, which go to a folder: who is here at the machine reads them."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from functools import cached_property
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from plone import api
from zExceptions import NotFound
from zope.i18nmessageid import Message

from sp.personcert import _
from sp.personcert.foundation.access import may
from sp.personcert.foundation.addresses import claims_of
from sp.personcert.foundation.clock import STOCKHOLM
from sp.personcert.foundation.forms.page import Page
from sp.personcert.foundation.permissions import Permission
from sp.personcert.foundation.settings import base_url

PAGE_SIZE = 50
LARGEST = 1_000_000
HEADERS: tuple[tuple[str, Message], ...] = (
    ("To", _("label_letter_to", default="Till")),
    ("From", _("label_letter_from", default="Från")),
    ("Reply-To", _("label_letter_reply_to", default="Svar går till")),
    ("Message-ID", _("label_message_id", default="Message-ID")),
    ("Auto-Submitted", _("label_letter_automatic", default="Auto-Submitted")),
)
_ID = re.compile(r"[0-9a-f-]{36}")
_EMPTY_LINES = re.compile(r"\r?\n(?:[ \t]*\r?\n)+")
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_PROXIED = ("HTTP_X_FORWARDED", "HTTP_FORWARDED", "HTTP_VIA", "HTTP_X_REAL_IP")


@dataclass(frozen=True)
class Piece:
    """A part of a letter's text, with the address that it leads to on this site, or ""."""

    text: str
    href: str = ""


@dataclass(frozen=True)
class DemoLetter:
    """One letter that was put into the folder."""

    id: str
    moment: datetime
    message: EmailMessage

    @property
    def subject(self) -> str:
        """What it is called."""
        return str(self.message["Subject"])

    @property
    def recipient(self) -> str:
        """Whom it is for."""
        return str(self.message["To"])

    @property
    def shown_moment(self) -> str:
        """When it was put there, by the machine's clock."""
        return self.moment.strftime("%Y-%m-%d %H:%M:%S")

    @property
    def headers(self) -> list[tuple[Message, str]]:
        """The headers worth reading that it has."""
        return [(word, str(self.message[name])) for name, word in HEADERS if name in self.message]

    @property
    def paragraphs(self) -> list[list[list[Piece]]]:
        """The plain text as paragraphs of lines of pieces; addresses of this site are links."""
        body = self.message.get_body(("plain",))
        text = str(body.get_content()).strip() if body is not None else ""
        parts = _EMPTY_LINES.split(text)
        return [[list(pieces(line)) for line in part.splitlines()] for part in parts]


def are_open_to(request: Any) -> bool:
    """Whether there are such letters, and this client may read them.

    In a demonstration only: they hold the links with which accounts are opened.
    """
    if os.environ.get("SP_DEMO") != "1" or not os.environ.get("SP_MAIL_DIR"):
        return False
    return _is_at_this_machine(request) or may(Permission.MANAGE_TASKS, api.portal.get())


def pieces(text: str) -> Iterator[Piece]:
    """A line in pieces. A link names no host, and leads nowhere but into this site."""
    end = 0
    for found in _ADDRESS.finditer(text):
        address = found.group().rstrip(".,;:!?)")
        if href := _inside(address):
            yield Piece(text[end : found.start()])
            yield Piece(address, href)
            end = found.start() + len(address)
    yield Piece(text[end:])


def _inside(address: str) -> str:
    """The path of an address below the configured one, "" for any other. A browser reads \\ as /."""
    start = base_url()
    rest = address.removeprefix(start)
    if "\\" in rest or rest == address or rest[:1] not in ("", "/", "?") or rest.startswith("//"):
        return ""
    return urlsplit(start).path + rest


def _is_at_this_machine(request: Any) -> bool:
    """A loopback peer that asks for this site by name, and speaks for nobody else.

    The name, because a page of another site may let its own name lead here (DNS rebinding); the rest,
    because behind a proxy that nobody declared the peer says nothing of the client.
    """
    return _is_loopback(request) and _host(request) in {_site_host(), *_LOOPBACK} and not _is_proxied(request)


def _is_loopback(request: Any) -> bool:
    try:
        found = ip_address(request.environ.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    return bool((getattr(found, "ipv4_mapped", None) or found).is_loopback)


def _host(request: Any) -> str:
    """The name that the browser used, without a port; "" when it cannot be read."""
    try:
        return urlsplit(f"//{claims_of(request).get('HTTP_HOST', '')}").hostname or ""
    except ValueError:
        return ""


def _site_host() -> str:
    return urlsplit(base_url()).hostname or "localhost"


def _is_proxied(request: Any) -> bool:
    return any(name.startswith(_PROXIED) for name in (*request.environ, *claims_of(request)))


class DemoLetters(Page):
    """``/demobrev``: the list, newest first, or one letter. For everybody else there is no such page."""

    def __call__(self) -> Any:
        if not are_open_to(self.request) or (self.asked and self.letter is None):
            raise NotFound
        return super().__call__()

    @property
    def asked(self) -> str:
        """The id of one letter, "" for the list."""
        return str(self.request.form.get("brev", ""))

    @cached_property
    def letter(self) -> DemoLetter | None:
        """The letter that is asked for."""
        return _read(_folder() / f"{self.asked}.eml") if _ID.fullmatch(self.asked) else None

    @property
    def page_url(self) -> str:
        """The address of the list."""
        return f"{self.site_url}/demobrev"

    @property
    def number(self) -> int:
        """Which page of the list, from 1."""
        asked = str(self.request.form.get("sida", ""))
        return max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1

    @cached_property
    def paths(self) -> list[Path]:
        """The files, newest first."""
        return _newest_first(_folder())

    @cached_property
    def letters(self) -> list[DemoLetter]:
        """The letters of the page; what cannot be read is left out."""
        start = (self.number - 1) * PAGE_SIZE
        found = (_read(path) for path in self.paths[start : start + PAGE_SIZE])
        return [letter for letter in found if letter is not None]

    @property
    def newer(self) -> str:
        """The address of the page before, "" on the first."""
        return f"{self.page_url}?sida={self.number - 1}" if self.number > 1 else ""

    @property
    def older(self) -> str:
        """The address of the next page, "" on the last."""
        return f"{self.page_url}?sida={self.number + 1}" if self.number * PAGE_SIZE < len(self.paths) else ""


def _folder() -> Path:
    return Path(os.environ["SP_MAIL_DIR"])


def _newest_first(folder: Path) -> list[Path]:
    found = []
    for path in folder.glob("*.eml"):
        try:
            found.append((path.stat().st_mtime_ns, path.name, path))
        except OSError:  # it went away meanwhile
            continue
    return [path for _when, _name, path in sorted(found, reverse=True) if _ID.fullmatch(path.stem)]


def _read(path: Path) -> DemoLetter | None:
    """A letter; None for a file that is none. Whatever lies there, the page stands."""
    try:
        with path.open("rb") as file:
            data, changed = file.read(LARGEST), os.fstat(file.fileno()).st_mtime
        message = message_from_bytes(data, policy=default)
        letter = DemoLetter(path.stem, datetime.fromtimestamp(changed, UTC).astimezone(STOCKHOLM), message)
        return letter if _is_whole(letter) else None
    except (OSError, ValueError, LookupError, AttributeError, TypeError):
        return None


def _is_whole(letter: DemoLetter) -> bool:
    """Everything that is shown can be read."""
    shown = [*letter.headers, *letter.paragraphs]
    return bool(shown and letter.message["Subject"] and letter.message["To"])
