"""The way out: a form, so that no link and no picture logs anybody out."""

from typing import Any

from sp.personcert.foundation.forms.form import Form
from sp.personcert.foundation.identity import current_user_id

from ..operations import logging_in


class Logout(Form):
    """The button stands in the menu of every page; opened as a page it asks first."""

    name = "logout"

    def __call__(self) -> Any:
        if not current_user_id():
            self.prepare()
            self.request.response.redirect(self.home_url)
            return ""
        return super().__call__()

    def handle(self, creation_id: str) -> str:
        """Log out and show the public front page."""
        logging_in.log_out(self.request)
        return self.home_url
