"""The brake on guessing. Its counters lie outside the ZODB: in Redis when configured, else in this process.

A known device (a cookie sealed at the last good log-in) has a limit of its own, so strangers never
lock the owner out. Unknown devices share three: this account from this address, this address,
and this account from wherever. Each is a list of windows, short ones first, so that whoever goes on
waits longer and longer; nobody waits for ever (ASVS 5.0 V6.1.1, V6.3.1).
"""

import hashlib
import ipaddress
import logging
import os
import secrets
from functools import cache
from typing import Any

from limits import RateLimitItem, parse_many
from limits.errors import StorageError
from limits.storage import MemoryStorage, storage_from_string
from limits.strategies import FixedWindowRateLimiter

from sp.personcert.foundation.settings import setting

from . import sealed

logger = logging.getLogger(__name__)

DEVICE = "kw-device"
DEVICE_SECONDS = 180 * 24 * 3600
_LOCAL = MemoryStorage()


class Attempt:
    """One try to get in, or to have something sent, at an account."""

    def __init__(self, request: Any, account: str, purpose: str = "login") -> None:
        """:param account: what was typed; only its hash is counted and logged."""
        self.account = account_key(account)
        self.address = network(request.environ.get("REMOTE_ADDR", "") if request is not None else "")
        self.buckets = self._buckets(request, purpose)

    def _buckets(self, request: Any, purpose: str) -> list[tuple[str, tuple[str, ...]]]:
        device = sealed.taken(request, DEVICE, DEVICE_SECONDS) if request is not None else None
        if device is not None and device.get("account") == self.account:
            limit = "link_limit" if purpose == "link" else "login_limit_device"
            return [(limit, (purpose, "device", self.account, device["id"]))]
        if purpose == "link":
            return [
                ("link_limit", (purpose, "account", self.account)),
                ("login_limit_address", (purpose, "address", self.address)),
            ]
        return [
            ("login_limit_here", (purpose, "here", self.account, self.address)),
            ("login_limit_address", (purpose, "address", self.address)),
            ("login_limit_account", (purpose, "account", self.account)),
        ]

    def is_refused(self) -> bool:
        """Whether it must wait; nothing is counted by asking."""
        for name, keys in self.buckets:
            if not all(_ask("test", window, *keys) for window in _windows(setting(name))):
                logger.info("throttled %s from %s by %s", self.account, self.address, name)
                return True
        return False

    def failed(self) -> None:
        """Count it."""
        for name, keys in self.buckets:
            for window in _windows(setting(name)):
                _ask("hit", window, *keys)

    def succeeded(self) -> None:
        """Forget the owner's own slips: of this account from here, not what others tried elsewhere."""
        name, keys = self.buckets[0]
        for window in _windows(setting(name)):
            _ask("clear", window, *keys)


def remember_device(request: Any, account: str) -> None:
    """This browser has proven that it is the owner's."""
    value = {"account": account_key(account), "id": secrets.token_urlsafe(9)}
    sealed.put(request, DEVICE, value, DEVICE_SECONDS, persistent=True)


def account_key(account: str) -> str:
    """A hash of the name: no personal data in Redis or in the log."""
    return hashlib.sha256(account.casefold().encode("utf-8", "surrogatepass")).hexdigest()[:24]


def network(address: str) -> str:
    """The address, or for IPv6 its /64, which one household has to itself."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    found = getattr(found, "ipv4_mapped", None) or found
    return str(found if found.version == 4 else ipaddress.ip_network((found, 64), strict=False))


def forget_all() -> None:
    """Start counting anew; for tests and for whoever mends a mishap by hand."""
    _LOCAL.reset()


@cache
def _windows(text: str) -> list[RateLimitItem]:
    return parse_many(text)


@cache
def _limiter(url: str) -> FixedWindowRateLimiter:
    return FixedWindowRateLimiter(storage_from_string(url, wrap_exceptions=True) if url else _LOCAL)


def _ask(method: str, window: RateLimitItem, *keys: str) -> Any:
    """Ask Redis; while it is away count here rather than let everybody in, or nobody."""
    url = os.environ.get("SP_THROTTLE_URL", "")
    try:
        return getattr(_limiter(url), method)(window, *keys)
    except StorageError as error:
        logger.warning(
            "The shared counters are away (%s); counting here.", type(error.storage_error).__name__
        )
        return getattr(_limiter(""), method)(window, *keys)
