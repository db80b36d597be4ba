"""Not logged in: every path through the customers' folder is the same redirect."""

from typing import Any
from urllib.parse import urlencode

from Acquisition import aq_chain, aq_inner
from plone.rest.interfaces import IAPIRequest
from zExceptions import NotFound, Redirect, Unauthorized

from ..addresses import path_of_site
from ..identity import is_logged_in
from ..taskqueue.interfaces import ITaskQueueLayer

METHODS = ("GET", "HEAD", "POST")


class Gate:
    """Base of the customers' folder. Asked before anything below is looked up."""

    def __before_publishing_traverse__(self, published: Any, request: Any = None) -> None:
        """Turn away whoever is not logged in, WebDAV, and detours through other folders."""
        if ITaskQueueLayer.providedBy(request):
            return
        if is_logged_in(request, self):
            if is_webdav(request):
                raise NotFound
            if aq_chain(self) != aq_chain(aq_inner(self)):
                raise NotFound  # stock checks only the last step of a path that acquires
            return
        if IAPIRequest.providedBy(request):
            raise Unauthorized("Log in")
        raise Redirect(login_path(request))


def is_webdav(request: Any) -> bool:
    """Whether the method is one that neither pages nor services have."""
    return request["REQUEST_METHOD"] not in METHODS and not IAPIRequest.providedBy(request)


def asked_path(request: Any) -> str:
    """The address asked for, without scheme and host: never a way off the site."""
    return "/" + request["ACTUAL_URL"].removeprefix(request["SERVER_URL"]).lstrip("/")


def login_path(request: Any) -> str:
    """The login, which leads on to what was asked for: a path, never a claimed host."""
    return f"{path_of_site()}/login?{urlencode({'came_from': asked_path(request)})}"
