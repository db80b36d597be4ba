"""The question whether the person in charge may do something."""

from typing import Any

from AccessControl import getSecurityManager

from .errors import NotAllowed


def may(permission: str, content: Any) -> bool:
    """Whether the person in charge holds the permission on the content, in its present state."""
    return bool(getSecurityManager().checkPermission(str(permission), content))


def require(permission: str, content: Any) -> None:
    """:raises NotAllowed: when the person in charge does not hold the permission there."""
    if not may(permission, content):
        raise NotAllowed
