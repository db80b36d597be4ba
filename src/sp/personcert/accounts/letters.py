"""The default texts of letters about accounts, in both languages. None holds a password."""

from dataclasses import dataclass
from enum import StrEnum

from .domain import LinkKind


class LetterKind(StrEnum):
    """Why an account's owner gets a letter."""

    ACTIVATION = LinkKind.ACTIVATION.value
    RESET = LinkKind.RESET.value
    HELP = LinkKind.HELP.value
    PASSWORD_CHANGED = "password_changed"
    FACTOR_CHANGED = "factor_changed"
    ADDRESS_CHANGED = "address_changed"


@dataclass(frozen=True)
class LetterText:
    """Brace fields are filled by :mod:`.tasks`: ``user_name``, ``days``, ``minutes``."""

    subject: str
    sentences: tuple[str, ...]
    link_text: str


LETTERS: dict[LetterKind, dict[str, LetterText]] = {
    LetterKind.ACTIVATION: {
        "sv": LetterText(
            "Ditt konto på Kundwebben",
            (
                "Ditt konto på Kundwebben är öppnat.",
                "Ditt användarnamn är: {user_name}",
                "Välj ett lösenord genom länken nedan. Den kan användas en gång och gäller i {days} dagar.",
                "Har tiden gått ut? Öppna länken ändå, så står det hur du får en ny.",
            ),
            "Välj ditt lösenord",
        ),
        "en": LetterText(
            "Your account on the customer web",
            (
                "Your account on the customer web has been opened.",
                "Your user name is: {user_name}",
                "Choose a password through the link below. It can be used once and is valid for {days} days.",
                "Too late? Open the link anyway: the page says how to get a new one.",
            ),
            "Choose your password",
        ),
    },
    LetterKind.RESET: {
        "sv": LetterText(
            "Välj ett nytt lösenord",
            (
                "Någon, troligen du, har sagt att lösenordet till ditt konto på Kundwebben är glömt.",
                "Ditt användarnamn är: {user_name}",
                "Välj ett nytt lösenord genom länken nedan. Den gäller en gång, i {minutes} minuter.",
                "Var det inte du? Då behöver du inte göra något. Ditt lösenord gäller som förut.",
            ),
            "Välj ett nytt lösenord",
        ),
        "en": LetterText(
            "Choose a new password",
            (
                "Somebody, probably you, said that the password to your account here is forgotten.",
                "Your user name is: {user_name}",
                "Choose a new password through the link below. It is valid once, for {minutes} minutes.",
                "It was not you? Then there is nothing to do. Your password is as before.",
            ),
            "Choose a new password",
        ),
    },
    LetterKind.HELP: {
        "sv": LetterText(
            "Välj ett nytt lösenord",
            (
                "Vi skickar en länk så att du kan välja ett nytt lösenord till ditt konto på Kundwebben.",
                "Ditt användarnamn är: {user_name}",
                "Länken gäller en gång, i {minutes} minuter. Ditt lösenord gäller tills du har valt.",
            ),
            "Välj ett nytt lösenord",
        ),
        "en": LetterText(
            "Choose a new password",
            (
                "Here is a link to choose a new password to your account on the customer web.",
                "Your user name is: {user_name}",
                "It is valid once, for {minutes} minutes. Until you have chosen, your password is as before.",
            ),
            "Choose a new password",
        ),
    },
    LetterKind.PASSWORD_CHANGED: {
        "sv": LetterText(
            "Ditt lösenord är ändrat",
            (
                "Lösenordet till ditt konto på Kundwebben är ändrat. Alla andra inloggningar är avslutade.",
                "Var det inte du? Välj genast ett nytt lösenord genom länken nedan och hör av dig till oss.",
            ),
            "Jag har glömt mitt lösenord",
        ),
        "en": LetterText(
            "Your password was changed",
            (
                "The password to your account on the customer web was just changed, and you are logged out "
                "everywhere else.",
                "It was not you? Choose a new password at once through the link below, and tell us.",
            ),
            "I have forgotten my password",
        ),
    },
}

_NOT_YOU = {
    "sv": "Var det inte du, och har du inte bett om det? Hör av dig till oss genast.",
    "en": "It was not you, and you did not ask for it? Tell us at once.",
}
LETTERS[LetterKind.FACTOR_CHANGED] = {
    "sv": LetterText(
        "Dina engångskoder är ändrade",
        (
            "Appen för engångskoder eller reservkoderna till ditt konto är ändrade.",
            _NOT_YOU["sv"],
        ),
        "Mina inloggningar",
    ),
    "en": LetterText(
        "Your one-time codes were changed",
        ("The app for one-time codes or the recovery codes of your account were changed.", _NOT_YOU["en"]),
        "My log-ins",
    ),
}
LETTERS[LetterKind.ADDRESS_CHANGED] = {
    "sv": LetterText(
        "Din e-postadress är ändrad",
        ("Brev om ditt konto på Kundwebben går inte längre till den här adressen.", _NOT_YOU["sv"]),
        "Till Kundwebben",
    ),
    "en": LetterText(
        "Your e-mail address was changed",
        ("Letters about your account on the customer web no longer go to this address.", _NOT_YOU["en"]),
        "To the customer web",
    ),
}


def letter_text(kind: LetterKind, language: str) -> LetterText:
    """The text of a letter, in Swedish when the language is not ours."""
    texts = LETTERS[kind]
    return texts.get(language, texts["sv"])
