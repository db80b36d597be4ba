"""An app that makes one-time codes, and the codes for when it is gone."""

from typing import Any

from sp.personcert import _
from sp.personcert.foundation.errors import RefusedAndNoted
from sp.personcert.foundation.identity import current_user_id
from sp.personcert.foundation.settings import setting

from .. import hashing, sealed, storage, throttle
from ..domain import Enrolment, recovery_codes
from ..domain.factors import is_app_code, plain_code
from ..letters import LetterKind
from ..queries import user_name_of
from .entries import note
from .letters import queue_letter
from .logging_in import ENROL_SECONDS, PENDING, Outcome, Pending, open_session, pending_of, use_code


def begin_enrolment(request: Any) -> Enrolment | None:
    """What the app needs; None when nobody here owes an enrolment. The same at each look."""
    pending = _owed(request)
    if pending is None:
        return None
    return Enrolment.of(pending.secret, user_name_of(pending.user_id), setting("body_name"))


def finish_enrolment(request: Any, code: str) -> tuple[Outcome, tuple[str, ...]]:
    """Take the app into use when it gives the right code, and log in; with the recovery codes."""
    pending = _owed(request)
    if pending is None:
        return Outcome.TOO_LATE, ()
    attempt = throttle.Attempt(request, user_name_of(pending.user_id), "code")
    if attempt.is_refused():
        return Outcome.THROTTLED, ()
    account = storage.ensure_account(pending.user_id)
    trial = storage.Account()
    trial.factor_secret = pending.secret
    if use_code(trial, code) != "totp":
        attempt.failed()
        note("code_failed", pending.user_id)
        return Outcome.WRONG, ()
    account.factor_secret, account.factor_step = trial.factor_secret, trial.factor_step
    codes = _give_codes(account)
    account.generation += 1
    sealed.drop(request, PENDING)
    note("factor_enrolled", pending.user_id)
    queue_letter(pending.user_id, LetterKind.FACTOR_CHANGED)
    open_session(request, pending.user_id, f"{pending.method} totp", pending.private)
    return Outcome.LOGGED_IN, codes


def new_recovery_codes(request: Any, code: str) -> tuple[str, ...]:
    """New recovery codes for the person logged in, against a code of the app; the old ones are void.

    :raises RefusedAndNoted: for a wrong code, or too many of them.
    """
    user_id = current_user_id()
    account = storage.account(user_id)
    attempt = throttle.Attempt(request, user_name_of(user_id), "code")
    is_one = is_app_code("".join(code.split())) and not attempt.is_refused()
    if account is None or not is_one or use_code(account, code) != "totp":
        attempt.failed()
        note("code_failed", user_id)
        raise RefusedAndNoted(
            _("refused_app_code", default="Koden stämmer inte. Skriv nästa kod som appen visar."),
            "code",
        )
    codes = _give_codes(account)
    note("recovery_codes_made", user_id)
    queue_letter(user_id, LetterKind.FACTOR_CHANGED)
    return codes


def _owed(request: Any) -> Pending | None:
    """Who owes an enrolment: a seal of before does not replace an app that is in use."""
    pending = pending_of(request, ENROL_SECONDS)
    account = storage.account(pending.user_id) if pending else None
    if pending is None or account is None or account.factor_secret:
        return None
    return pending if pending.secret else None


def _give_codes(account: storage.Account) -> tuple[str, ...]:
    codes = recovery_codes()
    account.recovery_hashes = tuple(hashing.encode(plain_code(code)) for code in codes)
    return codes
