"""Reading accounts."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from plone import api

from sp.personcert.foundation.clock import STOCKHOLM, machine_seconds
from sp.personcert.foundation.identity import current_user_id
from sp.personcert.foundation.permissions import Role
from sp.personcert.foundation.settings import setting

from . import storage
from .domain import LinkKind, Login, SessionKind
from .domain.links import holder_and_secret
from .plugins import sessions

STAFF_GROUPS = {
    "personcert-officers": Role.OFFICER,
    "personcert-decision-makers": Role.DECISION_MAKER,
    "personcert-administrators": Role.ADMINISTRATOR,
}


@dataclass(frozen=True)
class AccountRow:
    """What a page of accounts shows of one."""

    user_id: str
    user_name: str
    full_name: str
    email: str
    groups: frozenset[str]
    is_disabled: bool
    is_activated: bool
    has_second_factor: bool
    needs_second_factor: bool
    last_login: datetime | None
    former_email: str = ""


@dataclass(frozen=True)
class SessionRow:
    """One place where a person is logged in."""

    id: str
    opened: datetime
    kind: SessionKind
    methods: str
    address: str
    agent: str
    is_here: bool


@dataclass(frozen=True)
class SessionEnds:
    """Seconds left: without doing anything, and in all."""

    idle: int
    longest: int
    warning: int = 0  # so long before the end the person is told


@dataclass(frozen=True)
class LinkHolder:
    """Whose one-use link that is."""

    user_id: str
    user_name: str
    kind: LinkKind


def users() -> Any:
    """The user manager."""
    return api.portal.get_tool("acl_users").source_users


def user_name_of(user_id: str) -> str:
    """What the person types to log in, "" for an unknown user."""
    return str(users()._userid_to_login.get(user_id, ""))


def account_of(user_id: str) -> AccountRow | None:
    """One account, unchecked: the caller asks for the permission."""
    user_name = user_name_of(user_id)
    user = api.user.get(userid=user_id) if user_name else None
    if user is None:
        return None
    kept = storage.account(user_id) or storage.Account()
    groups = frozenset(STAFF_GROUPS) & frozenset(user.getGroups())
    return AccountRow(
        user_id,
        user_name,
        str(user.getProperty("fullname") or ""),
        str(user.getProperty("email") or ""),
        groups,
        kept.is_disabled,
        users().is_usable(user_id),
        bool(kept.factor_secret),
        kept.needs_second_factor or bool(groups and setting("second_factor_for_staff")),
        kept.logins[0].moment if kept.logins else None,
        kept.former_email,
    )


def staff_accounts() -> list[AccountRow]:
    """Everybody in a group of the staff, by name."""
    groups = api.portal.get_tool("acl_users").source_groups
    user_ids = {user_id for name in STAFF_GROUPS for user_id, _ in groups.listAssignedPrincipals(name)}
    found = [row for user_id in user_ids if (row := account_of(user_id)) is not None]
    return sorted(found, key=lambda row: (row.full_name.casefold(), row.user_name))


def is_staff(user_id: str) -> bool:
    """Whether the user is in a group of the staff."""
    user = api.portal.get_tool("acl_users").getUserById(user_id)
    return user is not None and not STAFF_GROUPS.keys().isdisjoint(user.getGroups())


def link_holder(code: str) -> LinkHolder | None:
    """The person of a link that still opens; looking changes nothing."""
    user_id, secret = holder_and_secret(code)
    kept = storage.account(user_id)
    link = kept.link if kept is not None and not kept.is_disabled else None
    if link is None or not link.opens_with(secret, machine_seconds()):
        return None
    return LinkHolder(user_id, user_name_of(user_id), link.kind)


def sessions_of_current_user(request: Any) -> tuple[SessionRow, ...]:
    """Where the person is logged in, newest first."""
    kept, here = storage.account(current_user_id()), sessions.present(request)
    standing = kept.sessions if kept is not None else {}
    rows = [
        SessionRow(
            session_id,
            datetime.fromtimestamp(session.opened, UTC).astimezone(STOCKHOLM),
            session.kind,
            session.methods,
            session.address,
            session.agent,
            here is not None and here[0].session_id == session_id,
        )
        for session_id, session in standing.items()
        if sessions.is_standing(session, machine_seconds())
    ]
    return tuple(sorted(rows, key=lambda row: row.opened, reverse=True))


def latest_logins() -> tuple[Login, ...]:
    """The person's own, newest first."""
    kept = storage.account(current_user_id())
    return kept.logins if kept is not None else ()


def recovery_codes_left() -> int | None:
    """How many recovery codes the person has; None without a second factor."""
    kept = storage.account(current_user_id())
    return len(kept.recovery_hashes) if kept is not None and kept.factor_secret else None


def session_ends(request: Any) -> SessionEnds | None:
    """When the present session ends, None for whoever is not logged in by one."""
    found = sessions.present(request)
    if found is None:
        return None
    ticket, session = found
    limits, now = sessions.limits(session.kind), machine_seconds()
    longest = int(session.opened + limits.longest - now)
    warning = min(setting("session_warning_minutes") * 60, limits.idle // 2)
    return SessionEnds(min(int(ticket.made + limits.idle - now), longest), longest, warning)
