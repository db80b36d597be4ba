"""One staff account, for administrators: the page and its forms."""

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from zExceptions import NotFound
from zope.i18nmessageid import Message

from sp.personcert import _
from sp.personcert.customers import queries as customers
from sp.personcert.foundation.forms.token import FormToken
from sp.personcert.foundation.identity import current_user_id

from .. import queries
from ..operations import administration
from . import staff_form, words
from .several import OneOfSeveral

MEANWHILE = _(
    "refused_account_changed",
    default="Kontot har ändrats sedan du öppnade sidan. Det du skrev står kvar: jämför, och spara igen "
    "om det ska gälla.",
)
IS_DISABLED = _("refused_account_disabled", default="Kontot är avstängt. Öppna det igen först.")
NOT_CONFIRMED = _("refused_not_confirmed", default="Kryssa i rutan om du vill stänga av kontot.")
RECEIPTS = {
    "nytt": _("status_account_opened", default="Kontot är öppnat. Ett mejl med en länk har skickats."),
    "lank": _(
        "status_new_link_sent", default="Ett mejl med en ny länk har skickats. Äldre länkar gäller inte."
    ),
    "andrat": _("status_account_changed", default="Ändringen är sparad."),
    "avstangt": _("status_account_disabled", default="Kontot är avstängt. Personen är utloggad överallt."),
    "oppet": _("status_account_enabled", default="Kontot är öppet igen."),
    "engangskod": _("status_factor_reset", default="Engångskoden är nollställd."),
    "kundpost": _("status_records_closed", default="Egen kundpost och närstående är sparade."),
}


@dataclass(frozen=True)
class Records:
    """Customer numbers as the form shows them."""

    own: str
    relatives: tuple[str, ...]


class AccountForm(OneOfSeveral):
    """Base of the page's forms. Who is no member of the staff has no page here."""

    receipts = RECEIPTS
    meanwhile = MEANWHILE

    @cached_property
    def account(self) -> queries.AccountRow:
        """The account that the page is about.

        :raises NotFound: when there is none.
        """
        found = queries.account_of(self.typed("id"))
        if found is None or not found.groups:
            raise NotFound
        return found

    @property
    def subject(self) -> str:
        """The account."""
        return self.account.user_id

    @property
    def page_url(self) -> str:
        """``/konto?id=``."""
        return f"{self.site_url}/konto?id={self.account.user_id}"

    @property
    def badge(self) -> words.Badge:
        """The state of the account."""
        return words.badge(self.account)

    @property
    def factor(self) -> Message:
        """Whether a one-time code is asked for."""
        return words.factor(self.account)

    @property
    def is_own(self) -> bool:
        """Whether the administrator looks at her own account."""
        return self.account.user_id == current_user_id()

    @cached_property
    def stored(self) -> staff_form.Details:
        """What is known of the person."""
        row = self.account
        return staff_form.Details(
            row.user_name,
            row.full_name,
            row.email,
            tuple(group for group in words.GROUPS if group in row.groups),
        )

    @property
    def last_login(self) -> str:
        """The day when the person was here last, "" for never."""
        moment = self.account.last_login
        return moment.date().isoformat() if moment else ""

    @property
    def details(self) -> staff_form.Details:
        """What the form shows."""
        return self.stored

    def choices(self) -> list[staff_form.Choice]:
        """The roles to choose from."""
        return staff_form.choices(self.details)

    @cached_property
    def closed(self) -> list[tuple[str, str]]:
        """Number and name of each record that is closed to the person."""
        return customers.records_closed_to(self.account.user_id)

    @property
    def stored_records(self) -> Records:
        """The records that are closed now."""
        own = customers.own_record_of(self.account.user_id)
        return Records(own, tuple(number for number, _name in self.closed if number != own))

    @property
    def records(self) -> Records:
        """What the form of records shows."""
        return self.stored_records

    def is_stale(self, typed: object, stored: object) -> bool:
        """Whether the form was made from something else than what is stored, and would change it."""
        return typed != stored and (self.token is None or self.token.kept != digest(stored))

    def token_over(self, name: str, shown: object) -> FormToken:
        """The token of a form that remembers what it was made from."""
        return self.token_of(name, digest(shown))


class AccountPage(AccountForm):
    """``/konto?id=``, for reading."""

    def __call__(self) -> Any:
        return self.read()


class ChangeAccount(AccountForm):
    """Name, address and roles."""

    name = "change-account"

    @cached_property
    def details(self) -> staff_form.Details:
        """What was typed. A user name is never changed."""
        found = staff_form.typed(self)
        return staff_form.Details(self.account.user_name, found.full_name, found.email, found.groups)

    def problems(self) -> dict[str, Message]:
        """A sentence at each field; a colleague's change is not written over unseen."""
        stale = {"": MEANWHILE} if self.is_stale(self.details, self.stored) else {}
        return stale | staff_form.problems(self.details)

    def handle(self, creation_id: str) -> str:
        """Save."""
        new = self.details
        administration.change_staff_account(self.account.user_id, new.full_name, new.email, new.groups)
        return self.go_on("andrat")


class SendLink(AccountForm):
    """A new link to choose a password with."""

    name = "send-link"

    def problems(self) -> dict[str, Message]:
        """A closed account gets no letters."""
        return {"": IS_DISABLED} if self.account.is_disabled else {}

    def handle(self, creation_id: str) -> str:
        """Send it."""
        administration.send_activation(self.account.user_id)
        return self.go_on("lank")


class Disable(AccountForm):
    """Close the account. A box must be ticked, so nobody is closed out by a mis-click."""

    name = "disable-account"

    def problems(self) -> dict[str, Message]:
        """The box, and nobody closes herself out."""
        if self.is_own:
            return {"": administration.OWN_ACCOUNT}
        return {} if self.typed("confirmed") else {"confirmed": NOT_CONFIRMED}

    def handle(self, creation_id: str) -> str:
        """Close it."""
        administration.disable(self.account.user_id)
        return self.go_on("avstangt")


class Enable(AccountForm):
    """Open a closed account again."""

    name = "enable-account"

    def handle(self, creation_id: str) -> str:
        """Open it."""
        administration.enable(self.account.user_id)
        return self.go_on("oppet")


class ResetFactor(AccountForm):
    """Forget the app of somebody who has lost it."""

    name = "reset-second-factor"

    def handle(self, creation_id: str) -> str:
        """Forget it."""
        administration.reset_second_factor(self.account.user_id)
        return self.go_on("engangskod")


def digest(shown: object) -> str:
    """A short sign for what stands in the fields."""
    return hashlib.sha256(repr(shown).encode("utf-8", "surrogatepass")).hexdigest()[:16]
