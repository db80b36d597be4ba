"""Ways in that lead on: the general start page, the default views of case and customer, the language link."""

from typing import Any
from urllib.parse import urlencode

from sp.personcert.accounts.domain import site_path
from sp.personcert.cases import queries as cases
from sp.personcert.cases.domain import shown_state
from sp.personcert.cases.vocabularies import KINDS
from sp.personcert.customers import queries as customers
from sp.personcert.foundation.access import may
from sp.personcert.foundation.forms.page import Page
from sp.personcert.foundation.identity import current_user_id
from sp.personcert.foundation.permissions import Permission
from sp.personcert.foundation.transitions import state_of
from sp.personcert.foundation.walls.gate import asked_path

from ..words import CASE_WORDS

LANGUAGES = ("sv", "en")
YEAR = 365 * 24 * 60 * 60


class ForLoggedIn(Page):
    """Base of the pages at stable addresses that only make sense for somebody."""

    def __call__(self) -> Any:
        if current_user_id():
            return super().__call__()
        self.prepare()
        query = urlencode({"came_from": asked_path(self.request)})
        return self.lead_to(f"{self.site_url}/login?{query}")

    def lead_to(self, address: str) -> str:
        """A redirect."""
        self.request.response.redirect(address)
        return ""


class Language(Page):
    """Remember the language in a cookie and go back (nothing is stored here)."""

    def __call__(self) -> str:
        self.prepare()
        form, response = self.request.form, self.request.response
        wanted = form.get("till", "")
        if wanted in LANGUAGES:
            response.setCookie("I18N_LANGUAGE", wanted, path="/", max_age=YEAR, same_site="Lax")
        back = form.get("fran", "")
        response.redirect(site_path(back if isinstance(back, str) else "") or self.site_url)
        return ""


class OpenCase(ForLoggedIn):
    """The address of a case without a tab."""

    def render(self) -> str:
        """To the first tab of whoever asks."""
        owner = customers.above(self.context).user_id == current_user_id()
        is_staff = not owner and may(Permission.USE_DESK, self.context)
        return self.lead_to(f"{self.url}/{'@@handlaggning' if is_staff else '@@meddelanden'}")


class OpenCustomer(ForLoggedIn):
    """The address of a customer: staff see the list of cases, customers their start page."""

    def render(self) -> Any:
        """The list, or a redirect."""
        if self.context.user_id == current_user_id() or not may(Permission.USE_DESK, self.context):
            return self.lead_to(f"{self.site_url}/start")
        return self.index()

    def rows(self) -> list[tuple[str, str, str, str, str]]:
        """Of each case: address, type, kind, number, the word of the field Ärende."""
        words = {state: self.text(CASE_WORDS[state]) for state in CASE_WORDS}
        kinds = {kind: self.text(word) for kind, word in KINDS.items()}
        return [
            (
                f"{case.absolute_url()}/@@handlaggning",
                case.type_title,
                kinds[case.kind],
                case.case_number,
                words[shown_state(state_of(case))],
            )
            for case in cases.of_customer(self.context)
        ]
