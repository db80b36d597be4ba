"""Writing: an answer in a thread (H63–H68) and a new message (H69–H72)."""

from functools import cached_property
from typing import Any

from plone import api
from zope.i18nmessageid import Message

from sp.personcert import _
from sp.personcert.cases import queries as cases
from sp.personcert.cases.tabs import CaseForm
from sp.personcert.customers import queries as customers
from sp.personcert.foundation.clock import now
from sp.personcert.foundation.settings import setting

from .. import operations, queries
from ..domain import CHOSEN_BY_CUSTOMER, CHOSEN_BY_OFFICER, Draft
from ..vocabularies import TYPES
from .tab import MessagesTab

UNKNOWN_SENDER = _("text_unknown_sender", default="Okänd")


class WritingForm(MessagesTab, CaseForm):
    """Both forms: Avbryt forgets, Utkast keeps, Spara sends (H65–H67)."""

    def send(self, creation_id: str) -> None:
        """Call the operation that sends."""
        raise NotImplementedError

    def handle(self, creation_id: str) -> str:
        """Do what the pressed button says."""
        pressed = self.typed("do")
        if pressed == "cancel":
            operations.drop_draft(self.context)
            return self.tab_url
        if pressed == "draft":
            operations.keep_draft(self.context, self.written, self.typed("message_type"))
            return f"{self.tab_url}?klart=utkast"
        self.send(creation_id)
        return f"{self.tab_url}?klart=skickat"

    @property
    def written(self) -> str:
        """What was sent, else the draft. A browser counts a line break as one character; so do we."""
        if self.request["REQUEST_METHOD"] == "POST":
            return self.typed("text").replace("\r\n", "\n")
        return self.draft.text if self.draft else ""

    @cached_property
    def draft(self) -> Draft | None:
        """The writer's own draft."""
        return queries.draft(self.context)

    @property
    def draft_time(self) -> str:
        """When the draft was kept: HH:MM today, else with the day."""
        saved = self.draft.saved_at if self.draft else None
        if saved is None:
            return ""
        return f"{saved:%H:%M}" if saved.date() == now().date() else f"{saved:%Y-%m-%d %H:%M}"

    @property
    def shown_now(self) -> str:
        """The line Datum (H64)."""
        return f"{now():%Y-%m-%d %H:%M}"

    @property
    def sender(self) -> str:
        """The line Från (H64): name and user name, Okänd when no name is known."""
        if self.is_customer:
            customer = customers.above(self.context)
            name, user_name = customer.full_name, customer.user_name
        else:
            user = api.user.get_current()
            name, user_name = user.getProperty("fullname"), user.getUserName()
        return f"{name or self.text(UNKNOWN_SENDER)} ({user_name})"

    @cached_property
    def is_customer(self) -> bool:
        """Whether the customer of the case is writing."""
        return operations.is_customer(self.case)

    @property
    def longest(self) -> int:
        """The most characters that a message may have (H73)."""
        return int(setting("max_message_length"))


class Answer(WritingForm):
    """An answer, inside its thread."""

    name = "answer"
    writing = "answer"

    @cached_property
    def case(self) -> Any:
        """The page is about the newest case of the type, whichever case the thread began in."""
        return cases.of_same_type(self.context.__parent__)[-1]

    @property
    def answered_id(self) -> str:
        """The thread that shows the form."""
        return str(self.context.getId())

    @property
    def action(self) -> str:
        """Where the form posts to."""
        return f"{self.url}/@@svara"

    def send(self, creation_id: str) -> None:
        """Send the answer."""
        operations.reply(self.context, self.written, creation_id)


class NewMessage(WritingForm):
    """A wholly new message, above the list."""

    name = "new-message"
    writing = "new"

    @property
    def action(self) -> str:
        """Where the form posts to."""
        return f"{self.url}/@@nytt-meddelande"

    @property
    def chosen_type(self) -> str:
        """What was chosen; else what the address or the draft suggests."""
        suggested = str(self.request.form.get("typ", "")) or (self.draft.message_type if self.draft else "")
        return self.typed("message_type", suggested)

    def type_choices(self) -> list[tuple[str, str]]:
        """The drop-list (H71): value and word."""
        chosen = CHOSEN_BY_CUSTOMER if self.is_customer else CHOSEN_BY_OFFICER
        return [(kind.value, self.text(TYPES[kind])) for kind in chosen]

    def problems(self) -> dict[str, Message]:
        """Both faults at once: no type (H71) and no text (H67)."""
        if self.typed("do") in {"cancel", "draft"}:
            return {}
        found = {}
        if self.typed("message_type") not in [value for value, _word in self.type_choices()]:
            found["message_type"] = _("refused_message_type", default="Välj en meddelandetyp.")
        if not self.written.strip():
            found["text"] = _("refused_empty_message", default="Skriv något innan du sparar.")
        return found

    def send(self, creation_id: str) -> None:
        """Send the message."""
        operations.start(self.context, self.typed("message_type"), self.written, creation_id)
