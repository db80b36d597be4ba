"""Every address that a person meets, and what lies there."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from zope.interface import providedBy

from sp.personcert.customers.interfaces import ICustomer
from sp.personcert.interfaces import IOwnContent
from sp.personcert.testing.visitor import Visitor
from tests.reading import tree

SITE = "/plone"
HOST = "https://kundwebb.example.se"
LINKS = "//a/@href | //form/@action | //link/@href | //script/@src | //img/@src | //button/@formaction"
BEGIN = ("/", "/start", "/login", "/logout", "/register", "/kontrollera", "/fragor-och-svar", "/arenden")


@dataclass(frozen=True)
class Met:
    """One address: the content it lies on, whose record that is in, the view, and the fields of the query."""

    place: str
    kind: str
    owner: str
    view: str
    query: str

    @property
    def key(self) -> tuple[str, ...]:
        """Addresses with the same key are one for the walls."""
        return self.kind, self.owner, self.view, *sorted(name for name, _ in parse_qsl(self.query))

    @property
    def address(self) -> str:
        """What is asked for."""
        path = f"{self.place}/{self.view}" if self.view else self.place
        return f"{path}?{self.query}" if self.query else path


def met(portal: Any, owners: dict[str, str], address: str) -> Met:
    """Take an address apart.

    :param owners: the user name by customer id, for the people whom the matrix tells apart.
    """
    parts = urlsplit(address)
    content, names = portal, unquote(parts.path).removeprefix(SITE).strip("/").split("/")
    while names and hasattr(content, "objectIds") and names[0] in content.objectIds():
        content = content._getOb(names.pop(0))
    place = "/".join(content.getPhysicalPath())
    return Met(place, kind_of(content), _owner(content, owners), "/".join(names), parts.query)


def kind_of(content: Any) -> str:
    """The portal type, in short."""
    return str(content.portal_type).removeprefix("sp.personcert.").lower().replace(" ", "_")


def _owner(content: Any, owners: dict[str, str]) -> str:
    while content is not None and IOwnContent.providedBy(content):
        if ICustomer in providedBy(content):
            return owners.get(content.getId(), "somebody")
        content = content.__parent__
    return ""


def crawl(
    person: Visitor, portal: Any, owners: dict[str, str], with_frame: bool
) -> dict[tuple[str, ...], Met]:
    """Every address on the pages that a person reaches; one for each key.

    :param with_frame: read a page in Plone's frame too, which costs seconds. What such a page leads to is
        noted and not followed: some of its links change things.
    """
    found: dict[tuple[str, ...], Met] = {}
    ahead = [(f"{SITE}{path}", True) for path in BEGIN]
    while ahead:
        address, is_followed = ahead.pop()
        one = met(portal, owners, address)
        if one.key in found:
            continue
        found[one.key] = one
        is_framed = one.kind == "folder" or one.view == "edit"
        if one.view.startswith("++plone++") or not is_followed or (is_framed and not with_frame):
            continue
        page = person.see(one.address)
        ahead += [(link, 'class="kw"' in page.text) for link in addresses_on(page, one.address)]
    return found


def addresses_on(page: Any, address: str) -> Iterator[str]:
    """The addresses inside the site that an answer leads to."""
    if location := page.headers.get("Location"):
        links = [location]
    elif page.content_type == "text/html" and page.body:
        links = tree(page).xpath(LINKS)
    else:
        return
    for link in links:
        inside = link.removeprefix(HOST)
        if inside.startswith(("?", "#")):
            inside = address.partition("?")[0] + inside
        if inside == SITE or inside.startswith((f"{SITE}/", f"{SITE}?")):
            yield inside.partition("#")[0]
