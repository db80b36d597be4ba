"""What is published for whom: our content shows our views alone, stock pages only what is allowed."""

from collections.abc import Iterator
from typing import Any

from plone.resource.file import FilesystemFile
from plone.rest.traverse import RESTWrapper
from zExceptions import NotFound
from zope.browserresource.interfaces import IResource
from zope.component import adapter
from zope.component.hooks import getSite
from zope.interface import Interface
from ZPublisher.interfaces import IPubAfterTraversal

from sp.personcert.interfaces import IOwnContent, IOwnView, IPersonCertLayer

from ..access import may
from ..permissions import Permission
from .allowed import STOCK_NAMES

GUARDED = "_personcert_guarded"  # set on a request that came as far as a view


class IPassage(Interface):
    """A folder that one walks through and never looks into."""


@adapter(IPubAfterTraversal)
def hide_what_is_not_yours(event: Any) -> None:
    """ZPublisher checks only what is published; this checks what it lies in.

    On our content it does not ask for the browser layer: after an uninstall the walls stand while
    content stands.
    """
    _refuse_what_is_not_ours(event.request)
    event.request.set(GUARDED, True)
    for depth, content in enumerate(_content_on_the_way(event.request)):
        if depth and IPassage.providedBy(content):
            continue
        if not may(Permission.VIEW, content):
            raise NotFound


def _content_on_the_way(request: Any) -> Iterator[Any]:
    for parent in (request.get("PUBLISHED"), *request.get("PARENTS", ())):
        content = _unwrapped(parent)
        if IOwnContent.providedBy(content):
            yield content


def _refuse_what_is_not_ours(request: Any) -> None:
    """Stock views, methods and services are closed, by whatever name they come."""
    published, parents = request.get("PUBLISHED"), request.get("PARENTS", ())
    if IOwnView.providedBy(published):
        return
    if IOwnContent.providedBy(published) or (parents and IOwnContent.providedBy(_unwrapped(parents[0]))):
        raise NotFound
    if IPersonCertLayer.providedBy(request) and not _is_stock_allowed(published):
        raise NotFound


def _is_stock_allowed(published: Any) -> bool:
    """Resources and the allow list are for everybody, the rest for those who work in Plone's frame."""
    name = getattr(published, "__name__", "")
    if name in STOCK_NAMES or _is_resource(published):
        return True
    return may(Permission.USE_PLONE_FRAME, getSite())


def _is_resource(published: Any) -> bool:
    """Style sheets, scripts and pictures of packages, or the method of one that answers."""
    found = (published, getattr(published, "__self__", None))
    return any(IResource.providedBy(one) or isinstance(one, FilesystemFile) for one in found)


def _unwrapped(parent: Any) -> Any:
    """plone.rest puts wrappers into PARENTS that provide none of the content's interfaces."""
    return parent.context if isinstance(parent, RESTWrapper) else parent
