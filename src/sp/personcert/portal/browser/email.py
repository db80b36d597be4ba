"""The question to a customer whose e-mail address does not work: is it right, or is there another?"""

from functools import cached_property
from typing import Any

from zExceptions import NotFound
from zope.i18nmessageid import Message

from sp.personcert import _
from sp.personcert.customers import operations
from sp.personcert.customers import queries as customers
from sp.personcert.foundation.forms.form import Form
from sp.personcert.foundation.identity import current_user_id

from .entry import ForLoggedIn

RIGHT, NEW = "right", "new"
NOT_CHOSEN = _("refused_no_address_choice", default="Välj det som stämmer.")
RECEIPTS: dict[str, Message] = {
    "stammer": _(
        "text_own_address_confirmed", default="Tack! Vi fortsätter att skicka e-post till adressen."
    ),
    "ny": _(
        "text_own_address_told",
        default="Tack! Vi har fått din nya adress. En handläggare lägger in den, oftast inom en arbetsvecka. "
        "Till dess hittar du allt nytt här på Kundwebben.",
    ),
}


class OwnEmail(ForLoggedIn, Form):
    """``/min-epost``: two choices, and a field for the new address."""

    name = "min-epost"

    def prepare(self) -> None:
        """:raises NotFound: for somebody logged in who is not a customer."""
        super().prepare()
        if current_user_id() and self.customer is None:
            raise NotFound

    @cached_property
    def customer(self) -> Any | None:
        """The person as a customer."""
        return customers.of_current_user()

    @property
    def is_asked(self) -> bool:
        """Whether there is a question to answer."""
        return customers.is_asked_about_address(self.customer)

    @property
    def told(self) -> str:
        """The new address that the person has told and that is not entered yet."""
        return self.customer.bad_address.told if customers.email_is_bad(self.customer) else ""

    @property
    def receipt(self) -> Message | None:
        """What happens next, after an answer."""
        if self.request["REQUEST_METHOD"] == "POST":
            return None
        return RECEIPTS.get(self.typed("klart"))

    def problems(self) -> dict[str, Message]:
        """Neither is chosen. Writing an address chooses as well."""
        return {} if self._choice in (RIGHT, NEW) else {"choice": NOT_CHOSEN}

    def handle(self, creation_id: str) -> str:
        """Confirm the address, or ask an officer to change it."""
        if self._choice == RIGHT:
            operations.confirm_address(self.customer)
            return f"{self.site_url}/min-epost?klart=stammer"
        operations.tell_new_address(self.customer, self.typed("email"), creation_id)
        return f"{self.site_url}/min-epost?klart=ny"

    @property
    def _choice(self) -> str:
        return self.typed("choice") or (NEW if self.typed("email").strip() else "")
