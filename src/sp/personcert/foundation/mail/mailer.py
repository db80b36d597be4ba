"""The connection to the mail server, which proves who it is before it is told anything.

zope.sendmail speaks TLS without looking at the certificate.
"""

import smtplib
import ssl
from contextlib import suppress
from ipaddress import ip_address
from typing import Any

from plone import api
from zope.sendmail.mailer import SMTPMailer


class CheckedSMTP(smtplib.SMTP):
    """STARTTLS with a certificate that a known authority gave to this very host."""

    def starttls(self, **given: Any) -> tuple[int, bytes]:
        """Begin TLS."""
        return super().starttls(**{"context": ssl.create_default_context(), **given})


class CheckedSMTPS(smtplib.SMTP_SSL):
    """TLS from the beginning, as carefully."""

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **{"context": ssl.create_default_context(), **given})


class Mailer(SMTPMailer):
    """zope.sendmail's, which lets no farewell hide what the server has said before."""

    def _close_connection(self) -> None:
        with suppress(smtplib.SMTPException, OSError):
            self.connection.quit()
        self.connection.close()
        self.connection = None


PATIENCE_SECONDS = 120.0
"""How long a server may think about a message that it has (RFC 5321 4.5.3.2.6 asks for ten minutes, which is
nearly the lease of a task). Who hangs up too soon does not know whether it was taken."""


def make_mailer() -> Mailer:
    """A mailer with Plone's settings: host and log-in from the mail control panel, TLS from the mail host."""
    mail_host = api.portal.get_tool("MailHost")
    tls = {name: bool(getattr(mail_host, name, False)) for name in ("force_tls", "implicit_tls")}
    mailer = Mailer(timeout=PATIENCE_SECONDS, **tls)  # Plone's patch gives it the records of the registry
    if not is_this_machine(mailer.hostname):
        mailer.smtp = CheckedSMTPS if mailer.implicit_tls else CheckedSMTP
    return mailer


def is_this_machine(host: str) -> bool:
    """Whether the server is reached without any network."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
