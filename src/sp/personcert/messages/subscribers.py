"""What is written in a case because of something that a customer has told elsewhere."""

from zope.component import adapter
from zope.i18n import translate

from sp.personcert import _
from sp.personcert.cases import queries as cases
from sp.personcert.customers.events import NewAddressTold

from . import operations
from .domain import MessageType


@adapter(NewAddressTold)
def ask_for_new_address(event: NewAddressTold) -> None:
    """An officer changes the details, so the new address goes to one as a message in the newest case."""
    found = cases.of_customer(event.customer)
    if found:
        told = {"address": event.address}
        text = _("message_new_address", default="Min nya e-postadress: ${address}", mapping=told)
        said = translate(text, target_language=event.customer.customer_language)
        operations.start(found[-1], MessageType.CONTACT_CHANGE, said, event.creation_id, from_draft=False)
