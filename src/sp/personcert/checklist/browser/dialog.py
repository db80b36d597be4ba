"""The dialog Uppladdning av dokument: a page of its own for one slot (H120–H131)."""

from datetime import datetime
from functools import cached_property
from typing import Any

from zExceptions import NotFound
from zope.i18nmessageid import Message

from sp.personcert.certification_types.domain import Slot
from sp.personcert.customers import queries as customers
from sp.personcert.customers.domain import masked_number, shown_number
from sp.personcert.documents import queries as documents
from sp.personcert.documents.domain import names
from sp.personcert.documents.vocabularies import TYPES
from sp.personcert.foundation.clock import now, today
from sp.personcert.foundation.forms.form import Form
from sp.personcert.foundation.identity import current_user_id
from sp.personcert.foundation.settings import setting

from .. import operations

NOTE_LENGTH, REASON_LENGTH = 200, 1000


class UploadDialog(Form):
    """One slot: a file, or the reason why there is none. ``?klart=<document id>`` shows the receipt."""

    name = "upload"

    @cached_property
    def slot(self) -> Slot:
        """The slot that the address names."""
        slot = self.context.rule.slot(str(self.request.form.get("plats", "")))
        if slot is None:
            raise NotFound
        return slot

    def prepare(self) -> None:
        """A slot that the case does not ask for is not there."""
        super().prepare()
        if self.received_id and self.received is None:
            raise NotFound
        self.dialog_url = f"{self.url}/@@ladda-upp?plats={self.slot.key}"
        self.tab_url = f"{self.url}/@@ladda-upp-intyg"

    @property
    def form_id(self) -> str:
        """A token for one slot is of no use on another."""
        return f"{super().form_id}#{self.slot.key}"

    def kept(self) -> str:
        """The moment in the shown name: it stays, also after a refusal (H127)."""
        token = getattr(self, "token", None)
        return token.kept if token else now().replace(microsecond=0).isoformat()

    @property
    def stamp(self) -> datetime:
        """The moment that the token carries."""
        return datetime.fromisoformat(self.token.kept)

    @property
    def stem_parts(self) -> tuple[str, ...]:
        """The name that the file will have, without extension (H124)."""
        number = self.customer.customer_number
        return names.breakable(names.upload_stem(self.slot.file_label, number, self.stamp))

    @cached_property
    def customer(self) -> Any:
        """Whose document it is."""
        return customers.above(self.context)

    @property
    def person(self) -> str:
        """Name and personnummer (H124); in full for the person only."""
        number = self.customer.personal_identity_number
        if self.customer.user_id == current_user_id():
            return f"{self.customer.full_name}, {shown_number(number, today())}"
        if not customers.shows_contact(self.customer):
            return str(self.customer.full_name)
        return f"{self.customer.full_name}, {masked_number(number)}"

    @property
    def type_label(self) -> Message:
        """The document type of the slot."""
        return TYPES[self.slot.document_type]

    @property
    def tells_reason(self) -> bool:
        """Which choice is made; ”Ladda upp dokument” is preselected (H122)."""
        return self.typed("what") == "reason"

    @property
    def received_id(self) -> str:
        """The id of the document that has just been taken in."""
        return str(self.request.form.get("klart", ""))

    @cached_property
    def received(self) -> Any | None:
        """The document of the receipt (H129)."""
        document = documents.by_id(self.context, self.received_id) if self.received_id else None
        return document if document is not None and document.slot_key == self.slot.key else None

    @property
    def received_name(self) -> tuple[str, ...]:
        """The name that the document was kept under."""
        return names.breakable(self.received.file_name)

    def handle(self, creation_id: str) -> str:
        """Take in the file, or the reason."""
        if self.tells_reason:
            reason = self.typed("reason").replace("\r\n", "\n")[:REASON_LENGTH]
            operations.answer_with_reason(self.context, self.slot.key, reason, creation_id)
            return f"{self.tab_url}?klart=meddelat"
        file_name, data = self._file()
        note = self.typed("note")[:NOTE_LENGTH]
        document = operations.answer_with_document(
            self.context, self.slot.key, file_name, data, self.stamp, note, creation_id
        )
        return f"{self.dialog_url}&klart={document.getId()}"

    def _file(self) -> tuple[str, bytes]:
        upload = self.request.form.get("file")
        file_name = str(getattr(upload, "filename", "") or "")
        if not file_name:
            return "", b""
        return file_name, upload.read(int(setting("max_upload_bytes")) + 1)
