"""What is published for whom: our content shows our views alone, stock pages only what is allowed."""

from collections.abc import Iterator
from typing import Any

from plone.rest.traverse import RESTWrapper
from webdav.NullResource import NullResource
from zExceptions import NotFound
from zope.component import adapter
from zope.component.hooks import getSite
from zope.interface import Interface
from ZPublisher.interfaces import IPubAfterTraversal

from sp.personcert.interfaces import IOwnContent, IOwnView, IPersonCertLayer

from ..access import is_closed, may
from ..permissions import Permission
from .allowed import CLOSED_TO_ALL, STOCK_NAMES
from .gate import is_webdav
from .headers import is_resource

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
    on_the_way = list(_content_on_the_way(event.request))
    if on_the_way and not IOwnContent.providedBy(_place(event.request)):
        raise NotFound  # a stock page, acquired through our content
    for depth, content in enumerate(on_the_way):
        if depth and IPassage.providedBy(content):
            continue
        if not may(Permission.VIEW, content):
            raise NotFound
    _refuse_staffs_view_of_own_record(event.request)


def _content_on_the_way(request: Any) -> Iterator[Any]:
    for parent in (request.get("PUBLISHED"), *request.get("PARENTS", ())):
        content = _unwrapped(parent)
        if IOwnContent.providedBy(content):
            yield content


def _refuse_staffs_view_of_own_record(request: Any) -> None:
    """Zope adds up roles and let the person in; in a closed record the role of the staff does not count."""
    place = _place(request)
    if IOwnContent.providedBy(place) and is_closed(place):
        protected = getattr(request.get("PUBLISHED"), "__ac_permissions__", ())
        if not all(may(title, place) for title, names in protected if {"", "__call__"} & set(names)):
            raise NotFound


def _refuse_what_is_not_ours(request: Any) -> None:
    """Stock views, methods and services are closed, by whatever name they come."""
    published, parents = request.get("PUBLISHED"), request.get("PARENTS", ())
    is_here = IPersonCertLayer.providedBy(request)
    if is_here and (is_webdav(request) or (parents and isinstance(parents[0], NullResource))):
        raise NotFound  # a HEAD of nothing is answered by WebDAV too
    if IOwnView.providedBy(published):
        return
    if IOwnContent.providedBy(published) or IOwnContent.providedBy(_place(request)):
        raise NotFound
    if is_here and not _is_stock_allowed(published):
        raise NotFound


def _is_stock_allowed(published: Any) -> bool:
    """Resources and the allow list are for everybody, the rest for those who work in Plone's frame."""
    name = getattr(published, "__name__", "")
    if name in STOCK_NAMES or is_resource(published):
        return True
    if name in CLOSED_TO_ALL or "@login" in name:
        return False
    return may(Permission.USE_PLONE_FRAME, getSite())


def _place(request: Any) -> Any:
    """What the published view is a view of."""
    return _unwrapped(next(iter(request.get("PARENTS", ())), None))


def _unwrapped(parent: Any) -> Any:
    """plone.rest puts wrappers into PARENTS that provide none of the content's interfaces."""
    return parent.context if isinstance(parent, RESTWrapper) else parent
