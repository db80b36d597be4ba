"""The kinds of letters about accounts. None holds a password; the one-use link is beside the text."""

from enum import StrEnum

from zope.i18nmessageid import Message

from sp.personcert import _
from sp.personcert.foundation.texts import Placeholder, TextGroup, TextKind

from .domain import LinkKind

USER_NAME = Placeholder("user_name", _("placeholder_user_name", default="Kontots användarnamn"), "kund.demo")
DAYS = Placeholder("days", _("placeholder_days", default="Hur länge länken gäller, i dagar"), "7")
MINUTES = Placeholder("minutes", _("placeholder_minutes", default="Hur länge länken gäller, i minuter"), "60")


class LetterKind(StrEnum):
    """Why an account's owner gets a letter."""

    ACTIVATION = LinkKind.ACTIVATION.value
    RESET = LinkKind.RESET.value
    HELP = LinkKind.HELP.value
    PASSWORD_CHANGED = "password_changed"
    FACTOR_CHANGED = "factor_changed"
    ADDRESS_CHANGED = "address_changed"


def text_name(kind: LetterKind) -> str:
    """The name of the text of a letter."""
    return f"account_{kind.value}"


def _kind(kind: LetterKind, title: Message, *placeholders: Placeholder) -> TextKind:
    required = frozenset({USER_NAME.name}.intersection(one.name for one in placeholders))
    return TextKind(text_name(kind), title, TextGroup.LETTER, placeholders, required)


ACTIVATION = _kind(
    LetterKind.ACTIVATION,
    _("text_account_activation", default="Konto: välj ditt lösenord"),
    USER_NAME,
    DAYS,
)
RESET = _kind(LetterKind.RESET, _("text_account_reset", default="Konto: glömt lösenord"), USER_NAME, MINUTES)
HELP = _kind(LetterKind.HELP, _("text_account_help", default="Konto: länk från oss"), USER_NAME, MINUTES)
PASSWORD_CHANGED = _kind(
    LetterKind.PASSWORD_CHANGED,
    _("text_account_password_changed", default="Konto: lösenordet är ändrat"),
)
FACTOR_CHANGED = _kind(
    LetterKind.FACTOR_CHANGED,
    _("text_account_factor_changed", default="Konto: engångskoderna är ändrade"),
)
ADDRESS_CHANGED = _kind(
    LetterKind.ADDRESS_CHANGED,
    _("text_account_address_changed", default="Konto: e-postadressen är ändrad"),
)
