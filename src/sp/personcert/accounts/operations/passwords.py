"""Changing one's password (H17–H23), and what follows whenever a password was stored."""

from typing import Any

from sp.personcert import _
from sp.personcert.foundation.errors import NotAllowed, Refused, RefusedAndNoted
from sp.personcert.foundation.identity import current_user_id

from .. import throttle
from ..letters import LetterKind
from ..plugins import sessions
from ..plugins.users import PasswordRefused
from ..queries import user_name_of, users
from .entries import note
from .letters import queue_letter
from .logging_in import keep_session

__all__ = ["PasswordRefused", "change_password", "store", "tell_owner"]

DIFFERS = _("refused_passwords_differ", default="De två nya lösenorden är inte lika. Skriv samma två gånger.")
WRONG_PASSWORD = _(
    "refused_present_password", default="Det nuvarande lösenordet stämmer inte. Skriv det igen."
)


def change_password(request: Any, current: str, new: str, repeated: str) -> None:
    """Change the password of the person logged in; their other sessions end, this one goes on.

    :raises Refused: at the field ``password`` or ``repeated``.
    :raises PasswordRefused: with every rule that the new one breaks.
    """
    user_id = current_user_id()
    if not users().is_usable(user_id):
        raise NotAllowed
    attempt = throttle.Attempt(request, user_name_of(user_id), "change")
    if attempt.is_refused() or not users().matches(user_id, current):
        attempt.failed()
        note("password_refused", user_id)
        raise RefusedAndNoted(WRONG_PASSWORD, "password")
    attempt.succeeded()
    here = sessions.present(request)
    store(user_id, new, repeated)
    if here is not None:
        keep_session(request, user_id, here[1])


def store(user_id: str, new: str, repeated: str) -> None:
    """Store a password that was typed twice.

    :raises PasswordRefused: with every broken rule; ``differs`` tells that the two are unlike besides.
    :raises Refused: when they are unlike, at the field ``repeated``.
    """
    if new == repeated:
        users().doChangeUser(user_id, new)
        return
    if rules := users().broken_rules(user_id, new):
        raise PasswordRefused(rules, differs=True)
    raise Refused(DIFFERS, "repeated")


def tell_owner(user_id: str) -> None:
    """Note a new password, and tell its owner by mail, whoever stored it (ASVS 5.0 V6.3.7)."""
    note("password_changed", user_id)
    queue_letter(user_id, LetterKind.PASSWORD_CHANGED)
