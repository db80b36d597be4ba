"""Cookies of ours: for this host alone, out of scripts' reach, and over HTTPS only where there is HTTPS."""

from typing import Any

from .settings import base_url

_HOST = "__Host-"


def is_secure() -> bool:
    """Whether the site's public address is HTTPS."""
    return base_url().startswith("https://")


def cookie_name(name: str) -> str:
    """With the prefix that browsers hold to this host and to HTTPS (RFC 6265bis 4.1.3), where they can."""
    return f"{_HOST}{name}" if is_secure() else name


def read_cookie(request: Any, name: str) -> str:
    """What the browser sent back, "" when nothing."""
    return str(request.cookies.get(cookie_name(name), ""))


def set_cookie(request: Any, name: str, value: str, seconds: int | None = None) -> None:
    """Give the browser a cookie.

    :param seconds: how long it keeps it; None: until it is closed.
    """
    lifetime = {} if seconds is None else {"max_age": seconds}
    full_name = cookie_name(name)
    request.response.setCookie(
        full_name, value, path="/", http_only=True, same_site="Lax", secure=is_secure(), **lifetime
    )
    request.cookies[full_name] = value


def expire_cookie(request: Any, name: str) -> None:
    """Take the cookie back."""
    full_name = cookie_name(name)
    request.response.expireCookie(full_name, path="/", http_only=True, same_site="Lax", secure=is_secure())
    request.cookies.pop(full_name, None)
