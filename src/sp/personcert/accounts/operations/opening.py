"""Opening accounts (H8). Officers and administrators never see a password."""

from collections.abc import Iterable
from typing import Any

from plone import api

from sp.personcert import _
from sp.personcert.customers import operations as customers
from sp.personcert.foundation.access import require
from sp.personcert.foundation.content import new_id
from sp.personcert.foundation.errors import NotAllowed, Refused
from sp.personcert.foundation.mail_addresses import is_mail_address
from sp.personcert.foundation.permissions import Permission
from sp.personcert.foundation.settings import setting

from .. import storage
from ..domain import LinkKind, without_invisible_ends
from ..queries import STAFF_GROUPS, user_name_of, users
from .entries import note
from .letters import queue_letter

BAD_ADDRESS = _(
    "refused_bad_address",
    default="E-postadressen stämmer inte. Skriv den som namn@exempel.se, utan å, ä och ö.",
)


def open_account(
    user_name: str,
    password: str | None = None,
    *,
    full_name: str = "",
    email: str = "",
    groups: Iterable[str] = (),
    second_factor: bool = False,
    user_id: str = "",
) -> str:
    """Make an account without roles of its own, in these groups; give its user id. The caller checks.

    :param password: of a demonstration; None: the person chooses one by a one-use link.
    :param full_name: of staff. A customer's name and e-mail stand on the customer: without a name nothing
        of the person is kept beside the account.
    :raises Refused: when the user name is taken, or is none.
    """
    user_id, login = user_id or new_id(), without_invisible_ends(user_name).casefold()
    if not login or any(sign.isspace() or not sign.isprintable() for sign in login):
        raise Refused(
            _("refused_user_name_form", default="Skriv ett användarnamn utan mellanslag."), "user_name"
        )
    try:
        users().addUser(user_id, login, password)
    except KeyError as error:
        raise Refused(
            _("refused_user_name", default="Användarnamnet är upptaget. Välj ett annat."), "user_name"
        ) from error
    storage.ensure_account(user_id).needs_second_factor = second_factor
    if full_name:
        api.user.get(userid=user_id).setMemberProperties({"fullname": full_name, "email": email})
    for group in groups:
        api.portal.get_tool("acl_users").source_groups.addPrincipalToGroup(user_id, group)
    note("opened", user_id)
    return user_id


def open_staff_account(
    user_name: str, full_name: str, email: str, groups: Iterable[str], user_id: str = ""
) -> str:
    """Open an account for somebody who works here, and mail a link to choose a password.

    :param user_id: of the form that asks: sent twice, it finds the account that it made.
    :raises Refused: when the user name is taken.
    :raises NotAllowed: without the permission, or for a group that is not the staff's.
    """
    require(Permission.MANAGE_ACCOUNTS, api.portal.get())
    chosen = frozenset(groups)
    if not chosen or not chosen <= STAFF_GROUPS.keys():
        raise NotAllowed
    if not is_mail_address(email):
        raise Refused(BAD_ADDRESS, "email")
    if user_id and user_name_of(user_id):
        return user_id
    user_id = open_account(
        user_name,
        user_id=user_id,
        full_name=full_name,
        email=email,
        groups=sorted(chosen),
        second_factor=setting("second_factor_for_staff"),
    )
    queue_letter(user_id, LinkKind.ACTIVATION)
    return user_id


def open_customer_account(customer: Any, user_name: str) -> str:
    """Open a customer's account, connect the two, and mail the link (H8).

    :raises Refused: when the user name is taken, or there is an account or no address already.
    """
    require(Permission.OPEN_CUSTOMER, customer)
    if user_name_of(customer.user_id):  # a user who was deleted does not count
        raise Refused(_("refused_has_account", default="Kunden har redan ett konto."), "user_name")
    if not customer.email:
        raise Refused(
            _("refused_no_address", default="Kunden saknar e-postadress. För in den först."), "user_name"
        )
    user_id = open_account(user_name)
    customers.connect_account(customer, user_id, without_invisible_ends(user_name).casefold())
    queue_letter(user_id, LinkKind.ACTIVATION)
    return user_id
