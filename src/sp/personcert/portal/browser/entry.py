"""Ways in that lead on: the language link, the default view of a case, and the base of pages for somebody."""

from typing import Any

from sp.personcert.accounts.domain import site_path
from sp.personcert.customers import queries as customers
from sp.personcert.foundation.access import may
from sp.personcert.foundation.cookies import is_secure
from sp.personcert.foundation.forms.page import Page
from sp.personcert.foundation.identity import current_user_id
from sp.personcert.foundation.permissions import Permission
from sp.personcert.foundation.walls.gate import login_path

LANGUAGES = ("sv", "en")
YEAR = 365 * 24 * 60 * 60


class ForLoggedIn(Page):
    """Base of the pages at stable addresses that only make sense for somebody."""

    def __call__(self) -> Any:
        if current_user_id():
            return super().__call__()
        self.prepare()
        return self.lead_to(login_path(self.request))

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
            options = {"http_only": True, "same_site": "Lax", "secure": is_secure()}
            response.setCookie("I18N_LANGUAGE", wanted, path="/", max_age=YEAR, **options)
        back = form.get("fran", "")
        response.redirect(site_path(back if isinstance(back, str) else "") or self.home_url)
        return ""


class OpenCase(ForLoggedIn):
    """The address of a case without a tab."""

    def render(self) -> str:
        """To the first tab of whoever asks."""
        owner = customers.above(self.context).user_id == current_user_id()
        is_staff = not owner and may(Permission.USE_DESK, self.context)
        return self.lead_to(f"{self.url}/{'@@handlaggning' if is_staff else '@@meddelanden'}")
