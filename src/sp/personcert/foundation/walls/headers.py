"""Headers: strict ones of our pages, and what every answer of the site carries, stock Plone's too."""

from collections.abc import Mapping
from typing import Any

from plone.resource.file import FilesystemFile
from zope.browserresource.interfaces import IResource
from zope.component import adapter
from ZPublisher.HTTPResponse import WSGIResponse
from ZPublisher.interfaces import IPubFailure, IPubSuccess

from sp.personcert.interfaces import IPersonCertLayer

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
POWERS = (
    *("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer"),
    *("microphone", "midi", "payment", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking"),
)
# In lower case, as a response keeps them: what a view sets itself goes before.
EVERYWHERE: Mapping[str, str] = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "permissions-policy": ", ".join(f"{power}=()" for power in POWERS),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "SAMEORIGIN",
}
# Plone's frame has scripts in its pages.
FRAMED_BY_US = "object-src 'none'; base-uri 'self'; frame-ancestors 'self'"
SHOWS_NOTHING = "default-src 'none'; frame-ancestors 'self'"
HTTPS_ALONE = "max-age=31536000"
NOT_KEPT = "private, no-store"
KEPT_AN_HOUR = "public, max-age=3600"
TELLTALES = ("Server", "X-Powered-By")


class QuietResponse(WSGIResponse):
    """An answer that does not say what serves it. Zope names itself when the headers are listed."""

    def listHeaders(self) -> list[tuple[str, str]]:
        """The headers without those that name products."""
        return [header for header in super().listHeaders() if header[0] not in TELLTALES]


def set_security_headers(response: Any) -> None:
    """Of our pages: nothing inline, nothing framed, nothing kept by caches."""
    response.setHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY)
    response.setHeader("X-Frame-Options", "DENY")
    response.setHeader("Cache-Control", NOT_KEPT)
    _set_everywhere(response)


@adapter(IPubSuccess)
def complete_answer(event: Any) -> None:
    """Of every answer that was published."""
    _complete(event.request, is_resource(event.request.get("PUBLISHED")))


@adapter(IPubFailure)
def complete_error(event: Any) -> None:
    """Of redirects and error pages."""
    if not event.retry:
        _complete(event.request, False)


def is_resource(published: Any) -> bool:
    """Style sheets, scripts and pictures of packages, or the method of one that answers."""
    found = (published, getattr(published, "__self__", None))
    return any(IResource.providedBy(one) or isinstance(one, FilesystemFile) for one in found)


def _complete(request: Any, is_static: bool) -> None:
    if not IPersonCertLayer.providedBy(request):
        return
    response = request.response
    _set_everywhere(response)
    headers = response.headers
    if request.other["SERVER_URL"].startswith("https:"):  # the configured one
        headers["strict-transport-security"] = HTTPS_ALONE
    is_page = is_static or headers.get("content-type", "").startswith("text/html")
    headers.setdefault("content-security-policy", FRAMED_BY_US if is_page else SHOWS_NOTHING)
    if response.cookies:
        headers["cache-control"] = NOT_KEPT
    else:
        headers.setdefault("cache-control", KEPT_AN_HOUR if is_static else NOT_KEPT)


def _set_everywhere(response: Any) -> None:
    """Straight on the response: ``setHeader`` each time would cost more than the gate and the guard."""
    if type(response) is WSGIResponse:
        response.__class__ = QuietResponse
    for name, value in EVERYWHERE.items():
        response.headers.setdefault(name, value)
