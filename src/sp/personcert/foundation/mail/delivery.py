"""Handing a mail over, at most once: to a folder in the demo, else to the mail server."""

import logging
import os
import smtplib
import tempfile
import traceback
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any

from plone import api

from ..taskqueue import Definite, GiveUp, RetryLater, effect
from ..taskqueue.interfaces import ENVIRON_ID
from .composing import sender_address
from .mailer import make_mailer

logger = logging.getLogger(__name__)

EFFECT = "mail"
_RECORDS = ("plone.smtp_host", "plone.smtp_port", "plone.email_from_address")
_ASCII = SMTP.clone(cte_type="7bit")  # what every server takes
_BEFORE_THE_MESSAGE = {"vote", "starttls", "login"}
"""The steps of zope.sendmail's mailer that come before anything of the message is sent."""
_ABOUT_US = {503, 530, 534, 535, 538}
"""Answers to RCPT or DATA that say how we must behave, and nothing of the recipient (RFC 4954)."""

_ABOUT_THE_MESSAGE = {552, 554}
"""Answers to DATA: too big, or its content is not wanted (RFC 5321 4.2.3)."""


class AddressRefused(GiveUp):
    """The mail server refused the address, or the message to it, for good: ``code`` is 5xx."""

    def __init__(self, code: int) -> None:
        super().__init__(f"refused with {code}")
        self.code = code


def is_configured() -> bool:
    """Whether mail can leave: the demo's folder, or all records of the mail control panel."""
    return bool(_folder()) or not _missing()


def deliver(request: Any, message: EmailMessage) -> bool:
    """Hand a mail over from within a task.

    :param request: the request of the task.
    :returns: False when an earlier run of the task had sent it.
    :raises RetryLater: while the mail server is not set up, not there, or says later.
    :raises AddressRefused: when the server will never take it for this recipient.
    :raises GiveUp: when the server refuses us for good.
    :raises Uncertain: when nobody can know.
    """
    if len(message["To"].addresses) != 1:
        raise GiveUp("no address")
    folder = _folder()
    if not folder:
        _require_settings()
    sender = sender_address()
    with effect(request, EFFECT) as to_do:
        if to_do and folder:
            _write(Path(folder), request.environ[ENVIRON_ID], message)
        elif to_do:
            _send(sender, message)
    return to_do


def _folder() -> str:
    """Of a demonstration alone: a variable that was left behind must not swallow a real site's mail."""
    return os.environ.get("SP_MAIL_DIR", "") if os.environ.get("SP_DEMO") == "1" else ""


def _missing() -> list[str]:
    """The registry records count; the mail host's own fields are ignored by Plone."""
    return [name for name in _RECORDS if not api.portal.get_registry_record(name, default=None)]


def _require_settings() -> None:
    missing = _missing()
    if missing:
        logger.error("ALARM: no e-mail leaves this site: %s must be set.", ", ".join(missing))
        raise RetryLater(f"not set: {', '.join(missing)}")


def _write(folder: Path, task_id: str, message: EmailMessage) -> None:
    """Whole or not at all; the name is the same at each try."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
            file.write(message.as_bytes())
        os.replace(file.name, folder / f"{task_id}.eml")
    except OSError as error:
        raise RetryLater(f"the mail folder: {error.strerror}") from error


def _send(sender: str, message: EmailMessage) -> None:
    """Send at once: a delivery at the end of the transaction would swallow its errors."""
    recipient = message["To"].addresses[0].addr_spec
    if not recipient.isascii():
        raise AddressRefused(553)  # what a server says that does not speak SMTPUTF8; smtplib would fail
    try:
        make_mailer().send(sender, [recipient], message.as_bytes(policy=_ASCII))
    except smtplib.SMTPRecipientsRefused as error:
        ((code, answer),) = error.recipients.values()
        raise _refusal(code, answer) from error
    except smtplib.SMTPDataError as error:
        raise _refusal(error.smtp_code, error.smtp_error, of_message=True) from error
    except smtplib.SMTPSenderRefused as error:
        raise _we_are_refused(error.smtp_code) from error
    except Exception as error:
        if isinstance(error, ConnectionRefusedError | RuntimeError) or _nothing_was_sent(error):
            logger.error("ALARM: the mail server cannot be used (%s).", type(error).__name__)
            raise RetryLater(f"mail server: {type(error).__name__}") from error
        raise


def _refusal(code: int, answer: bytes | str, of_message: bool = False) -> Definite:
    """5xx is for good, 4xx is for now. The server's words are left out: they repeat the address.

    What is about policy (5.7.x, RFC 3463), such as a server that does not relay for us, says nothing of the
    address: one mistake in the server's settings must not mark everybody's.
    """
    words = answer.decode("ascii", "replace") if isinstance(answer, bytes) else str(answer)
    if code in _ABOUT_US or words.startswith("5.7.") or "relay" in words.lower():
        return _we_are_refused(code)
    if of_message and code in _ABOUT_THE_MESSAGE and not words.startswith(("5.1.", "5.2.")):
        return GiveUp(f"the message was refused with {code}")
    return AddressRefused(code) if code >= 500 else RetryLater(f"put off with {code}")


def _we_are_refused(code: int) -> Definite:
    if code < 500:
        return RetryLater(f"put off with {code}")
    logger.error("ALARM: the mail server takes no mail from this site (%d).", code)
    return GiveUp(f"the sender was refused with {code}")


def _nothing_was_sent(error: Exception) -> bool:
    """Whether it broke while connecting or logging in. A time-out later may follow the acceptance."""
    return any(frame.name in _BEFORE_THE_MESSAGE for frame in traceback.extract_tb(error.__traceback__))
