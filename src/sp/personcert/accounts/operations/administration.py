"""What administrators do to staff accounts, and officers to customers' accounts."""

from collections.abc import Iterable

from plone import api

from sp.personcert import _
from sp.personcert.customers import queries as customers
from sp.personcert.foundation.access import require
from sp.personcert.foundation.errors import NotAllowed, Refused
from sp.personcert.foundation.identity import current_user_id
from sp.personcert.foundation.permissions import Permission, Role

from .. import storage
from ..domain import LinkKind
from ..letters import LetterKind
from ..queries import STAFF_GROUPS, account_of, staff_accounts, users
from .addresses import leave_address
from .entries import note
from .letters import queue_letter

OWN_ACCOUNT = _("refused_own_account", default="Du kan inte stänga av ditt eget konto.")
OWN_CHANGES = _(
    "refused_own_changes",
    default="En annan administratör ändrar adress, roller och engångskod på ditt eget konto.",
)
ADMINISTRATORS = next(name for name, role in STAFF_GROUPS.items() if role is Role.ADMINISTRATOR)


def send_activation(user_id: str) -> None:
    """Mail a new link to choose a password; an older one opens nothing any more."""
    _require(user_id)
    kind = LinkKind.HELP if users().is_usable(user_id) else LinkKind.ACTIVATION
    note("link_asked", user_id)
    queue_letter(user_id, kind)


def change_staff_account(user_id: str, full_name: str, email: str, groups: Iterable[str]) -> None:
    """Change what a member of the staff is called and does; new roles hold at the next request.

    The former address is told of a new one, and a link that lies there opens nothing any more.

    :raises Refused: when no administrator would be left, and for one's own address and roles.
    """
    _require_staff(user_id)
    chosen, before = frozenset(groups), account_of(user_id)
    if before is not None and (email, chosen) != (before.email, before.groups):
        _refuse_oneself(user_id)
    if not chosen or not chosen <= STAFF_GROUPS.keys():
        raise NotAllowed
    if ADMINISTRATORS not in chosen:
        _refuse_to_lose_the_last(user_id)
    if before is not None and before.email != email:
        leave_address(user_id, before.email)
    api.user.get(userid=user_id).setMemberProperties({"fullname": full_name, "email": email})
    source = api.portal.get_tool("acl_users").source_groups
    for name in STAFF_GROUPS:
        is_member = user_id in {one for one, _title in source.listAssignedPrincipals(name)}
        if name in chosen and not is_member:
            source.addPrincipalToGroup(user_id, name)
        elif name not in chosen and is_member:
            source.removePrincipalFromGroup(user_id, name)
    note("changed", user_id, groups=",".join(sorted(chosen)))


def disable(user_id: str) -> None:
    """Shut somebody out at once: sessions and links end, the password opens nothing.

    :raises Refused: for oneself, and for the last administrator.
    """
    _require(user_id)
    if user_id == current_user_id():
        raise Refused(OWN_ACCOUNT)
    _refuse_to_lose_the_last(user_id)
    account = storage.ensure_account(user_id)
    account.is_disabled = True
    account.shut_out()
    note("disabled", user_id)


def enable(user_id: str) -> None:
    """Let somebody in again, with the password of before."""
    _require(user_id)
    storage.ensure_account(user_id).is_disabled = False
    note("enabled", user_id)


def reset_second_factor(user_id: str) -> None:
    """Forget an app that is lost; the person enrols another at the next log-in. Sessions end.

    :raises Refused: for oneself: a stolen session would be enough to take the account over.
    """
    _require_staff(user_id)
    _refuse_oneself(user_id)
    account = storage.ensure_account(user_id)
    account.factor_secret, account.factor_step, account.recovery_hashes = "", 0, ()
    account.needs_second_factor = True
    account.shut_out()
    note("factor_reset", user_id)
    queue_letter(user_id, LetterKind.FACTOR_CHANGED)


def forget(user_id: str) -> None:
    """Drop what is kept of a user who was deleted."""
    storage.forget_account(user_id)
    note("deleted", user_id)


def _require(user_id: str) -> None:
    """Customers' accounts are the officers', staff accounts the administrators'."""
    customer = customers.of_user(user_id)
    if customer is not None:
        require(Permission.OPEN_CUSTOMER, customer)
    else:
        _require_staff(user_id)


def _require_staff(user_id: str) -> None:
    require(Permission.MANAGE_ACCOUNTS, api.portal.get())
    row = account_of(user_id)
    if row is None or not row.groups:
        raise NotAllowed


def _refuse_oneself(user_id: str) -> None:
    if user_id == current_user_id():
        raise Refused(OWN_CHANGES)


def _refuse_to_lose_the_last(user_id: str) -> None:
    able = [row for row in staff_accounts() if row.is_activated and not row.is_disabled]
    others = [row for row in able if row.user_id != user_id]
    row = account_of(user_id)
    is_one = row is not None and ADMINISTRATORS in row.groups
    if is_one and not any(ADMINISTRATORS in other.groups for other in others):
        raise Refused(
            _("refused_last_administrator", default="Minst en administratör måste ha ett öppet konto.")
        )
