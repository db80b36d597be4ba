"""Content that writes itself and nothing else.

Stock content writes its container, two catalogues, an id registry and a relation catalogue when
it is added. Ours writes the container's BTree and its length, so that people do not meet in
common objects.
"""

import uuid
from collections.abc import Iterable
from typing import Any, TypeVar

from AccessControl.class_init import InitializeClass
from AccessControl.SecurityInfo import ClassSecurityInfo
from plone import api
from plone.uuid.interfaces import IUUID
from zope.component import adapter
from zope.interface import implementer

from sp.personcert.interfaces import IOwnContent

from .permissions import Role

ContentT = TypeVar("ContentT")
STOCK_POWERS = ("Modify portal content", "Add portal content", "Delete objects", "List folder contents")


class OwnContent:
    """First base of every content class of ours, before Container or Item."""

    security = ClassSecurityInfo()
    _ordering = "unordered"
    meta_type = None  # BTreeFolder keeps an index by meta_type: one hot BTree less
    __ac_local_roles__: dict[str, Any] = {}  # not None: nobody becomes Owner by creating or copying

    @security.private
    def _getCatalogTool(self) -> None:
        """No catalogue: whoever indexes asks here first. (The ZMI's rebuild does not: indexing.py.)"""

    @security.private
    def notifyModified(self) -> None:
        """modified() is the machine's clock; what matters is dated by operations."""

    @security.private
    def manage_setLocalRoles(self, userid: str, roles: Any = (), *ignored: Any) -> None:
        """Roles on our content come from the customer's user_id alone."""

    @security.private
    def manage_fixupOwnershipAfterAdd(self) -> None:
        """Executable ownership is for scripts."""

    @security.private
    def cb_isCopyable(self) -> bool:
        """Files and cases are never copied, cut or renamed."""
        return False

    cb_isMoveable = cb_isCopyable


InitializeClass(OwnContent)


class Record(OwnContent):
    """First base of content that is about one person, with everything inside it."""

    user_id = ""  # the person's own account, if any


@implementer(IUUID)
@adapter(IOwnContent)
def uuid_of(content: Any) -> str:
    """The random id is the UUID: there is nothing to keep in step."""
    return str(content.getId())


def nothing(content: Any) -> None:
    """Adapter that says: content rules and link integrity have no business here."""


def new_id() -> str:
    """An id that says nothing: 32 hexadecimal digits."""
    return uuid.uuid4().hex


def add(container: Any, content: ContentT, content_id: str | None = None) -> ContentT:
    """Put new content into its container and return it there, wrapped.

    :param content_id: given for the few fixed addresses of the site; otherwise random.
    """
    content.id = content_id or new_id()
    container._setObject(content.id, content, set_owner=0)
    return container._getOb(content.id)


def add_at_root(folder: Any, name: str, viewers: Iterable[Role]) -> Any:
    """Make a folder of ours in the site once, and give it back.

    :param viewers: the roles that look into it. Stock powers inside are the Manager's alone.
    """
    portal = api.portal.get()
    if name in portal.objectIds():
        return portal[name]
    made, roles = add(portal, folder, name), [role.value for role in viewers]
    for permission in ("View", "Access contents information"):
        made.manage_permission(permission, roles, acquire=0)
    for permission in STOCK_POWERS:
        made.manage_permission(permission, ["Manager"], acquire=0)
    return made
