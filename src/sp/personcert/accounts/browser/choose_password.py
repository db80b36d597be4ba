"""Where a mailed link leads: a first password (H8), or another one instead of a forgotten one (H12)."""

from functools import cached_property

from .. import queries
from ..domain import LinkKind
from ..operations import links
from ..queries import LinkHolder
from .password_form import PasswordForm

LONGEST_CODE = 200


class ChoosePassword(PasswordForm):
    """The code travels in the body; whatever does not open is one and the same page."""

    name = "valj-losenord"

    def prepare(self) -> None:
        """No other page learns the address that holds the code."""
        super().prepare()
        self.request.response.setHeader("Referrer-Policy", "no-referrer")

    @property
    def code(self) -> str:
        """Of the link."""
        return self.typed("kod")

    @cached_property
    def holder(self) -> LinkHolder | None:
        """Whose link it is, while it lives."""
        return queries.link_holder(self.code) if len(self.code) <= LONGEST_CODE else None

    @property
    def is_first(self) -> bool:
        """Whether the account is new."""
        return self.holder is not None and self.holder.kind == LinkKind.ACTIVATION

    def store(self) -> str:
        """Take the password. Nobody is logged in by that (ASVS 5.0 V6.4)."""
        links.choose_password(self.request, self.code, *self.new_password)
        return f"{self.site_url}/login?besked=valt"
