"""The question whether the person in charge may do something.

A member of the staff may be certified too, or be close to somebody who is. Such records are closed to
the person's powers as staff (ISO/IEC 17024, Impartiality): what a role grants everywhere counts for nothing
inside them. Zope can only add roles on the way down, so the subtraction is here and in the guard.
"""

from typing import Any

from AccessControl import getSecurityManager
from AccessControl.PermissionRole import rolesForPermissionOn
from Acquisition import aq_base, aq_parent
from zope.component import queryUtility
from zope.globalrequest import getRequest
from zope.interface import Interface

from sp.personcert import _

from .content import OwnContent, Record
from .errors import NotAllowed
from .identity import current_user_id
from .permissions import Role

CLOSED = _(
    "refused_closed_record",
    default="Ärendet rör dig själv eller någon som står dig nära. En annan handläggare måste ta hand om det.",
)
NO_POWERS = frozenset({"Anonymous", "Authenticated"})
_KNOWN = "_personcert_closed_records"


class IRecordsKeeper(Interface):
    """The utility that knows which records are closed to whom."""

    def closed_to(user_id: str) -> frozenset[str]:
        """Ids of the records that are closed to a person's powers as staff: the own one, and relatives'."""


def may(permission: str, content: Any) -> bool:
    """Whether the person in charge holds the permission on the content, in its present state."""
    if not getSecurityManager().checkPermission(str(permission), content):
        return False
    record = _closed_record(content)
    return record is None or _may_as_customer(permission, content, record)


def require(permission: str, content: Any) -> None:
    """:raises NotAllowed: when the person in charge does not hold the permission there."""
    if not may(permission, content):
        raise NotAllowed(CLOSED if is_closed(content) else None)


def closed_records() -> frozenset[str]:
    """Ids of the records that are closed to the person in charge, looked up once for each request."""
    user_id, request = current_user_id(), getRequest()
    if not user_id:
        return frozenset()
    known: dict[str, frozenset[str]] = {} if request is None else request.other.setdefault(_KNOWN, {})
    if user_id not in known:
        keeper = queryUtility(IRecordsKeeper)
        known[user_id] = keeper.closed_to(user_id) if keeper is not None else frozenset()
    return known[user_id]


def forget_closed_records() -> None:
    """Look them up anew: they were changed in this very request."""
    request = getRequest()
    if request is not None:
        request.other.pop(_KNOWN, None)


def is_closed(content: Any) -> bool:
    """Whether the content lies in a record that is closed to the person's powers as staff."""
    return _closed_record(content) is not None


def _closed_record(content: Any) -> Any | None:
    """The closed record that the content lies in. Who holds no role has no powers to lose."""
    user = getSecurityManager().getUser()
    if not isinstance(aq_base(content), OwnContent) or NO_POWERS.issuperset(user.getRoles()):
        return None
    while not isinstance(aq_base(content), Record):
        content = aq_parent(content)
        if content is None:
            return None
    return content if content.user_id == user.getId() or content.getId() in closed_records() else None


def _may_as_customer(permission: str, content: Any, record: Any) -> bool:
    """The own case stays open as to any customer."""
    return bool(
        record.user_id == current_user_id()
        and Role.CUSTOMER.value in rolesForPermissionOn(str(permission), content)
    )
