"""The administrators' list of staff accounts, and opening a new one."""

from dataclasses import dataclass
from functools import cached_property

from zope.i18nmessageid import Message

from sp.personcert.foundation.forms.form import Form
from sp.personcert.foundation.forms.page import Page

from .. import queries
from ..domain import without_invisible_ends
from ..operations import opening
from . import staff_form, words

LONGEST_SEARCH = 100


@dataclass(frozen=True)
class AccountLine:
    """One account in the list."""

    name: str
    user_name: str
    url: str
    roles: list[Message]
    badge: words.Badge
    factor: Message


class Accounts(Page):
    """``/konton``."""

    @property
    def sought(self) -> str:
        """What is searched for."""
        asked = self.request.form.get("q", "")
        return without_invisible_ends(asked if isinstance(asked, str) else "")[:LONGEST_SEARCH]

    @cached_property
    def lines(self) -> list[AccountLine]:
        """The accounts whose name or user name holds what is searched for, by name."""
        part = self.sought.casefold()
        return [
            self._line(row)
            for row in queries.staff_accounts()
            if part in row.full_name.casefold() or part in row.user_name
        ]

    def _line(self, row: queries.AccountRow) -> AccountLine:
        return AccountLine(
            row.full_name or row.user_name,
            row.user_name,
            f"{self.site_url}/konto?id={row.user_id}",
            words.roles(row.groups),
            words.badge(row),
            words.factor(row),
        )


class NewAccount(Form):
    """``/konton-nytt``. The person chooses a password through the link in the mail."""

    name = "new-account"

    @cached_property
    def details(self) -> staff_form.Details:
        """What is typed."""
        return staff_form.typed(self)

    def problems(self) -> dict[str, Message]:
        """A sentence at each field."""
        return staff_form.user_name_problems(self.details.user_name) | staff_form.problems(self.details)

    def handle(self, creation_id: str) -> str:
        """To the account."""
        found = self.details
        user_id = opening.open_staff_account(
            found.user_name, found.full_name, found.email, found.groups, creation_id
        )
        return f"{self.site_url}/konto?id={user_id}&klart=nytt"

    def choices(self) -> list[staff_form.Choice]:
        """The roles to choose from."""
        return staff_form.choices(self.details)
