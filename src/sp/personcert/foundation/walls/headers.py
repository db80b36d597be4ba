"""Headers of every answer in the skeleton."""

from typing import Any

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)


def set_security_headers(response: Any) -> None:
    """Nothing inline, nothing framed, nothing kept by caches."""
    response.setHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY)
    response.setHeader("X-Content-Type-Options", "nosniff")
    response.setHeader("Referrer-Policy", "same-origin")
    response.setHeader("X-Frame-Options", "DENY")
    response.setHeader("Cache-Control", "private, no-store")
