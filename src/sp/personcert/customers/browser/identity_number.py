"""Opening a personnummer: it is shown in the answer to a POST, once, and every time is noted."""

from typing import Any

from zExceptions import NotFound

from sp.personcert.foundation.forms.form import Form

from .. import operations, queries
from ..domain import masked_number


class OpenIdentityNumber(Form):
    """One button. The number is in no address, is kept by no cache, and a reload asks again."""

    name = "identity-number"
    number = ""

    def prepare(self) -> None:
        """:raises NotFound: of a protected identity, for whoever is not named."""
        super().prepare()
        if not queries.may_open_number(self.context):
            raise NotFound

    @property
    def masked(self) -> str:
        """NNNNNN-****."""
        return masked_number(self.context.personal_identity_number)

    def handle(self, creation_id: str) -> str:
        """Open it."""
        self.number = operations.open_identity_number(self.context)
        return ""

    def done(self, target: str) -> Any:
        """The page with the number, instead of a redirect."""
        return self.show()
