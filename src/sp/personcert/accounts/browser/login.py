"""The only place where a password enters (H9–H14)."""

from typing import Any
from urllib.parse import urlencode

from sp.personcert import _
from sp.personcert.foundation.errors import Refused
from sp.personcert.foundation.forms.form import Form
from sp.personcert.foundation.forms.page import Page
from sp.personcert.foundation.identity import current_user_id
from sp.personcert.foundation.settings import setting

from .. import operations
from ..domain import site_path

WRONG_PAIR = _(
    "refused_login",
    default="Användarnamnet eller lösenordet stämmer inte. Kontrollera båda och skriv lösenordet igen.",
)
WAYS_IN_AND_OUT = frozenset({"login", "login_form", "require_login", "failsafe_login", "logout"})


def asked_for(request: Any) -> str:
    """Where the person was on the way to: a path on this host that is not a way in or out, or ""."""
    value = request.form.get("came_from", "")
    path = site_path(value if isinstance(value, str) else "")
    last = path.partition("?")[0].rstrip("/").rpartition("/")[2].removeprefix("@@")
    return "" if last in WAYS_IN_AND_OUT else path


class Login(Form):
    """The form. Who is logged in already goes on, so that a second click does no harm."""

    name = "login"

    def __call__(self) -> Any:
        if current_user_id():
            self.prepare()
            self.request.response.redirect(self.target)
            return ""
        return super().__call__()

    @property
    def came_from(self) -> str:
        """Where the person was on the way to."""
        return asked_for(self.request)

    @property
    def target(self) -> str:
        """Where a log-in leads: on, else the general start page (H15)."""
        return self.came_from or f"{self.site_url}/start"

    def handle(self, creation_id: str) -> str:
        """Log in. Unknown user name and wrong password are one answer."""
        form = self.request.form
        if not operations.log_in(
            self.request, self.typed("user_name"), self.typed("password"), "private" in form
        ):
            raise Refused(WRONG_PAIR, "user_name")
        return self.target


class ToLogin(Page):
    """Where PAS sends whoever must log in first, and the stock names of the login form."""

    def __call__(self) -> str:
        self.prepare()
        path = asked_for(self.request)
        query = f"?{urlencode({'came_from': path})}" if path else ""
        self.request.response.redirect(f"{self.site_url}/{'start' if current_user_id() else f'login{query}'}")
        return ""


class ForgottenPassword(Page):
    """What to do without the password (H12)."""

    @property
    def support_email(self) -> str:
        """The support's address (H158)."""
        return str(setting("support_email"))

    @property
    def support_phone(self) -> str:
        """The support's telephone (H158)."""
        return str(setting("support_phone"))
