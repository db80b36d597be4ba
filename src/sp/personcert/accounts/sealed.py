"""Small values that a browser carries for us between two requests, sealed: no state here, no write."""

import base64
import hashlib
import json
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from plone.keyring.interfaces import IKeyManager
from zope.component import getUtility

from sp.personcert.foundation.clock import machine_seconds
from sp.personcert.foundation.cookies import expire_cookie, read_cookie, set_cookie

RING = "_system"


def put(request: Any, name: str, value: dict[str, Any], seconds: int, *, persistent: bool = False) -> None:
    """Seal a value into a cookie; its name is the purpose, and no seal of another purpose opens it.

    :param persistent: keep it when the browser is closed.
    """
    moment = int(machine_seconds())
    sealed = _box(name).encrypt_at_time(json.dumps(value).encode(), moment).decode()
    set_cookie(request, name, sealed, seconds if persistent else None)


def taken(request: Any, name: str, seconds: int) -> dict[str, Any] | None:
    """The value, when it is ours and not older than that."""
    sealed = read_cookie(request, name)
    try:
        opened = _box(name).decrypt_at_time(sealed.encode(), seconds, int(machine_seconds()))
        return json.loads(opened)
    except (InvalidToken, ValueError):
        return None


def drop(request: Any, name: str) -> None:
    """Take the cookie back."""
    if read_cookie(request, name):
        expire_cookie(request, name)


def _box(purpose: str) -> MultiFernet:
    """The ring's keys, newest first; older ones open what was sealed before the ring was turned."""
    secrets = [secret for secret in getUtility(IKeyManager)[RING] if secret]
    digests = [hashlib.sha256(f"{purpose}\0{secret}".encode()).digest() for secret in secrets]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
