"""Ending one's own sessions from another place."""

from typing import Any

from sp.personcert.foundation.identity import current_user_id

from .. import storage
from ..plugins import sessions
from .entries import note
from .logging_in import drop_session


def end_session(session_id: str) -> bool:
    """End one session of the person logged in; False when there is none of that id."""
    ended = drop_session(current_user_id(), session_id)
    if ended:
        note("session_ended", current_user_id())
    return ended


def end_other_sessions(request: Any) -> int:
    """End all sessions of the person but this one; returns how many."""
    account, here = storage.account(current_user_id()), sessions.present(request)
    if account is None or here is None:
        return 0
    ended = len(account.sessions) - 1
    account.sessions = {here[0].session_id: here[1]}
    if ended:
        note("session_ended", current_user_id(), count=ended)
    return ended
