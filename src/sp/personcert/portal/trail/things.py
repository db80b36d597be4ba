"""What the audit's paths lead to: the objects in words, and back from a number to a path."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from Acquisition import aq_base
from plone import api
from zope.i18nmessageid import Message

from sp.personcert import _
from sp.personcert.cases import queries as cases
from sp.personcert.cases.interfaces import ICase
from sp.personcert.certificates.interfaces import ICertificate
from sp.personcert.certification_types.interfaces import ICertificationType
from sp.personcert.customers import queries as customers
from sp.personcert.customers.interfaces import ICustomer
from sp.personcert.documents.interfaces import IDocument
from sp.personcert.foundation.access import may
from sp.personcert.foundation.permissions import Permission
from sp.personcert.messages.interfaces import IMessage

SITE = _("thing_site", default="Webbplatsen")
KINDS: Mapping[Any, Message] = {
    ICustomer: _("thing_customer", default="Kund"),
    ICase: _("thing_case", default="Ärende"),
    ICertificate: _("thing_certificate", default="Certifikat"),
    IDocument: _("thing_document", default="Dokument"),
    IMessage: _("thing_message", default="Meddelande"),
    ICertificationType: _("thing_certification_type", default="Certifieringstyp"),
}
_NUMBERS = ("number", "case_number", "customer_number")


@dataclass(frozen=True)
class Thing:
    """An object: its kind, its number or title, and its address for whoever may see it."""

    kind: Message | None = None
    number: str = ""
    url: str = ""


def thing_at(path: str) -> Thing:
    """The object at a path from the site on. One that is gone, or not of ours, is its path."""
    steps = [step for step in path.split("/") if step]
    content = _content(api.portal.get(), steps)
    kind = next((word for marker, word in KINDS.items() if marker.providedBy(content)), None)
    if not steps:
        return Thing(SITE)
    if kind is None:
        return Thing(None, path)
    return Thing(kind, _number(content), _page(content))


def path_of(typed: str) -> str | None:
    """The path that somebody means by a customer number, a case number, a path or an address; or None."""
    number = "".join(typed.split())
    if "/" in typed:
        return _path_in_address(typed)
    found = customers.with_number(number.upper()) or cases.with_number(number.lower())
    if found is None:
        return None
    return "/" + "/".join(found.getPhysicalPath()[len(api.portal.get().getPhysicalPath()) :])


def _path_in_address(typed: str) -> str | None:
    try:
        path = unquote(urlsplit(typed.strip()).path)
    except ValueError:
        return None
    site = api.portal.get()
    for prefix in ("/".join(site.getPhysicalPath()), site.absolute_url_path().rstrip("/")):
        if path == prefix or path.startswith(f"{prefix}/"):
            path = path[len(prefix) :] or "/"
            break
    steps = [step for step in path.split("/") if step and not step.startswith("@@")]
    return "/" + "/".join(steps) if path.startswith("/") else None


def _content(site: Any, steps: list[str]) -> Any | None:
    """Without a check: only kind and number are told, and the address only of what may be seen."""
    content = site
    for step in steps:
        content = content._getOb(step, None) if hasattr(content, "_getOb") else None
        if content is None:
            return None
    return content


def _page(content: Any) -> str:
    """Where it is shown, for whoever may see it. A document shows on its case: to fetch it is a deed."""
    if ICertificationType.providedBy(content):
        return f"{content.absolute_url_path()}/@@redigera" if may(Permission.MANAGE_TYPES, content) else ""
    while not (ICase.providedBy(content) or ICustomer.providedBy(content)):
        content = content.__parent__
    return str(content.absolute_url_path()) if may(Permission.VIEW, content) else ""


def _number(content: Any) -> str:
    """Its own number, or that of what it lies in."""
    while content is not None:
        for name in _NUMBERS:
            if found := getattr(aq_base(content), name, ""):
                return str(found)
        if ICertificationType.providedBy(content):
            return str(content.title)
        content = getattr(content, "__parent__", None)
    return ""
