"""Where the site stands: at its configured address, whatever a request claims."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from plone import api
from plone.registry.interfaces import IRegistry
from zExceptions import NotFound
from zope.component import adapter
from zope.component.interfaces import ISite
from zope.traversing.interfaces import IBeforeTraverseEvent

from .settings import PREFIX, address_in_use

_PORTS = {"http": 80, "https": 443}
_REST = "++api++"
_PLAIN = "@+"  # of view names and namespaces, as people write them
_AHEAD = "TraversalRequestNameStack"
_CLAIMS = ("HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_SERVER", "HTTP_FORWARDED")
_CLAIMED = "sp.personcert.claimed"


@dataclass(frozen=True)
class Address:
    """The public address of a site, in parts. ``root`` is the path in it, "" or ``/kundwebb``."""

    scheme: str = "http"
    host: str = "localhost"
    port: int = 80
    root: str = ""

    @classmethod
    def of(cls, url: str) -> "Address":
        """The parts of the configured base URL."""
        parts = urlsplit(url)
        scheme = parts.scheme if parts.scheme in _PORTS else "http"
        port = parts.port or _PORTS[scheme]
        host = parts.hostname or "localhost"
        return cls(scheme, f"[{host}]" if ":" in host else host, port, unquote(parts.path).rstrip("/"))

    @property
    def host_header(self) -> str:
        """What a browser at this address sends as Host."""
        return self.host if self.port == _PORTS[self.scheme] else f"{self.host}:{self.port}"


_address_of = cache(Address.of)


def path_of_site() -> str:
    """The path of the site, "" at the root of its host. Pages and redirects of ours name no host."""
    return str(api.portal.get().absolute_url_path()).rstrip("/")


def claims_of(request: Any) -> Mapping[str, str]:
    """What a request said about its host, by the names of the environment. Never a source of addresses."""
    claims: Mapping[str, str] = request.environ.get(_CLAIMED, {})
    return claims


@adapter(ISite, IBeforeTraverseEvent)
def stand_at_public_address(site: Any, event: Any) -> None:
    """From the site on, every address that any code asks for is the configured one.

    Zope believes Host and the paths of its virtual host monster, and stock code puts what they say
    into letters, redirects and pages.
    """
    registry, request = site.getSiteManager().queryUtility(IRegistry), event.request
    url = registry and registry.get(f"{PREFIX}.base_url")
    if not url or _AHEAD not in request.other:
        return  # another site of the same database, or a script that has no address
    address = _address_of(address_in_use(url))
    _forget_claims(request, address)
    request.setServerURL(address.scheme, address.host, address.port)
    request.setVirtualRoot(address.root)
    if sum(name.startswith(_REST) for name in request.other[_AHEAD]) > 1:
        raise NotFound  # each doubles the work of looking the rest up (CVE-2023-42457)
    other = request.other
    slash = "/" if other["ACTUAL_URL"].endswith("/") else ""
    ahead = (quote(name, safe=_PLAIN) for name in reversed(other[_AHEAD]))
    other["ACTUAL_URL"] = "/".join((other["URL"], *ahead)) + slash


def _forget_claims(request: Any, address: Address) -> None:
    """What was said about host and virtual root, with the steps that the monster has yet to take."""
    environ = request.environ
    claims = {name: environ[name] for name in ("HTTP_HOST", *_CLAIMS) if name in environ}
    environ.setdefault(_CLAIMED, claims)
    environ["HTTP_HOST"] = address.host_header
    for name in _CLAIMS:
        environ.pop(name, None)
    for name in ("VIRTUAL_URL", "VIRTUAL_URL_PARTS"):
        request.other.pop(name, None)
    ahead = request[_AHEAD]
    for place in [place for place, name in enumerate(ahead) if name.startswith("/")][::-1]:
        del ahead[place : place + 2]  # a root, then the monster: no other step holds a slash
