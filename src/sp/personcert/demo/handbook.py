"""The case of the handbook's pictures: Brunnsborrare, with its messages and its archive."""

from dataclasses import dataclass
from datetime import date, datetime

from sp.personcert.messages.domain import MessageType

OPENED = datetime(2011, 12, 20, 9, 30)
TAKEN = datetime(2012, 12, 5, 10, 0)
CASE_NUMBER = "ca555436"
ORDER_NUMBER = "FX216494"
LEVEL = "ab"


@dataclass(frozen=True)
class Upload:
    """A file that the customer sent."""

    at: datetime
    slot: str  # "" for the label ”Övrig Bilaga”, which no slot asks for
    extension: str
    note: str = ""


@dataclass(frozen=True)
class Letter:
    """A kompletteringsbrev that the body sent."""

    at: datetime


@dataclass(frozen=True)
class OldCertificate:
    """The archive's certificate of an earlier system."""

    at: datetime
    number: str
    valid_to: date


@dataclass(frozen=True)
class Said:
    """A message; ``who`` is ``officer``, ``customer`` or ``system``."""

    at: datetime
    message_type: MessageType
    who: str
    text: str


ARCHIVE: tuple[Upload | Letter | OldCertificate, ...] = (
    Upload(datetime(2011, 12, 22, 11, 17, 57), "", "docx", "test av övrig handling"),
    Upload(datetime(2012, 1, 23, 13, 0, 22), "", "pdf", "test om synligt eller ej"),
    Upload(datetime(2012, 6, 11, 11, 1, 17), "school", "pdf", "test av betyg generellt"),
    Upload(datetime(2012, 11, 29, 10, 46, 20), "school", "docx"),
    Letter(datetime(2012, 12, 7, 7, 40)),
    Upload(datetime(2012, 12, 7, 7, 51, 24), "welding", "pdf", "test"),
    OldCertificate(datetime(2013, 1, 21, 12, 0), "SC1603-12", date(2013, 5, 31)),
    Upload(datetime(2013, 3, 11, 11, 41, 5), "school", "pdf"),
    Letter(datetime(2013, 3, 15, 8, 0)),
    Upload(datetime(2013, 3, 15, 8, 33, 10), "employment", "pdf", "test ny miljö"),
)

MESSAGES = (
    Said(
        datetime(2012, 12, 7, 7, 45),
        MessageType.SUPPLEMENT,
        "officer",
        "Vi behöver kompletteringar för att gå vidare. Se brevet i Arkiv.",
    ),
    Said(
        datetime(2013, 3, 8, 5, 30),
        MessageType.SUPPLEMENT_REMINDER,
        "system",
        "Bästa kund, vi vill härmed göra Dig uppmärksam på att du inte har kompletterat de uppgifter som vi "
        "eftersökt.",
    ),
    Said(
        datetime(2013, 3, 15, 7, 30),
        MessageType.NOTE,
        "customer",
        "Jag skickar avgångsbetyg och tjänstgöringsintyg nu.",
    ),
    Said(
        datetime(2013, 3, 15, 7, 50),
        MessageType.CONTACT_CHANGE,
        "officer",
        "Din nya adress är införd. Den syns på vår och Boverkets sida inom en arbetsvecka.",
    ),
    Said(
        datetime(2013, 3, 15, 8, 5),
        MessageType.SUPPLEMENT,
        "officer",
        "Vi behöver fler handlingar för att gå vidare. Se kompletteringsbrevet i Arkiv.",
    ),
)
