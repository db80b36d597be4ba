"""The one way in, and the way out.

Whatever proves who somebody is (a password today) ends in :func:`let_in`, which asks for the second
factor where one is wanted. No session stands before the last step.
"""

import secrets
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from sp.personcert.foundation.clock import machine_seconds, now
from sp.personcert.foundation.settings import setting

from .. import hashing, sealed, storage, throttle
from ..domain import Login, Session, SessionKind, matching_step, without_invisible_ends
from ..domain.factors import RECOVERY_LENGTH, is_app_code, new_secret, plain_code
from ..plugins import sessions
from ..queries import is_staff, user_name_of, users
from .entries import note

PENDING = "kw-pending"
CONFIRM_SECONDS = 5 * 60
ENROL_SECONDS = 20 * 60
MOST_SESSIONS = 50
_LONGEST_AGENT = 200


class Outcome(StrEnum):
    """What came of a step on the way in."""

    LOGGED_IN = "logged_in"
    SECOND_STEP = "second_step"
    ENROLMENT = "enrolment"
    WRONG = "wrong"
    THROTTLED = "throttled"
    TOO_LATE = "too_late"


@dataclass(frozen=True)
class Pending:
    """Somebody who has proven one thing and owes another; sealed in a cookie."""

    user_id: str
    method: str
    private: bool
    generation: int
    secret: str = ""  # of an app that is being enrolled


def log_in(request: Any, user_name: str, password: str, private: bool) -> Outcome:
    """The first step with a user name and a password (H10).

    Unknown names, wrong passwords and disabled accounts run the same way and are one answer.

    :param private: the person says that nobody else uses the computer (H11).
    """
    typed = without_invisible_ends(user_name)
    attempt = throttle.Attempt(request, typed)
    waits = attempt.is_refused()
    found = users().authenticateCredentials({"login": typed, "password": password})
    if found is not None:
        return let_in(request, found[0], "password", private)
    if waits:
        return Outcome.THROTTLED  # no entry for each: guessing must not fill the database
    note("login_failed", users().user_id_of(typed) or "")
    if attempt.is_refused():
        note("throttled", users().user_id_of(typed) or "")
    return Outcome.WRONG


def let_in(request: Any, user_id: str, method: str, private: bool) -> Outcome:
    """Go on with somebody who has proven who they are; every way of logging in leads here."""
    account = storage.ensure_account(user_id)
    pending = Pending(user_id, method, private, account.generation)
    if account.factor_secret:
        wait_for(request, pending, CONFIRM_SECONDS)
        return Outcome.SECOND_STEP
    if account.needs_second_factor or (setting("second_factor_for_staff") and is_staff(user_id)):
        wait_for(request, replace(pending, secret=new_secret()), ENROL_SECONDS)
        return Outcome.ENROLMENT
    open_session(request, user_id, method, private)
    return Outcome.LOGGED_IN


def confirm(request: Any, code: str) -> Outcome:
    """The second step: a code of the app, or a recovery code. Each counts once."""
    pending = pending_of(request, CONFIRM_SECONDS)
    account = storage.account(pending.user_id) if pending else None
    if pending is None or account is None or not account.factor_secret:
        return Outcome.TOO_LATE
    attempt = throttle.Attempt(request, user_name_of(pending.user_id), "code")
    if attempt.is_refused():
        return Outcome.THROTTLED
    method = use_code(account, code)
    if not method:
        attempt.failed()
        note("code_failed", pending.user_id)
        return Outcome.WRONG
    attempt.succeeded()
    sealed.drop(request, PENDING)
    open_session(request, pending.user_id, f"{pending.method} {method}", pending.private)
    return Outcome.LOGGED_IN


def use_code(account: storage.Account, code: str) -> str:
    """Spend a code: ``totp`` or ``recovery``, "" when it is none."""
    plain = "".join(code.split())
    if is_app_code(plain):
        step = matching_step(account.factor_secret, plain, machine_seconds(), account.factor_step)
        if step is not None:
            account.factor_step = step
        return "totp" if step is not None else ""
    guess = plain_code(code)
    if len(guess) != RECOVERY_LENGTH:
        return ""
    left = tuple(kept for kept in account.recovery_hashes if not hashing.verify(kept, guess))
    if len(left) == len(account.recovery_hashes):
        return ""
    account.recovery_hashes = left
    return "recovery"


def log_out(request: Any) -> None:
    """End the session of this browser, on the server too. Without one nothing happens."""
    found = sessions.present(request)
    if found is not None:
        ticket, _ = found
        drop_session(ticket.user_id, ticket.session_id)
        note("logged_out", ticket.user_id)
    sessions.take_back(request)


def open_session(request: Any, user_id: str, methods: str, private: bool) -> None:
    """A new session in place of the one of this browser; the browser is known from now on."""
    if (found := sessions.present(request)) is not None:
        drop_session(found[0].user_id, found[0].session_id)
    account = storage.ensure_account(user_id)
    address, agent = request.environ.get("REMOTE_ADDR", ""), _agent(request)
    login = Login(now(), methods, address, agent)
    account.logins = (login, *account.logins)[: storage.LOGINS]
    keep_session(request, user_id, _session(methods, private, address, agent))
    throttle.remember_device(request, user_name_of(user_id))
    note("logged_in", user_id, methods=methods)


def keep_session(request: Any, user_id: str, session: Session) -> None:
    """Store a session under a new id and give the browser its ticket."""
    account, moment = storage.ensure_account(user_id), machine_seconds()
    standing = {key: one for key, one in account.sessions.items() if sessions.is_standing(one, moment)}
    newest = sorted(standing, key=lambda key: standing[key].opened)[-MOST_SESSIONS:]
    session_id = secrets.token_urlsafe(24)
    account.sessions = {key: standing[key] for key in newest} | {session_id: session}
    sessions.hand_out(request, user_id, session_id, session.kind)


def drop_session(user_id: str, session_id: str) -> bool:
    """Take a session away; False when there was none."""
    account = storage.account(user_id)
    if account is None or session_id not in account.sessions:
        return False
    account.sessions = {key: one for key, one in account.sessions.items() if key != session_id}
    return True


def wait_for(request: Any, pending: Pending, seconds: int) -> None:
    """Let the browser carry who owes a second step, sealed."""
    sealed.put(request, PENDING, pending.__dict__, seconds)


def pending_of(request: Any, seconds: int) -> Pending | None:
    """Who owes a second step in this browser; nobody whose account was shut meanwhile."""
    value = sealed.taken(request, PENDING, seconds)
    is_ours = value is not None and value.keys() == Pending.__dataclass_fields__.keys()
    pending = Pending(**value) if is_ours else None
    account = storage.account(pending.user_id) if pending else None
    is_live = account is not None and not account.is_disabled
    return pending if pending and is_live and account.generation == pending.generation else None


def _session(methods: str, private: bool, address: str, agent: str) -> Session:
    kind = SessionKind.PRIVATE if private else SessionKind.SHARED
    return Session(int(machine_seconds()), kind, methods, address, agent)


def _agent(request: Any) -> str:
    text = str(request.environ.get("HTTP_USER_AGENT", ""))
    return "".join(sign for sign in text if sign.isprintable())[:_LONGEST_AGENT]
