"""Finding customers."""

from datetime import date
from itertools import islice
from typing import Any

from plone import api

from sp.personcert.foundation.access import may
from sp.personcert.foundation.identity import current_user_id
from sp.personcert.foundation.permissions import Permission, Role
from sp.personcert.foundation.settings import setting

from . import domain, storage
from .domain import ContactMode
from .interfaces import ICustomer

FOLDER = "kunder"


def folder() -> Any:
    """The folder of all customers."""
    return api.portal.get()[FOLDER]


def ids_after(customer_id: str, size: int) -> list[str]:
    """Ids of some customers in a fixed order, unchecked, for work that goes through all of them in parts.

    :param customer_id: the id to go on from, "" to begin.
    """
    return list(islice(folder()._tree.keys(customer_id or None, None, bool(customer_id)), size))


def of_current_user() -> Any | None:
    """The customer whose account is logged in, or None for staff and the public."""
    return of_user(current_user_id())


def of_user(user_id: str) -> Any | None:
    """The customer with an account, unchecked: the caller shows nothing of it without a check."""
    customer_id = storage.table(storage.BY_USER).get(user_id) if user_id else None
    return folder()._getOb(customer_id) if customer_id else None


def by_number(customer_number: str) -> Any | None:
    """The customer with a number such as C129289, if the person in charge may see it."""
    customer = with_number(customer_number)
    return customer if customer is not None and may(Permission.VIEW, customer) else None


def with_number(customer_number: str) -> Any | None:
    """The same, unchecked: the caller shows nothing of it without a check."""
    customer_id = storage.table(storage.BY_NUMBER).get(customer_number)
    return folder()._getOb(customer_id, None) if customer_id else None


def is_known(personal_identity_number: str) -> bool:
    """Whether the number (12 digits) belongs to a customer already."""
    return personal_identity_number in storage.table(storage.BY_IDENTITY)


def with_email(address: str) -> list[Any]:
    """The customers whose address in use this is, unchecked: the caller shows nothing of them."""
    found = (folder()._getOb(customer_id, None) for customer_id in storage.with_email(address))
    return [customer for customer in found if customer is not None]


def email_is_bad(customer: Any) -> bool:
    """Whether mail to the address in use is known not to arrive."""
    found = customer.bad_address
    return found is not None and found.is_about(customer.email)


def letters_from(customer: Any) -> date | None:
    """The day from which the customer's letters are printed because of a bad address, or None."""
    return customer.bad_address.letters_from(setting("bad_address_days")) if email_is_bad(customer) else None


def is_reached_by_post(customer: Any) -> bool:
    """Whether letters go on paper whatever the e-mail address is (H42)."""
    return customer.contact_mode == ContactMode.ANALOG or bool(customer.protected_identity)


def is_asked_about_address(customer: Any) -> bool:
    """Whether the customer is asked about an e-mail address that does not work, and has not answered."""
    return email_is_bad(customer) and not customer.bad_address.told and not is_reached_by_post(customer)


def may_correct_email(customer: Any) -> bool:
    """Whether the person in charge is an officer who reads and corrects the customer's e-mail address."""
    return may(Permission.OPEN_CUSTOMER, customer) and shows_contact(customer)


def above(content: Any) -> Any:
    """The customer that the content lies in, or the content itself.

    :raises LookupError: outside the customers' folder.
    """
    while content is not None:
        if ICustomer.providedBy(content):
            return content
        content = getattr(content, "__parent__", None)
    raise LookupError("no customer above")


def shows_contact(customer: Any) -> bool:
    """Whether the person in charge, who may see the customer, reads contact data and personnummer too."""
    return domain.reads_contact(
        current_user_id(), customer.user_id, customer.protected_identity, customer.named_officers
    )


def may_open_number(customer: Any) -> bool:
    """Whether the person in charge may read the personnummer in the line of work."""
    return may(Permission.OPEN_IDENTITY_NUMBER, customer) and shows_contact(customer)


def may_see_protection(customer: Any) -> bool:
    """Whether the page about protection is there for the person in charge."""
    return current_user_id() in customer.named_officers or may(Permission.PROTECT_IDENTITY, customer)


def may_change_protection(customer: Any) -> bool:
    """Whether the person in charge may protect the identity, name others or lift the protection."""
    return may(Permission.PROTECT_IDENTITY, customer) and domain.may_change_protection(
        current_user_id(), customer.protected_identity, customer.named_officers, desk_staff()
    )


def desk_staff() -> dict[str, str]:
    """User id → name of everybody who handles cases or decides, by name."""
    users, desk = api.portal.get_tool("acl_users"), {Role.OFFICER.value, Role.DECISION_MAKER.value}
    assigned = users.portal_role_manager.listAssignedPrincipals
    groups = {group_id for role in desk for group_id, _title in assigned(role)}
    members = {
        user_id for group in groups for user_id, _title in users.source_groups.listAssignedPrincipals(group)
    }
    found = {user.getId(): user for user_id in members if (user := api.user.get(userid=user_id)) is not None}
    names = {
        user_id: str(user.getProperty("fullname") or user.getUserName()) for user_id, user in found.items()
    }
    return dict(sorted(names.items(), key=lambda item: (item[1].casefold(), item[0])))


def desk_staff_for(customer: Any) -> dict[str, str]:
    """The same, without those whom the customer's record is closed to."""
    return {
        user_id: name for user_id, name in desk_staff().items() if customer.getId() not in closed_to(user_id)
    }


def closed_to(user_id: str) -> frozenset[str]:
    """Ids of the customers that a member of the staff has no powers over: the own one, and relatives."""
    own = storage.table(storage.BY_USER).get(user_id)
    closed = storage.closed(user_id).ids
    return closed | {own} if own else closed


def own_record_of(user_id: str) -> str:
    """The customer number of the record that an administrator named as the account's own, or ""."""
    return next((number for number, _name in _numbers_and_names((storage.closed(user_id).own,))), "")


def records_closed_to(user_id: str) -> list[tuple[str, str]]:
    """Customer number and name of what an administrator closed to an account: the own one, then relatives.

    A protected identity is shown without name. For pages of whoever manages accounts.
    """
    records = storage.closed(user_id)
    return [*_numbers_and_names((records.own,)), *sorted(_numbers_and_names(records.relatives))]


def _numbers_and_names(customer_ids: tuple[str, ...]) -> list[tuple[str, str]]:
    found = [folder()._getOb(customer_id, None) for customer_id in customer_ids if customer_id]
    return [
        (customer.customer_number, "" if customer.protected_identity else customer.full_name)
        for customer in found
        if customer is not None
    ]
