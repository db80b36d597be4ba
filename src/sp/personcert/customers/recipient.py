"""The customer as somebody who can be told something."""

from datetime import date
from typing import Any

from zope.component import adapter
from zope.interface import implementer

from sp.personcert.foundation.clock import today
from sp.personcert.foundation.mail import Channel, IMailRecipient

from . import operations, queries
from .domain import AddressFault
from .interfaces import ICustomer


@implementer(IMailRecipient)
@adapter(ICustomer)
class CustomerRecipient:
    """Notices go to the stated address, unless the customer is reached by post (H41, H42).

    An address that does not work is given some days, in which the customer is asked for a better one.
    """

    def __init__(self, customer: Any) -> None:
        self.customer = customer
        self.mail_address = customer.email
        self.mail_language = customer.customer_language

    @property
    def channel(self) -> Channel:
        """As things stand now."""
        if queries.is_reached_by_post(self.customer) or not self.mail_address:
            return Channel.POST
        if not queries.email_is_bad(self.customer):
            return Channel.MAIL
        return Channel.HELD if self.post_from else Channel.POST

    @property
    def post_from(self) -> date | None:
        """The day from which a letter may go by post, while it lies ahead."""
        day = None if queries.is_reached_by_post(self.customer) else queries.letters_from(self.customer)
        return day if day and day > today() else None

    def refused(self, code: int) -> None:
        """The mail server refused the address for good."""
        operations.mark_address_bad(self.customer, AddressFault.REFUSED)
