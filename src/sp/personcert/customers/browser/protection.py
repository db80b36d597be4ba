"""Protecting an identity: who reads contact data meanwhile, and who may change that."""

from dataclasses import dataclass
from functools import cached_property

from zExceptions import NotFound
from zope.i18nmessageid import Message

from sp.personcert import _
from sp.personcert.foundation.forms.form import Form

from .. import operations, queries

MEANWHILE = _(
    "refused_protection_changed",
    default="Någon annan har ändrat skyddet sedan du öppnade sidan. Läs vad som gäller nu och välj igen.",
)


@dataclass(frozen=True)
class Choice:
    """One check box: a member of the staff."""

    user_id: str
    name: str
    is_chosen: bool


class Protection(Form):
    """A check box, and the list of officers and decision makers."""

    name = "protection"

    def prepare(self) -> None:
        """:raises NotFound: for who neither protects identities nor is named here."""
        super().prepare()
        if not queries.may_see_protection(self.context):
            raise NotFound

    @cached_property
    def may_change(self) -> bool:
        """Whether the page has a form for the person."""
        return queries.may_change_protection(self.context)

    @property
    def is_protected(self) -> bool:
        """What the check box shows."""
        if self.request["REQUEST_METHOD"] == "POST":
            return bool(self.typed("protected"))
        return bool(self.context.protected_identity)

    @cached_property
    def _chosen(self) -> frozenset[str]:
        if self.request["REQUEST_METHOD"] != "POST":
            return frozenset(self.context.named_officers)
        sent = self.request.form.get("named", ())
        return frozenset(str(one) for one in (sent if isinstance(sent, list | tuple) else (sent,)))

    @property
    def choices(self) -> list[Choice]:
        """Everybody who may be named, by name."""
        found = queries.desk_staff_for(self.context)
        return [Choice(user_id, name, user_id in self._chosen) for user_id, name in found.items()]

    @property
    def named(self) -> list[str]:
        """The names of those who read contact data now."""
        return [
            name for user_id, name in queries.desk_staff().items() if user_id in self.context.named_officers
        ]

    def kept(self) -> str:
        """What holds now."""
        customer = self.context
        return _written(customer.protected_identity, customer.named_officers)

    def problems(self) -> dict[str, Message]:
        """What a colleague changed is not overwritten unseen; what was sent already stays so."""
        sent = _written(self.is_protected, self._chosen if self.is_protected else ())
        return {} if self.kept() in (self.token.kept, sent) else {"": MEANWHILE}

    def handle(self, creation_id: str) -> str:
        """To the customer."""
        operations.protect_identity(self.context, self.is_protected, self._chosen)
        return self.url


def _written(protected: bool, named: frozenset[str] | tuple[str, ...]) -> str:
    return " ".join(("protected" if protected else "open", *sorted(named)))
