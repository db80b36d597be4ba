"""The account of a customer, for officers. Nobody but the customer sees or sets a password."""

from functools import cached_property
from typing import Any

from zope.i18nmessageid import Message

from sp.personcert import _

from .. import queries
from ..domain import without_invisible_ends
from ..operations import administration, opening
from . import staff_form, words
from .account import IS_DISABLED, NOT_CONFIRMED, RECEIPTS
from .several import OneOfSeveral

NO_ADDRESS = _(
    "refused_customer_no_address", default="Kunden har ingen e-postadress som en länk kan gå till."
)
NO_ACCOUNT = _("refused_no_account", default="Kunden har inget konto än.")


class CustomerAccountForm(OneOfSeveral):
    """Base of the page's forms."""

    receipts = RECEIPTS

    @cached_property
    def account(self) -> queries.AccountRow | None:
        """The customer's account, None while there is none."""
        return queries.account_of(self.context.user_id) if self.context.user_id else None

    @property
    def page_url(self) -> str:
        """``@@konto``."""
        return f"{self.url}/@@konto"

    @property
    def badge(self) -> words.Badge | None:
        """The state of the account."""
        return words.badge(self.account) if self.account else None

    @property
    def last_login(self) -> str:
        """The day when the customer was here last, "" for never."""
        moment = self.account.last_login if self.account else None
        return moment.date().isoformat() if moment else ""

    @property
    def address(self) -> str:
        """Where the link goes, "" when it is not shown or not known."""
        return "" if self.is_protected else str(self.context.email)

    @property
    def is_protected(self) -> bool:
        """Whether the address is kept out of sight."""
        return bool(self.context.protected_identity)

    @property
    def has_address(self) -> bool:
        """Whether a link can be sent."""
        return bool(self.context.email)

    @property
    def user_name(self) -> str:
        """What the field shows: at first the customer number, which is on every letter."""
        return self.typed("user_name", str(self.context.customer_number).lower())

    def needs_account(self) -> dict[str, Message]:
        """Some forms only make sense for an account that is there."""
        return {} if self.account else {"": NO_ACCOUNT}


class CustomerAccount(CustomerAccountForm):
    """``@@konto``, for reading."""

    def __call__(self) -> Any:
        return self.read()


class OpenAccount(CustomerAccountForm):
    """Open an account; the mail has the user name and a link to choose a password with."""

    name = "open-customer-account"

    def problems(self) -> dict[str, Message]:
        """The address and the user name."""
        if self.account:
            return {}
        if not self.has_address:
            return {"": NO_ADDRESS}
        return staff_form.user_name_problems(without_invisible_ends(self.typed("user_name")))

    def handle(self, creation_id: str) -> str:
        """Open it. Sent twice it is opened once."""
        if not self.account:
            opening.open_customer_account(self.context, without_invisible_ends(self.typed("user_name")))
        return self.go_on("nytt")


class SendCustomerLink(CustomerAccountForm):
    """A new link to choose a password with."""

    name = "send-customer-link"

    def problems(self) -> dict[str, Message]:
        """The account, open, and the address."""
        if self.account and self.account.is_disabled:
            return {"": IS_DISABLED}
        return self.needs_account() or ({} if self.has_address else {"": NO_ADDRESS})

    def handle(self, creation_id: str) -> str:
        """Send it."""
        administration.send_activation(self.context.user_id)
        return self.go_on("lank")


class DisableCustomer(CustomerAccountForm):
    """Close the account. A box must be ticked, so nobody is closed out by a mis-click."""

    name = "disable-customer-account"

    def problems(self) -> dict[str, Message]:
        """The account, and the box."""
        return self.needs_account() or ({} if self.typed("confirmed") else {"confirmed": NOT_CONFIRMED})

    def handle(self, creation_id: str) -> str:
        """Close it."""
        administration.disable(self.context.user_id)
        return self.go_on("avstangt")


class EnableCustomer(CustomerAccountForm):
    """Open a closed account again."""

    name = "enable-customer-account"

    def problems(self) -> dict[str, Message]:
        """The account."""
        return self.needs_account()

    def handle(self, creation_id: str) -> str:
        """Open it."""
        administration.enable(self.context.user_id)
        return self.go_on("oppet")
