"""The customer as somebody who can get e-mail."""

from typing import Any

from zope.component import adapter
from zope.interface import implementer

from sp.personcert.foundation.mail.interfaces import IMailRecipient

from .domain import ContactMode
from .interfaces import ICustomer


@implementer(IMailRecipient)
@adapter(ICustomer)
class CustomerRecipient:
    """Notices go to the stated address, unless the customer is reached by post (H41, H42)."""

    def __init__(self, customer: Any) -> None:
        self.mail_address = customer.email
        self.mail_language = customer.customer_language
        self.wants_mail = customer.contact_mode == ContactMode.DIGITAL and not customer.protected_identity
