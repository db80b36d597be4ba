"""Ändra lösenord (H16–H24)."""

from typing import Any

from zope.i18nmessageid import Message

from sp.personcert import _
from sp.personcert.foundation.identity import current_user_id
from sp.personcert.foundation.walls.gate import login_path

from .. import queries
from ..operations import passwords
from .password_form import PasswordForm


class ChangePassword(PasswordForm):
    """Of the person who is logged in."""

    name = "andra-losenord"

    def __call__(self) -> Any:
        if current_user_id():
            return super().__call__()
        self.prepare()
        self.request.response.redirect(login_path(self.request))
        return ""

    def problems(self) -> dict[str, Message]:
        """Empty fields."""
        no_password = {"password": _("refused_no_password", default="Skriv ditt nuvarande lösenord.")}
        return ({} if self.password("password") else no_password) | super().problems()

    def store(self) -> str:
        """Change it."""
        passwords.change_password(self.request, self.password("password"), *self.new_password)
        return f"{self.site_url}/andra-losenord?klart=andrat"

    @property
    def user_name(self) -> str:
        """The person's own; shown, and of use to password managers (H17)."""
        return queries.user_name_of(current_user_id())

    @property
    def is_done(self) -> bool:
        """Whether the password was just changed."""
        return self.request["REQUEST_METHOD"] == "GET" and self.request.form.get("klart") == "andrat"
