"""The page of a customer: who it is, how to reach the person, and the cases."""

from datetime import date
from functools import cached_property
from typing import Any

from sp.personcert.cases import queries as cases
from sp.personcert.cases.domain import shown_state
from sp.personcert.cases.vocabularies import KINDS
from sp.personcert.customers import queries as customers
from sp.personcert.customers.domain import masked_number
from sp.personcert.foundation.access import may
from sp.personcert.foundation.identity import current_user_id
from sp.personcert.foundation.permissions import Permission
from sp.personcert.foundation.transitions import state_of

from ..words import CASE_WORDS
from .address import Panel, panels
from .entry import ForLoggedIn


class OpenCustomer(ForLoggedIn):
    """The address of a customer: staff see the list of cases, customers their start page."""

    def render(self) -> Any:
        """The list, or a redirect."""
        if self.context.user_id == current_user_id() or not may(Permission.USE_DESK, self.context):
            return self.lead_to(f"{self.site_url}/start")
        return self.index()

    @cached_property
    def shows_contact(self) -> bool:
        """Whether the person reads contact data and personnummer."""
        return customers.shows_contact(self.context)

    @property
    def number(self) -> str:
        """The personnummer, masked."""
        return masked_number(self.context.personal_identity_number)

    @property
    def may_open_number(self) -> bool:
        """Whether the person may read the personnummer."""
        return customers.may_open_number(self.context)

    @property
    def may_see_protection(self) -> bool:
        """Whether the page about protection is there for the person."""
        return customers.may_see_protection(self.context)

    @cached_property
    def may_correct_email(self) -> bool:
        """Whether the page about the customer's e-mail address is there for the person."""
        return customers.may_correct_email(self.context)

    @property
    def bad_email_since(self) -> date | None:
        """For officers: since when mail to the customer does not arrive."""
        is_bad = self.may_correct_email and customers.email_is_bad(self.context)
        return self.context.bad_address.since if is_bad else None

    @property
    def may_open_account(self) -> bool:
        """Whether the page about the customer's account is there for the person."""
        return may(Permission.OPEN_CUSTOMER, self.context)

    @property
    def panels(self) -> list[Panel]:
        """Address and the like."""
        return panels(self.context)

    def rows(self) -> list[tuple[str, str, str, str, str]]:
        """Of each case: address, type, kind, number, the word of the field Ärende."""
        words = {state: self.text(CASE_WORDS[state]) for state in CASE_WORDS}
        kinds = {kind: self.text(word) for kind, word in KINDS.items()}
        return [
            (
                f"{case.absolute_url_path()}/@@handlaggning",
                case.type_title,
                kinds[case.kind],
                case.case_number,
                words[shown_state(state_of(case))],
            )
            for case in cases.of_customer(self.context)
        ]
