"""A customer's e-mail address for officers: whether it works, and correcting it."""

from datetime import date

from zExceptions import NotFound
from zope.i18nmessageid import Message

from sp.personcert import _
from sp.personcert.foundation.forms.form import Form

from .. import operations, queries
from ..domain import AddressFault, BadAddress

CHANGE, RETURNED = "change", "returned"
REASONS: dict[AddressFault, Message] = {
    AddressFault.REFUSED: _(
        "text_address_refused", default="Mottagarens e-postserver säger att adressen inte finns."
    ),
    AddressFault.BOUNCED: _("text_address_bounced", default="Det vi skickade kom i retur."),
}
MEANWHILE = _(
    "refused_email_changed",
    default="Någon annan har ändrat adressen sedan du öppnade sidan. Läs vad som gäller nu och välj igen.",
)
RECEIPTS: dict[str, Message] = {
    "sparad": _("text_email_changed", default="Adressen är sparad. Ny e-post går dit."),
    "retur": _(
        "text_email_marked",
        default="Adressen är markerad. Kunden får en fråga om sin adress vid nästa inloggning.",
    ),
}


class CustomerEmail(Form):
    """``@@epost``: one form with two buttons."""

    name = "customer-email"

    def prepare(self) -> None:
        """:raises NotFound: for whoever does not read the address."""
        super().prepare()
        if not queries.may_correct_email(self.context):
            raise NotFound

    @property
    def bad(self) -> BadAddress | None:
        """What is known against the address in use."""
        return self.context.bad_address if queries.email_is_bad(self.context) else None

    @property
    def reason(self) -> Message:
        """How we know."""
        return REASONS[self.context.bad_address.reason]

    @property
    def letters_from(self) -> date | None:
        """From which day letters are printed, None when they are printed anyway."""
        return None if self.is_reached_by_post else queries.letters_from(self.context)

    @property
    def is_reached_by_post(self) -> bool:
        """Whether the customer gets no notices by e-mail at all."""
        return queries.is_reached_by_post(self.context)

    @property
    def address(self) -> str:
        """What the field shows: what the customer has told, else the address in use."""
        bad = self.bad
        return self.typed("email", (bad.told if bad else "") or self.context.email)

    @property
    def receipt(self) -> Message | None:
        """What was done just now."""
        if self.request["REQUEST_METHOD"] == "POST":
            return None
        return RECEIPTS.get(self.typed("klart"))

    def kept(self) -> str:
        """The address in use: a colleague's correction is not overwritten unseen."""
        return str(self.context.email)

    def problems(self) -> dict[str, Message]:
        """What was sent already stays so."""
        known = (self.token.kept, self.typed("email").strip())
        return {} if self.context.email in known else {"": MEANWHILE}

    def handle(self, creation_id: str) -> str:
        """Correct the address, or note that it does not work."""
        if self.typed("do") == RETURNED:
            operations.note_returned(self.context)
            return f"{self.url}/@@epost?klart=retur"
        operations.change_email(self.context, self.typed("email"))
        return f"{self.url}/@@epost?klart=sparad"
