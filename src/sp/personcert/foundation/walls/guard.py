"""Logged in: a public view on content that you may not see is not there."""

from collections.abc import Iterator
from typing import Any

from plone.rest.traverse import RESTWrapper
from zExceptions import NotFound
from zope.component import adapter
from zope.interface import Interface
from ZPublisher.interfaces import IPubAfterTraversal

from sp.personcert.interfaces import IOwnContent, IOwnView

from ..access import may
from ..permissions import Permission


class IPassage(Interface):
    """A folder that one walks through and never looks into."""


@adapter(IPubAfterTraversal)
def hide_what_is_not_yours(event: Any) -> None:
    """ZPublisher checks only what is published; this checks what it lies in.

    It does not ask for the browser layer: after an uninstall the walls stand while content stands.
    """
    _refuse_what_is_not_ours(event.request)
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
    """Stock views, methods and services are closed on our content, by whatever name they come."""
    published, parents = request.get("PUBLISHED"), request.get("PARENTS", ())
    if IOwnView.providedBy(published):
        return
    if IOwnContent.providedBy(published) or (parents and IOwnContent.providedBy(_unwrapped(parents[0]))):
        raise NotFound


def _unwrapped(parent: Any) -> Any:
    """plone.rest puts wrappers into PARENTS that provide none of the content's interfaces."""
    return parent.context if isinstance(parent, RESTWrapper) else parent
