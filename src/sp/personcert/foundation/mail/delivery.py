"""Handing a letter over, at most once: to a folder in the demo, else to Plone's mail host."""

import logging
import os
import smtplib
import tempfile
import traceback
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import compat32
from pathlib import Path
from typing import Any

from plone import api

from ..taskqueue import GiveUp, RetryLater, effect
from ..taskqueue.interfaces import ENVIRON_ID

logger = logging.getLogger(__name__)

EFFECT = "mail"
_CRLF = compat32.clone(linesep="\r\n")
_BEFORE_THE_MESSAGE = {"vote", "starttls", "login"}
"""The steps of zope.sendmail's mailer that come before anything of the message is sent."""


def deliver(request: Any, message: EmailMessage) -> bool:
    """Hand a letter over from within a task.

    :param request: the request of the task.
    :returns: False when an earlier run of the task had sent it.
    :raises RetryLater: while the mail server is not set up, not there, or says later.
    :raises GiveUp: when the server refused the letter for good.
    :raises Uncertain: when nobody can know.
    """
    folder = os.environ.get("SP_MAIL_DIR", "")
    if not folder:
        _require_settings()
    with effect(request, EFFECT) as to_do:
        if to_do and folder:
            _write(Path(folder), request.environ[ENVIRON_ID], message)
        elif to_do:
            _send(message)
    return to_do


def _require_settings() -> None:
    """The registry records count; the mail host's own fields are ignored by Plone."""
    records = ("plone.smtp_host", "plone.smtp_port", "plone.email_from_address")
    missing = [name for name in records if not api.portal.get_registry_record(name, default=None)]
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


def _send(message: EmailMessage) -> None:
    """Send at once: a delivery at the end of the transaction would swallow its errors."""
    # Plone's mail host sets headers in the manner of the older policy.
    plain = message_from_bytes(message.as_bytes(), policy=_CRLF)
    try:
        api.portal.get_tool("MailHost").send(plain, mto=message["To"], immediate=True)
    except smtplib.SMTPRecipientsRefused as error:
        raise _refusal(max(code for code, _ in error.recipients.values())) from error
    except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
        raise _refusal(error.smtp_code) from error
    except Exception as error:
        if isinstance(error, ConnectionRefusedError) or _nothing_was_sent(error):
            logger.error("ALARM: the mail server cannot be used (%s).", type(error).__name__)
            raise RetryLater(f"mail server: {type(error).__name__}") from error
        raise


def _refusal(code: int) -> GiveUp | RetryLater:
    """5xx is for good, 4xx is for now. The server's words are left out: they repeat the address."""
    return GiveUp(f"refused with {code}") if code >= 500 else RetryLater(f"put off with {code}")


def _nothing_was_sent(error: Exception) -> bool:
    """Whether it broke while connecting or logging in. A time-out later may follow the acceptance."""
    return any(frame.name in _BEFORE_THE_MESSAGE for frame in traceback.extract_tb(error.__traceback__))
