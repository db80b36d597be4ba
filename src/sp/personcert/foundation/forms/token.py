"""A token that proves where a form came from and names what it will make.

plone.protect asks only people who are logged in, at the end of the request, and its refusal is
swallowed: the person sees success. This one is asked before the operation, of everybody.
"""

import hashlib
import hmac
import secrets
import uuid
from dataclasses import dataclass
from typing import Any

from plone.keyring.interfaces import IKeyManager
from zope.component import getUtility

from ..cookies import read_cookie, set_cookie
from ..identity import current_user_id

COOKIE = "kw-form"
RING = "_forms"


@dataclass(frozen=True)
class FormToken:
    """What a form carries: the id of what it will make, what it shall remember, and the proof."""

    creation_id: str
    kept: str
    signature: str


def issue(request: Any, form: str, kept: str = "") -> FormToken:
    """Make the token for a form that is being shown.

    :param form: its name and the path of what it changes.
    :param kept: what was shown and must come back unchanged, such as a time stamp.
    """
    creation_id = uuid.uuid4().hex
    key = next(key for key in getUtility(IKeyManager)[RING] if key)
    return FormToken(
        creation_id, kept, _sign(key, _subject(request, issue_cookie=True), form, creation_id, kept)
    )


def accepted(request: Any, form: str) -> FormToken | None:
    """The token that was sent, if we made it for this person and this form."""
    sent = request.form
    token = FormToken(
        str(sent.get("creation_id", "")), str(sent.get("kept", "")), str(sent.get("form_token", ""))
    )
    subject, sent_signature = _subject(request), _bytes(token.signature)
    keys = [key for key in getUtility(IKeyManager)[RING] if key]
    proven = subject and any(
        hmac.compare_digest(_sign(key, subject, form, token.creation_id, token.kept).encode(), sent_signature)
        for key in keys
    )
    return token if proven else None


def _subject(request: Any, issue_cookie: bool = False) -> str:
    """The person, or for the public a random cookie that the form repeats inside its signature."""
    if user_id := current_user_id():
        return f"user:{user_id}"
    value = read_cookie(request, COOKIE)
    if not value and issue_cookie:
        value = secrets.token_urlsafe(16)
        set_cookie(request, COOKIE, value)
    return f"cookie:{value}" if value else ""


def _sign(key: str, *parts: str) -> str:
    return hmac.new(key.encode(), _bytes("\0".join(parts)), hashlib.sha256).hexdigest()


def _bytes(sent: str) -> bytes:
    """Zope lets bytes that are no UTF-8 through as halves of surrogate pairs."""
    return sent.encode("utf-8", "surrogatepass")
