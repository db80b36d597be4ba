"""Who is asking, also before ZPublisher knows."""

from typing import Any

from AccessControl import getSecurityManager
from Acquisition import aq_chain, aq_inner

_KEY = "_personcert_logged_in"


def current_user_id() -> str:
    """The id of the person (or service user) in charge, "" for the public."""
    return getSecurityManager().getUser().getId() or ""


def is_logged_in(request: Any, content: Any) -> bool:
    """Ask every user folder above the content.

    While traversing, and in error views, the security manager says Anonymous.
    """
    known = request.other.get(_KEY)  # request.get would take it from the query too
    if known is None:
        known = any(_knows(folder, request) for folder in _user_folders(content))
        request.set(_KEY, known)
    return bool(known)


def _user_folders(content: Any) -> list[Any]:
    return [
        parent.__allow_groups__
        for parent in aq_chain(aq_inner(content))
        if "__allow_groups__" in getattr(parent, "__dict__", {})
    ]


def _knows(folder: Any, request: Any) -> bool:
    extract = getattr(folder, "_extractUserIds", None)
    return bool(extract and extract(request, folder._getOb("plugins")))
