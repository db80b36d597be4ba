"""E-mail addresses that mail does not reach: noting it, and getting to one that works."""

from dataclasses import replace
from typing import Any

from plone import api
from zope.event import notify

from sp.personcert import _
from sp.personcert.foundation import audit
from sp.personcert.foundation.access import is_closed, require
from sp.personcert.foundation.clock import today
from sp.personcert.foundation.errors import NotAllowed, Refused
from sp.personcert.foundation.identity import current_user_id
from sp.personcert.foundation.mail_addresses import is_mail_address
from sp.personcert.foundation.permissions import Permission

from .. import queries, storage
from ..domain import AddressFault, BadAddress
from ..events import AddressChanged, AddressFoundBad, AddressUsable, NewAddressTold

NO_MAIL_ADDRESS = _(
    "refused_mail_address", default="Det ser inte ut som en e-postadress. Skriv den som namn@exempel.se."
)
BAD_AGAIN = _(
    "refused_same_address",
    default="Det är adressen som inte fungerar. Skriv en annan, eller välj att den stämmer.",
)
TOLD_ANOTHER = _(
    "refused_told_another_address",
    default="Du har redan bett oss att använda en annan adress. Skriv ett meddelande till oss om den gamla "
    "ändå stämmer.",
)
NO_ADDRESS = _("refused_no_address_to_mark", default="Kunden har ingen e-postadress.")


def mark_address_bad(customer: Any, reason: AddressFault) -> None:
    """Note that mail to the address in use does not arrive.

    For the mail's recipient adapter, which the service user asks in a task, and for operations that have
    asked for the permission of a person; the first day stays when it is known already.
    """
    if not customer.email or queries.email_is_bad(customer):
        return
    customer.bad_address = BadAddress(customer.email, today(), AddressFault(reason))
    audit.record("customer.address_bad", customer, reason=reason.value)


def note_returned(customer: Any) -> None:
    """An officer has seen that what we send to a customer by e-mail comes back.

    :raises NotAllowed: for whoever does not read the address.
    """
    _require_correcting(customer)
    if not customer.email:
        raise Refused(NO_ADDRESS)
    _mark_bounced(customer)


def note_bounce(address: str) -> int:
    """An administrator enters an address that came back; every customer with that address is marked.

    Protected identities get no mail and are not told of here, and neither are records closed to the person.
    Every answer is recorded, as it tells whether somebody has the address; the address itself is not.

    :returns: how many customers have the address.
    :raises Refused: for what is no address.
    """
    require(Permission.MANAGE_TASKS, api.portal.get())
    known = queries.with_email(checked(address))
    found = [one for one in known if not one.protected_identity and not is_closed(one)]
    for customer in found:
        _mark_bounced(customer)
    audit.record("address.bounce", api.portal.get(), count=len(found))
    return len(found)


def confirm_address(customer: Any) -> None:
    """The customer says that the address is right: mail is tried again.

    :raises NotAllowed: for everybody else.
    :raises Refused: when the customer has told another meanwhile, which an officer is to enter.
    """
    _require_own(customer)
    if not queries.email_is_bad(customer):
        return
    if customer.bad_address.told:
        raise Refused(TOLD_ANOTHER)
    audit.record("customer.confirm_address", customer)
    _usable(customer)


def tell_new_address(customer: Any, address: str, creation_id: str) -> None:
    """The customer asks us to use another address; an officer enters it, like every change of details.

    What was told last is what the newest message says: a form tells once, whatever is sent with it later.

    :param creation_id: of the form.
    :raises NotAllowed: for everybody else.
    :raises Refused: for what is no address, or is the one that does not work.
    """
    _require_own(customer)
    told, bad = checked(address), customer.bad_address
    if not queries.email_is_bad(customer) or bad.told == told or creation_id in bad.forms:
        return
    if bad.is_about(told):
        raise Refused(BAD_AGAIN, "email")
    customer.bad_address = replace(bad, told=told, forms=(*bad.forms, creation_id))
    notify(NewAddressTold(customer, told, creation_id))
    audit.record("customer.tell_new_address", customer)


def change_email(customer: Any, email: str) -> None:
    """Correct the address that notices go to. The same address once more says that it works again.

    Whoever has an account is told at the former address and in the case: the way in has moved.

    :raises NotAllowed: for whoever does not read the address.
    :raises Refused: for what is no address.
    """
    _require_correcting(customer)
    address, former = checked(email), customer.email
    if address == former and not queries.email_is_bad(customer):
        return
    if customer.company.email and not customer.person.email:
        customer.company = replace(customer.company, email=address)
    else:
        customer.person = replace(customer.person, email=address)
    storage.enter_email(customer)
    audit.record("customer.change_email", customer)
    if customer.user_id and address.casefold() != former.casefold():
        notify(AddressChanged(customer, former))
    _usable(customer)


def checked(typed: str) -> str:
    """The address without space around it.

    :raises Refused: for what is no address.
    """
    address = "".join(sign for sign in typed.strip() if sign.isprintable())
    if not is_mail_address(address):
        raise Refused(NO_MAIL_ADDRESS, "email")
    return address


def _mark_bounced(customer: Any) -> None:
    if not queries.email_is_bad(customer):
        mark_address_bad(customer, AddressFault.BOUNCED)
        notify(AddressFoundBad(customer))


def _usable(customer: Any) -> None:
    customer.bad_address = None
    notify(AddressUsable(customer))


def _require_correcting(customer: Any) -> None:
    require(Permission.OPEN_CUSTOMER, customer)
    if not queries.shows_contact(customer):
        raise NotAllowed


def _require_own(customer: Any) -> None:
    if not current_user_id() or customer.user_id != current_user_id():
        raise NotAllowed
