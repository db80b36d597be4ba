"""The default texts of notices, in both languages. None says anything about a case."""

from dataclasses import dataclass
from enum import StrEnum


class NoticeKind(StrEnum):
    """What a notice tells."""

    NEW_MESSAGE = "new_message"
    SUPPLEMENT_REQUESTED = "supplement_requested"
    DECISION_MADE = "decision_made"
    CERTIFICATE_READY = "certificate_ready"


@dataclass(frozen=True)
class NoticeText:
    """Subject, and one sentence."""

    subject: str
    sentence: str


@dataclass(frozen=True)
class Frame:
    """What stands around the sentence. Brace fields are filled by :mod:`.composing`."""

    greeting: str
    link: str
    answer: str
    farewell: str


NOTICES: dict[NoticeKind, dict[str, NoticeText]] = {
    NoticeKind.NEW_MESSAGE: {
        "sv": NoticeText(
            "Du har ett nytt meddelande", "Det finns ett nytt meddelande till dig på Kundwebben."
        ),
        "en": NoticeText("You have a new message", "There is a new message for you on the customer web."),
    },
    NoticeKind.SUPPLEMENT_REQUESTED: {
        "sv": NoticeText(
            "Ditt ärende behöver kompletteras", "På Kundwebben står vad vi behöver från dig, och till när."
        ),
        "en": NoticeText(
            "Your case needs to be supplemented", "The customer web says what we need from you, and by when."
        ),
    },
    NoticeKind.DECISION_MADE: {
        "sv": NoticeText(
            "Beslut i ditt ärende", "Vi har fattat beslut i ditt ärende. Beslutet finns på Kundwebben."
        ),
        "en": NoticeText(
            "Decision in your case", "We have decided your case. The decision is on the customer web."
        ),
    },
    NoticeKind.CERTIFICATE_READY: {
        "sv": NoticeText("Ditt certifikat är klart", "Ditt certifikat finns nu att hämta på Kundwebben."),
        "en": NoticeText(
            "Your certificate is ready", "Your certificate can now be downloaded on the customer web."
        ),
    },
}

FRAMES: dict[str, Frame] = {
    "sv": Frame(
        greeting="Hej!",
        link="Logga in på Kundwebben",
        answer=(
            "Det här brevet skickades automatiskt. Meddelanden läser och besvarar du på Kundwebben. "
            "Har du andra frågor? Skriv till {support_email} eller ring {support_phone}."
        ),
        farewell="Vänliga hälsningar",
    ),
    "en": Frame(
        greeting="Hello,",
        link="Log in to the customer web",
        answer=(
            "This letter was sent automatically. You read and answer messages on the customer web. "
            "Other questions? Write to {support_email} or call {support_phone}."
        ),
        farewell="Kind regards",
    ),
}


def notice_text(kind: NoticeKind, language: str) -> NoticeText:
    """The text of a notice, in Swedish when the language is not ours."""
    texts = NOTICES[kind]
    return texts.get(language, texts["sv"])


def frame_text(language: str) -> Frame:
    """What stands around it, in Swedish when the language is not ours."""
    return FRAMES.get(language, FRAMES["sv"])
