"""Where administrators enter an e-mail address that something came back from."""

from typing import Any

from zope.i18nmessageid import Message

from sp.personcert.foundation.forms.form import Form

from .. import operations


class Bounces(Form):
    """``/studsar``: one field. The answer tells how many customers have the address, and not who."""

    name = "studsar"
    marked: int | None = None

    def problems(self) -> dict[str, Message]:
        """The operation says what is no address."""
        return {}

    def handle(self, creation_id: str) -> str:
        """Mark the address."""
        self.marked = operations.note_bounce(self.typed("email"))
        return ""

    def done(self, target: str) -> Any:
        """The page with the number, instead of a redirect: once more does no harm."""
        return self.show()

    @property
    def address(self) -> str:
        """What the field shows; it is empty for the next one."""
        return "" if self.marked is not None else self.typed("email")
