"""Who is logged in: a signed cookie names a session that the site knows.

The cookie holds user id, session id, the second it was made and a signature. Without the record of
the session it is worth nothing, so what is ended is ended everywhere. Idle time is the cookie's
age: it is made anew after a quarter of the idle limit, and no page view writes to the database.
"""

import hmac
from dataclasses import dataclass
from typing import Any

from AccessControl.class_init import InitializeClass
from plone.keyring.interfaces import IKeyManager
from Products.PluggableAuthService.interfaces.plugins import (
    IAuthenticationPlugin,
    ICredentialsResetPlugin,
    IExtractionPlugin,
)
from Products.PluggableAuthService.plugins.BasePlugin import BasePlugin
from Products.PluggableAuthService.utils import classImplements
from zope.component import getUtility
from zope.globalrequest import getRequest

from sp.personcert.foundation.clock import machine_seconds
from sp.personcert.foundation.cookies import expire_cookie, read_cookie, set_cookie
from sp.personcert.foundation.settings import setting

from .. import storage
from ..domain import Limits, Session, SessionKind

PLUGIN_ID = "personcert_sessions"
COOKIE = "kw-session"
BACKGROUND = "HTTP_X_PERSONCERT_BACKGROUND"  # a script asked, not a person
RING = "_system"
_KNOWN = "sp.personcert.sessions"  # in the environment of a request, where no browser writes
_MINUTE, _HOUR, _DAY = 60, 3600, 86400


@dataclass(frozen=True)
class Ticket:
    """What a cookie says."""

    user_id: str
    session_id: str
    made: int

    @classmethod
    def read(cls, value: str) -> "Ticket | None":
        """The ticket in a cookie, if we signed it."""
        signed, _, signature = value.rpartition(".")
        if not signed.isascii() or not any(
            hmac.compare_digest(_sign(key, signed).encode(), signature.encode()) for key in _keys()
        ):
            return None
        user_id, session_id, made = signed.rsplit(".", 2)
        return cls(user_id, session_id, int(made))

    def signed(self) -> str:
        """The cookie's value."""
        text = f"{self.user_id}.{self.session_id}.{self.made}"
        return f"{text}.{_sign(_keys()[0], text)}"


class Sessions(BasePlugin):
    """The only plug-in of the site that finds out who a browser is."""

    meta_type = "Personcert Sessions"

    def __init__(self, id: str, title: str = "") -> None:
        self._setId(id)
        self.title = title

    def extractCredentials(self, request: Any) -> dict[str, str]:
        """From the cookie alone: nothing in an address or a form logs anybody in."""
        value = read_cookie(request, COOKIE)
        return {"personcert_session": value} if value else {}

    def authenticateCredentials(self, credentials: dict[str, Any]) -> tuple[str, str] | None:
        """The user of a session that stands; the cookie is made anew in good time."""
        value = credentials.get("personcert_session")
        if not value or credentials.get("extractor") != self.getId():
            return None
        request = getRequest()
        known = request.environ.setdefault(_KNOWN, {}) if request is not None else {}
        if value not in known:  # gate and publisher both ask
            known[value] = self._user_of(request, value)
        return known[value]

    def _user_of(self, request: Any, value: str) -> tuple[str, str] | None:
        ticket = Ticket.read(value)
        session = _standing(ticket) if ticket else None
        login = self._getPAS().source_users._userid_to_login.get(ticket.user_id) if session else None
        if ticket is None or session is None or login is None:
            return None
        _renew(request, ticket, session)
        return ticket.user_id, login

    def resetCredentials(self, request: Any, response: Any) -> None:
        """Stock log-out views end nothing: ours does, and asks for the form's token."""


classImplements(Sessions, IExtractionPlugin, IAuthenticationPlugin, ICredentialsResetPlugin)
InitializeClass(Sessions)


def present(request: Any) -> tuple[Ticket, Session] | None:
    """The session of a request, if it stands."""
    value = read_cookie(request, COOKIE)
    ticket = Ticket.read(value) if value else None
    session = _standing(ticket) if ticket else None
    return (ticket, session) if ticket and session else None


def hand_out(request: Any, user_id: str, session_id: str, kind: SessionKind) -> None:
    """Give the browser its ticket. Only at a private computer does it outlive the browser."""
    value = Ticket(user_id, session_id, int(machine_seconds())).signed()
    set_cookie(request, COOKIE, value, limits(kind).longest if kind == SessionKind.PRIVATE else None)


def take_back(request: Any) -> None:
    """Take the ticket away from the browser."""
    expire_cookie(request, COOKIE)


def limits(kind: SessionKind) -> Limits:
    """How long a session of this kind stands; read anew, so a change holds at once."""
    if kind == SessionKind.PRIVATE:
        return Limits(
            setting("private_session_idle_hours") * _HOUR, setting("private_session_longest_days") * _DAY
        )
    return Limits(setting("session_idle_minutes") * _MINUTE, setting("session_longest_hours") * _HOUR)


def is_standing(session: Session, moment: float) -> bool:
    """Whether a session may still be used, as far as its record tells."""
    return moment - session.opened < limits(session.kind).longest


def _standing(ticket: Ticket) -> Session | None:
    account = storage.account(ticket.user_id)
    session = account.sessions.get(ticket.session_id) if account and not account.is_disabled else None
    now = machine_seconds()
    if session is None or not is_standing(session, now):
        return None
    return session if now - ticket.made < limits(session.kind).idle else None


def _renew(request: Any, ticket: Ticket, session: Session) -> None:
    is_old = machine_seconds() - ticket.made > limits(session.kind).idle / 4
    if is_old and request is not None and not request.environ.get(BACKGROUND):
        hand_out(request, ticket.user_id, ticket.session_id, session.kind)


def _keys() -> list[str]:
    return [key for key in getUtility(IKeyManager)[RING] if key]


def _sign(key: str, text: str) -> str:
    return hmac.new(key.encode(), f"session\0{text}".encode(), "sha256").hexdigest()
