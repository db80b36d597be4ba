"""Jag har glömt mitt lösenord (H12): one answer, whether or not somebody has that user name."""

from typing import Any

from zope.i18nmessageid import Message

from sp.personcert import _
from sp.personcert.foundation.forms.form import Form
from sp.personcert.foundation.settings import setting

from ..domain import without_invisible_ends
from ..operations import links
from .login import LONGEST_USER_NAME


class Forgotten(Form):
    """Asks for a link by e-mail."""

    name = "glomt-losenord"

    def problems(self) -> dict[str, Message]:
        """An empty field."""
        if without_invisible_ends(self.typed("user_name")):
            return {}
        return {"user_name": _("refused_no_user_name", default="Skriv ditt användarnamn.")}

    def handle(self, creation_id: str) -> str:
        """Send the link, if there is such an account; nobody has a name that is too long."""
        user_name = self.typed("user_name")
        if len(user_name) <= LONGEST_USER_NAME:
            links.ask_for_reset(self.request, user_name)
        return f"{self.site_url}/glomt-losenord?klart=skickat"

    @property
    def is_sent(self) -> bool:
        """Whether the form was just sent."""
        return bool(self.request.form.get("klart") == "skickat")

    @property
    def minutes(self) -> int:
        """How long the link is good for."""
        return int(setting("reset_minutes"))

    @property
    def support(self) -> tuple[Any, Any]:
        """E-mail and telephone (H158)."""
        return setting("support_email"), setting("support_phone")
