"""What is written in a case because of a customer's e-mail address."""

from zope.component import adapter
from zope.i18n import translate

from sp.personcert import _
from sp.personcert.cases import queries as cases
from sp.personcert.customers.events import AddressChanged, NewAddressTold
from sp.personcert.foundation.errors import Refused
from sp.personcert.foundation.settings import setting

from . import operations
from .domain import MessageType

NO_CASE = _(
    "refused_address_no_case",
    default="Du har inget ärende hos oss än. Skriv din nya adress till ${email}, så lägger vi in den.",
)

CHANGED = _(
    "message_address_changed",
    default="Din e-postadress hos oss är ändrad. Var det inte du som bad om det? Hör av dig till oss genast.",
)


@adapter(NewAddressTold)
def ask_for_new_address(event: NewAddressTold) -> None:
    """An officer changes the details, so the new address goes to one as a message in the newest case.

    :raises Refused: without a case, as nobody would read it.
    """
    found = cases.of_customer(event.customer)
    if not found:
        raise Refused(_(NO_CASE, default=NO_CASE.default, mapping={"email": setting("support_email")}))
    told = {"address": event.address}
    text = _("message_new_address", default="Min nya e-postadress: ${address}", mapping=told)
    said = translate(text, target_language=event.customer.customer_language)
    operations.start(found[-1], MessageType.CONTACT_CHANGE, said, event.creation_id, from_draft=False)


@adapter(AddressChanged)
def tell_of_changed_address(event: AddressChanged) -> None:
    """Whoever reads the mailbox that notices go to now did not ask, perhaps: the case says it without one."""
    found = cases.of_customer(event.customer)
    if found:
        operations.send_system(found[-1], MessageType.CONTACT_CHANGE, CHANGED)
