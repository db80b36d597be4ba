"""What the two forms for a new password show alike: the rules, and every one that was broken (H18–H24)."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from zope.i18nmessageid import Message

from sp.personcert import _
from sp.personcert.foundation.forms.form import Form

from ..domain import LONGEST, SHORTEST, Rule, without_invisible_ends
from ..operations.passwords import DIFFERS, PasswordRefused

NEW, REPEATED = "new_password", "repeated"
_SIZES = {"shortest": SHORTEST, "longest": LONGEST}
SENTENCES: Mapping[Rule, Message] = {
    Rule.SHORT: _(
        "refused_password_short",
        default="Det nya lösenordet behöver minst ${shortest} tecken.",
        mapping=_SIZES,
    ),
    Rule.LONG: _(
        "refused_password_long",
        default="Det nya lösenordet får ha högst ${longest} tecken.",
        mapping=_SIZES,
    ),
    Rule.LOWER: _("refused_password_lower", default="Det nya lösenordet behöver en liten bokstav."),
    Rule.UPPER: _("refused_password_upper", default="Det nya lösenordet behöver en stor bokstav."),
    Rule.DIGIT_OR_SPECIAL: _(
        "refused_password_digit", default="Det nya lösenordet behöver en siffra eller ett specialtecken."
    ),
    Rule.PERSON: _(
        "refused_password_person",
        default="Det nya lösenordet får inte innehålla ditt namn, ditt användarnamn eller dina nummer.",
    ),
    Rule.COMMON: _("refused_password_common", default="Det nya lösenordet är för lätt att gissa."),
    Rule.HISTORY: _(
        "refused_password_history", default="Du har haft det nya lösenordet någon av de sju senaste gångerna."
    ),
}
EMPTY = _("refused_password_empty", default="Skriv ett nytt lösenord.")


@dataclass(frozen=True)
class RuleRow:
    """One line of a list of rules."""

    code: str
    text: Message
    is_broken: bool


LIVE: Mapping[str, tuple[Message, frozenset[str]]] = {  # what a script can tell while one types
    "length": (
        _("rule_length", default="Minst ${shortest} och högst ${longest} tecken", mapping=_SIZES),
        frozenset({Rule.SHORT, Rule.LONG}),
    ),
    "lower": (_("rule_lower", default="En liten bokstav"), frozenset({Rule.LOWER})),
    "upper": (_("rule_upper", default="En stor bokstav"), frozenset({Rule.UPPER})),
    "digit": (
        _("rule_digit", default="En siffra eller ett specialtecken"),
        frozenset({Rule.DIGIT_OR_SPECIAL}),
    ),
    "equal": (_("rule_equal", default="Lika i båda fälten"), frozenset({REPEATED})),
}
CHECKED_WHEN_SENT: Mapping[str, tuple[Message, frozenset[str]]] = {
    "person": (
        _("rule_person", default="Inte ditt namn, ditt användarnamn eller dina nummer"),
        frozenset({Rule.PERSON}),
    ),
    "common": (_("rule_common", default="Inte lätt att gissa"), frozenset({Rule.COMMON})),
    "history": (_("rule_history", default="Inget av dina sju senaste lösenord"), frozenset({Rule.HISTORY})),
}


class PasswordForm(Form):
    """Base: the fields ``new_password`` and ``repeated``. Passwords are never shown again."""

    refusal: PasswordRefused | None = None
    shortest, longest = SHORTEST, LONGEST

    def password(self, field: str) -> str:
        """What was typed, without what follows along when one pastes (H14)."""
        return without_invisible_ends(self.typed(field))

    @property
    def new_password(self) -> tuple[str, str]:
        """Both times."""
        return self.password(NEW), self.password(REPEATED)

    @property
    def broken(self) -> tuple[Rule, ...]:
        """Every rule that the password broke."""
        return self.refusal.rules if self.refusal is not None else ()

    def problems(self) -> dict[str, Message]:
        """What needs no rule to see."""
        return {} if self.password(NEW) else {NEW: EMPTY}

    def handle(self, creation_id: str) -> str:
        """Store the password; keep the refusal, which knows every broken rule."""
        try:
            return self.store()
        except PasswordRefused as refusal:
            self.refusal = refusal
            raise

    def store(self) -> str:
        """Call one operation, give the address of the answer."""
        raise NotImplementedError

    def refuse(self, errors: dict[str, Message], status: HTTPStatus = HTTPStatus.UNPROCESSABLE_ENTITY) -> Any:
        """Say all at once: the rules, and that the fields differ."""
        if self.refusal is not None and self.refusal.differs:
            errors = {**errors, REPEATED: DIFFERS}
        return super().refuse(errors, status)

    def sentences(self, field: str) -> list[Message]:
        """Everything that is wrong with a field."""
        if field == NEW and self.broken:
            return [SENTENCES[rule] for rule in self.broken]
        return [self.errors[field]] if field in self.errors else []

    @property
    def all_sentences(self) -> list[tuple[str, Message]]:
        """For the box of errors: field and sentence."""
        return [(field, sentence) for field in self.errors for sentence in self.sentences(field)]

    @property
    def live_rules(self) -> list[RuleRow]:
        """The list that a script keeps up to date."""
        return self._rows(LIVE)

    @property
    def other_rules(self) -> list[RuleRow]:
        """What only the server knows."""
        return self._rows(CHECKED_WHEN_SENT)

    def _rows(self, table: Mapping[str, tuple[Message, frozenset[str]]]) -> list[RuleRow]:
        broken = {*self.broken, *({REPEATED} if REPEATED in self.errors else ())}
        return [RuleRow(code, text, bool(rules & broken)) for code, (text, rules) in table.items()]
