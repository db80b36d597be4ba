"""Sending messages and keeping drafts."""

from typing import Any

from plone import api
from zope.i18n import translate
from zope.i18nmessageid import Message

from sp.personcert import _
from sp.personcert.cases import operations as cases
from sp.personcert.customers import queries as customers
from sp.personcert.foundation import audit, mail
from sp.personcert.foundation.access import require
from sp.personcert.foundation.clock import now
from sp.personcert.foundation.content import add, new_id
from sp.personcert.foundation.errors import Refused
from sp.personcert.foundation.identity import current_user_id
from sp.personcert.foundation.permissions import Permission
from sp.personcert.foundation.settings import setting

from . import storage
from .content import Message as Thread
from .domain import CHOSEN_BY_CUSTOMER, CHOSEN_BY_OFFICER, Draft, Entry, MessageType


def start(
    case: Any,
    message_type: str,
    text: str,
    creation_id: str,
    *,
    notice: bool = True,
    from_draft: bool = True,
) -> Any:
    """Send a wholly new message (H69–H72).

    :param creation_id: the id of the thread; sending the same form again finds it.
    :param notice: whether a mail tells the customer of what staff wrote.
    :param from_draft: False keeps the writer's draft: this text was not made from it.
    :raises Refused: without text or type, or when the text is too long.
    """
    require(Permission.WRITE_MESSAGE, case)
    if creation_id in case.objectIds():
        return case[creation_id]
    by_customer = is_customer(case)
    if message_type not in (CHOSEN_BY_CUSTOMER if by_customer else CHOSEN_BY_OFFICER):
        raise Refused(_("refused_message_type", default="Välj en meddelandetyp."), "message_type")
    entry = _entry(case, text, by_customer)
    message = _thread(case, MessageType(message_type), entry, creation_id)
    if from_draft:
        drop_draft(case)
    _tell(case, by_customer, notice)
    audit.record("message.start", message)
    return message


def reply(message: Any, text: str, creation_id: str) -> None:
    """Send an answer in a thread (H67, H68). Sending the same form again finds it.

    :raises Refused: without text, or when the text is too long.
    """
    case = message.__parent__
    require(Permission.WRITE_MESSAGE, case)
    if creation_id in message.entries:
        return
    by_customer = is_customer(case)
    message.entries[creation_id] = _entry(case, text, by_customer)
    drop_draft(message)
    _tell(case, by_customer)
    audit.record("message.reply", message)


def send_system(case: Any, message_type: MessageType, text: Message | str, *, notice: str = "") -> Any:
    """Send a message of the system (H54, H55, H61), for an operation that has checked its own rule.

    :param text: a message is sent in the customer's language, a text as it is.
    :param notice: the kind of mail that tells the customer, or "" for none.
    """
    customer = customers.above(case)
    said = translate(text, target_language=customer.customer_language)
    message = _thread(case, message_type, Entry(now(), "", str(setting("system_sender")), said), new_id())
    if notice:
        mail.queue_notice(customer, notice)
    audit.record("message.system", message)
    return message


def keep_draft(content: Any, text: str, message_type: str = "") -> None:
    """Keep a text without sending it (H66); the content is a thread to answer, or a case."""
    require(Permission.WRITE_MESSAGE, content)
    _check_length(text)
    kept = storage.drafts(content, make=True)
    kept[current_user_id()] = Draft(now(), text, message_type)


def drop_draft(content: Any) -> None:
    """Forget the draft of the person in charge (H65)."""
    kept = storage.drafts(content)
    if kept is not None:
        kept.pop(current_user_id(), None)


def is_customer(case: Any) -> bool:
    """Whether the person in charge is the customer of the case."""
    return bool(current_user_id()) and customers.above(case).user_id == current_user_id()


def _thread(case: Any, message_type: MessageType, entry: Entry, message_id: str) -> Any:
    message = Thread()
    message.message_type = message_type
    message.entries[message_id] = entry
    return add(case, message, message_id)


def _entry(case: Any, text: str, by_customer: bool) -> Entry:
    if not text.strip():
        raise Refused(_("refused_empty_message", default="Skriv något innan du sparar."), "text")
    _check_length(text)
    if by_customer:
        name = customers.above(case).full_name
    else:
        name = api.user.get_current().getProperty("fullname") or str(setting("system_sender"))
    return Entry(now(), current_user_id(), name, text.strip(), by_customer)


def _check_length(text: str) -> None:
    longest = int(setting("max_message_length"))
    if len(text) > longest:
        raise Refused(
            _(
                "refused_long_message",
                default="Meddelandet är för långt, högst ${longest} tecken. Ladda upp en längre text som "
                "dokument.",
                mapping={"longest": longest},
            ),
            "text",
        )


def _tell(case: Any, by_customer: bool, notice: bool = True) -> None:
    cases.mark_message(case, by_customer=by_customer)
    if notice and not by_customer:
        mail.queue_notice(customers.above(case), "new_message")
