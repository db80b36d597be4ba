"""Words about letters by post."""

from collections.abc import Mapping
from typing import Any

from zope.i18nmessageid import Message

from sp.personcert import _
from sp.personcert.customers import queries as customers
from sp.personcert.foundation.texts import kind_of

from ..domain import LetterState, Obstacle, PostalLetter

OBSTACLES: Mapping[Obstacle, Message] = {
    Obstacle.NO_ADDRESS: _(
        "text_letter_no_address",
        default="Postadress saknas. Ta reda på adressen, eller ring kunden och stryk brevet.",
    ),
    Obstacle.NO_TEXT: _(
        "text_letter_no_text",
        default="Texten till brevet finns inte längre. Berätta det på något annat sätt och stryk brevet.",
    ),
    Obstacle.UNKNOWN_SIGNS: _(
        "text_letter_unknown_signs",
        default="Namnet eller adressen har tecken som vi inte kan skriva ut. Skriv brevet för hand.",
    ),
}
STATES: Mapping[LetterState, Message] = {
    LetterState.WAITING: _("status_letter_waiting", default="Att skriva ut"),
    LetterState.PRINTED: _("status_letter_printed", default="Utskrivet"),
}
BY_CHOICE = _("text_letter_by_choice", default="Kunden nås med vanlig post")
NO_EMAIL = _("text_letter_no_email", default="Kunden har ingen e-postadress")
BAD_EMAIL = _("text_letter_bad_email", default="E-posten kommer inte fram")


def titles(letter: PostalLetter) -> list[Message | str]:
    """What the letter tells, in the words of the list of texts."""
    return [_title(kind) for kind in letter.kinds]


def reason(customer: Any) -> Message | None:
    """Why it goes by post, as things stand now."""
    if customers.is_reached_by_post(customer):
        return BY_CHOICE
    if not customer.email:
        return NO_EMAIL
    return BAD_EMAIL if customers.email_is_bad(customer) else None


def _title(kind: str) -> Message | str:
    try:
        return kind_of(kind).title
    except LookupError:  # of a feature that is gone; the letter can still be struck out
        return kind
