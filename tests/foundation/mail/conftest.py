"""Fixtures of the tests of mail: a person, a folder, and a mail server on this machine."""

import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
import transaction
from aiosmtpd.controller import Controller
from plone import api
from Products.MailHost.interfaces import IMailHost
from Products.MailHost.MailHost import MailHost
from zope.annotation.interfaces import IAnnotations
from zope.component import getGlobalSiteManager, getSiteManager
from zope.interface import Interface, alsoProvides, noLongerProvides

from sp.personcert.foundation.mail import Channel, IMailRecipient, IPostalChannel
from sp.personcert.foundation.mail.gathering import ANNOTATION
from sp.personcert.foundation.taskqueue.outbox import ROOT_KEY, Outbox
from sp.personcert.testing.tasks import forget_wake_ups


class IPerson(Interface):
    """On the content that stands for a person in these tests."""


class Person:
    """The person: a test may change the values."""

    mail_address = "person.test@example.se"
    mail_language = "sv"
    channel = Channel.MAIL
    post_from = None
    refusals: list[int] = []

    def __init__(self, context: Any) -> None:
        self.context = context

    def refused(self, code: int) -> None:
        """Remember it."""
        self.refusals.append(code)


@dataclass(frozen=True)
class Posted:
    """What came to the postal channel."""

    kinds: tuple[str, ...]
    language: str
    from_day: date | None
    key: str


class Post:
    """A postal channel that only remembers."""

    def __init__(self) -> None:
        self.posted: list[Posted] = []

    def put(self, recipient: Any, kinds: Any, language: str, from_day: date | None, key: str) -> None:
        """Remember it."""
        self.posted.append(Posted(tuple(kinds), language, from_day, key))


@pytest.fixture
def post() -> Iterator[list[Posted]]:
    """What is put on the postal channel."""
    registry, channel = getGlobalSiteManager(), Post()
    real = registry.queryUtility(IPostalChannel)
    registry.registerUtility(channel, IPostalChannel)
    yield channel.posted
    registry.unregisterUtility(channel, IPostalChannel)
    if real is not None:
        registry.registerUtility(real, IPostalChannel)


@pytest.fixture
def person(portal: Any) -> Iterator[Any]:
    """Content that stands for a person; the queue is empty."""
    portal.getPhysicalRoot()._p_jar.root()[ROOT_KEY] = Outbox()
    forget_wake_ups()
    api.portal.set_registry_record("sp.personcert.base_url", "https://kund.example.se")
    api.portal.set_registry_record("sp.personcert.notice_minutes", 0)
    IAnnotations(portal).pop(ANNOTATION, None)
    Person.refusals.clear()
    alsoProvides(portal, IPerson)
    registry = getGlobalSiteManager()
    registry.registerAdapter(Person, (IPerson,), IMailRecipient)
    transaction.commit()
    yield portal
    registry.unregisterAdapter(Person, (IPerson,), IMailRecipient)
    noLongerProvides(portal, IPerson)


@pytest.fixture
def change(person: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Change the person: ``change(mail_language="en")``."""

    def set_values(**values: Any) -> None:
        for name, value in values.items():
            monkeypatch.setattr(Person, name, value)

    return set_values


@pytest.fixture
def letters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[EmailMessage]]:
    """The letters in the demo's folder, read."""
    monkeypatch.setenv("SP_MAIL_DIR", str(tmp_path / "mail"))

    def read() -> list[EmailMessage]:
        paths = sorted((tmp_path / "mail").glob("*.eml"))
        return [message_from_bytes(path.read_bytes(), policy=default) for path in paths]

    return read


class Inbox:
    """A mail server's manners: it takes letters, or answers or breaks off as the test says."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.answer_to_recipient = "250 OK"
        self.answer_to_sender = "250 OK"
        self.answer_to_data = "250 OK"
        self.breaks_off = False

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        """Answer to MAIL."""
        envelope.mail_from = address
        return self.answer_to_sender

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        """Answer to RCPT."""
        envelope.rcpt_tos.append(address)
        return self.answer_to_recipient

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Take a letter, and perhaps break off before saying so."""
        if self.answer_to_data.startswith("250"):
            self.letters.append(message_from_bytes(envelope.content, policy=default))
        if self.breaks_off:
            server.transport.abort()
        return self.answer_to_data


@pytest.fixture
def free_port() -> int:
    """A port that nobody listens to."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture
def mail_server(person: Any, monkeypatch: pytest.MonkeyPatch, free_port: int) -> Iterator[Inbox]:
    """A mail server on this machine, and the settings that lead to it."""
    monkeypatch.delenv("SP_MAIL_DIR", raising=False)
    use_mail_host(person, free_port)
    inbox = Inbox()
    controller = Controller(inbox, hostname="127.0.0.1", port=free_port)
    controller.start()
    yield inbox
    controller.stop()


def use_mail_host(site: Any, port: int) -> None:
    """Set the records that count, and a mail host that is no double."""
    values = {"smtp_host": "127.0.0.1", "smtp_port": port, "email_from_address": "kundwebb@example.se"}
    for name, value in values.items():
        api.portal.set_registry_record(f"plone.{name}", value)
    site._delObject("MailHost")
    site._setObject("MailHost", MailHost("MailHost"))
    getSiteManager(site).registerUtility(site["MailHost"], IMailHost)
    transaction.commit()
