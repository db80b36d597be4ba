"""What happens to letters by post: filed, printed, ticked off, struck out."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from plone import api
from zope.i18n import translate
from zope.i18nmessageid import Message

from sp.personcert import _
from sp.personcert.customers import queries as customers
from sp.personcert.customers.domain import postal_lines
from sp.personcert.foundation import audit, mail
from sp.personcert.foundation.access import require
from sp.personcert.foundation.clock import now, today
from sp.personcert.foundation.errors import Refused
from sp.personcert.foundation.identity import current_user_id
from sp.personcert.foundation.permissions import Permission
from sp.personcert.foundation.settings import base_url, setting

from . import pdf, queries, storage
from .domain import LetterState, PostalLetter, id_for
from .queries import Listed

NONE_LEFT = _(
    "refused_no_letters", default="Inga av breven du valde kan skrivas ut. Ladda om sidan och välj igen."
)
MOST = 200
TOO_MANY = _("refused_too_many_letters", default="Välj högst ${most} brev åt gången.", mapping={"most": MOST})
NOT_PRINTED = _("refused_not_printed", default="Skriv ut breven innan du prickar av dem som postade.")
NOT_OPEN = _("refused_letter_not_open", default="Brevet är redan postat eller struket.")
WEB = _("letter_web", default="Kundwebben: ${address}")
NUMBER = _("letter_customer_number", default="Kundnummer ${number}")
NEXT_PAGE = _("letter_next_page", default="Kundnummer ${number}, sida ${page}")
BAD_EMAIL = _(
    "letter_bad_email",
    default="Du får det här med post, eftersom vår e-post till dig inte kommer fram. Logga in på Kundwebben "
    "och tala om vilken e-postadress vi ska använda.",
)


def put(customer: Any, kinds: Sequence[str], language: str, from_day: date | None, key: str) -> None:
    """Let notices to a customer become one letter, for the mail's channel: no person is asked.

    :param kinds: names of kinds of text.
    :param from_day: it is printed no earlier than this day; None: as soon as possible.
    :param key: for the same key there is one letter, ever.
    """
    found = id_for(customer.getId(), key)
    if storage.find(found) is None:
        created = now().isoformat()
        day = from_day or today()
        storage.put(PostalLetter(found, customer.getId(), tuple(kinds), language, created, day))


def print_letters(ids: Iterable[str]) -> bytes:
    """Print letters, each on a page of its own, for envelopes with a window. This may be repeated.

    Letters that are gone, that the person may not see, or that lack a postal address are left out.

    :returns: the PDF.
    :raises Refused: when nothing is left to print, or for more than :data:`MOST` at once.
    """
    chosen = [found for found in _chosen(ids) if found.obstacle is None]
    if not chosen:
        raise Refused(NONE_LEFT)
    made = pdf.render([_paper(found) for found in chosen], setting("body_name"), today())
    for found in chosen:
        storage.put(found.letter.printed(current_user_id(), now()))
        audit.record("letter.print", found.customer, letter=found.letter.id)
    return made


def tick_off(ids: Iterable[str]) -> int:
    """Note that letters are posted. What is not printed stays as it is.

    :returns: how many were ticked off.
    :raises Refused: when none of them is printed, or for more than :data:`MOST` at once.
    """
    chosen = [found for found in _chosen(ids) if found.letter.state is LetterState.PRINTED]
    if not chosen:
        raise Refused(NOT_PRINTED)
    for found in chosen:
        storage.put(found.letter.posted(current_user_id(), now()))
        audit.record("letter.post", found.customer, letter=found.letter.id)
    return len(chosen)


def cancel(letter_id: str) -> None:
    """Strike out a letter that is not needed.

    :raises Refused: when it is posted or struck out already, or not for the person.
    """
    chosen = _chosen([letter_id])
    if not chosen:
        raise Refused(NOT_OPEN)
    _cancel(chosen[0].letter, chosen[0].customer)


def send_by_mail_instead(customer: Any) -> None:
    """Mail can be tried again: what was held back from the post is queued as notices anew.

    For the subscriber to ``AddressUsable``; whoever confirmed or corrected the address was allowed to.
    A letter whose text is gone stays for an officer to strike out.
    """
    for letter in storage.open_of(customer.getId()):
        is_held = letter.state is LetterState.WAITING and not letter.is_due(today())
        if is_held and queries.has_texts(letter):
            _cancel(letter, customer)
            for kind in letter.kinds:
                mail.queue_notice(customer, kind, key=f"letter:{letter.id}")


def _cancel(letter: PostalLetter, customer: Any) -> None:
    storage.put(letter.cancelled())
    audit.record("letter.cancel", customer, letter=letter.id)


def _chosen(ids: Iterable[str]) -> list[Listed]:
    require(Permission.POST_LETTERS, api.portal.get())
    wanted = dict.fromkeys(ids)
    if len(wanted) > MOST:
        raise Refused(TOO_MANY)
    found = (queries.find(letter_id) for letter_id in wanted)
    return [one for one in found if one is not None]


def _paper(found: Listed) -> pdf.Paper:
    """What the mail would say (H42), and how to get to the customer web without a link."""
    customer, language = found.customer, found.letter.language
    said = mail.notice_letter(found.letter.kinds, language)
    before, after = mail.frame_paragraphs(language)
    number = {"number": customer.customer_number}
    paragraphs = [*before, *said.sentences]
    if customers.email_is_bad(customer) and not customers.is_reached_by_post(customer):
        paragraphs.append(_in(language, BAD_EMAIL))
    paragraphs.append(_in(language, WEB, address=base_url().partition("://")[2]))
    return pdf.Paper(
        sender=tuple(setting("postal_address")),
        address=postal_lines(customer.person, customer.company),
        day=today(),
        reference=_in(language, NUMBER, **number),
        next_page=lambda page: _in(language, NEXT_PAGE, page=page, **number),
        subject=said.subject,
        paragraphs=(*paragraphs, *after),
        language=language,
    )


def _in(language: str, message: Message, **values: Any) -> str:
    return str(translate(Message(message, mapping=values), target_language=language))
