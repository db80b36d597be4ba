"""Who is told, and by which way."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from zope.interface import Attribute, Interface


class Channel(StrEnum):
    """How a person is reached. HELD: the address is bad, and post waits some days for a better one."""

    MAIL = "mail"
    POST = "post"
    HELD = "held"


class IMailRecipient(Interface):
    """An adapter of content that stands for a person; the feature that owns the content gives it."""

    mail_address = Attribute('The address, "" when there is none.')
    mail_language = Attribute("``sv`` or ``en``.")
    channel = Attribute("A :class:`Channel`, as things stand now (H42).")
    post_from = Attribute("With HELD: the day from which a letter may go by post, else None.")

    def refused(code: int) -> None:
        """The mail server refused the address for good, with this SMTP code."""


class IPostalChannel(Interface):
    """A utility: takes notices to those whom e-mail does not reach."""

    def put(recipient: Any, kinds: Sequence[str], language: str, from_day: date | None, key: str) -> None:
        """Let the notices become one letter by post.

        :param recipient: the content that stands for the person.
        :param from_day: no earlier than this day, and not at all if the person has got a usable address
            by then; None: as soon as possible.
        :param key: for the same key there is one letter, however often it is put.
        """
