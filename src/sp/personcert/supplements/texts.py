"""The texts that supplements send, for administrators to edit."""

from collections.abc import Mapping
from typing import Any

from sp.personcert import _
from sp.personcert.foundation.texts import Placeholder, TextGroup, TextKind

from .domain import Request

REQUEST_MESSAGE = "supplement_request_message"
WITHDRAWN_MESSAGE = "supplement_withdrawn_message"
REMINDER_MESSAGE = "supplement_reminder_message"
REMINDER_NOTICE = "supplement_reminder"

_PLACEHOLDERS = (
    Placeholder("certification", _("placeholder_certification", default="Certifieringen"), "Brunnsborrare"),
    Placeholder("case_number", _("placeholder_case_number", default="Ärendets nummer"), "ca555436"),
    Placeholder("requested", _("placeholder_requested", default="Dagen för begäran"), "2026-09-15"),
    Placeholder("last_day", _("placeholder_last_day", default="Sista dagen att svara"), "2026-12-14"),
    Placeholder(
        "wanted",
        _("placeholder_wanted", default="Det som begärs: rader och handläggarens text"),
        "– Svetsprov: Intyget är äldre än fem år.",
    ),
)


def _message(name: str, title: Any, required: frozenset[str] = frozenset()) -> TextKind:
    return TextKind(
        name, title, TextGroup.MESSAGE, _PLACEHOLDERS, required, has_subject=False, has_link=False
    )


REQUEST = _message(
    REQUEST_MESSAGE,
    _("text_kind_supplement_request", default="Meddelande: begäran om komplettering"),
    frozenset({"wanted", "last_day"}),
)
WITHDRAWN = _message(
    WITHDRAWN_MESSAGE,
    _("text_kind_supplement_withdrawn", default="Meddelande: begäran om komplettering är återtagen"),
)
REMINDER = _message(
    REMINDER_MESSAGE,
    _("text_kind_supplement_reminder_message", default="Meddelande: påminnelse om komplettering"),
)
NOTICE = TextKind(
    REMINDER_NOTICE,
    _("text_kind_supplement_reminder", default="Avisering: påminnelse om komplettering"),
    TextGroup.NOTICE,
)


def fields(case: Any, request: Request) -> Mapping[str, str]:
    """What the placeholders stand for. Titles of rows are as in the case's rule."""
    return {
        "certification": case.type_title,
        "case_number": case.case_number,
        "requested": request.requested_at.date().isoformat(),
        "last_day": request.answer_by.isoformat(),
        "wanted": "\n\n".join(filter(None, (_rows(case, request), request.text))),
    }


def _rows(case: Any, request: Request) -> str:
    slots = ((case.rule.slot(item.slot_key), item.wish) for item in request.items)
    return "\n".join(f"– {slot.title}: {wish}" if wish else f"– {slot.title}" for slot, wish in slots)
