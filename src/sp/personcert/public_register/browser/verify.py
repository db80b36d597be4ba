"""The page where anybody checks a certificate, by number or by its PDF (H2).

Nothing of an uploaded file is shown or kept, not even its name, and nothing is changed: so the
form needs no token.
"""

import os
from functools import cached_property
from http import HTTPStatus
from typing import Any

from zope.i18nmessageid import Message

from sp.personcert import _
from sp.personcert.foundation.clock import now, today
from sp.personcert.foundation.errors import Refused
from sp.personcert.foundation.forms.page import Page
from sp.personcert.foundation.settings import setting

from .. import queries
from ..domain import File, Finding
from .answers import OURS, UNCHANGED, Answer
from .states import WORDS, Word, today_answer, verdict

LARGEST = 20_000_000  # bytes; a certificate of ours is a tenth of a megabyte
HEAD = 1024  # ISO 32000-1, annex H.3: readers accept the header within the first 1024 bytes

NO_NUMBER = _("refused_verify_no_number", default="Skriv ett certifikatnummer först, till exempel SC1603-12.")
NO_FILE = _("refused_verify_no_file", default="Välj en PDF-fil först.")
TOO_LARGE = _(
    "refused_verify_large",
    default="Filen är för stor för att vara ett av våra certifikat. Välj certifikatets egen PDF-fil.",
)
NOT_PDF = _(
    "refused_verify_not_pdf",
    default="Filen är inte en PDF. Våra certifikat är alltid PDF-filer: välj den som vi har skickat.",
)


class Verify(Page):
    """``/kontrollera``: both forms, and the answer below them."""

    def __init__(self, context: Any, request: Any) -> None:
        super().__init__(context, request)
        self.errors: dict[str, Message] = {}
        self.finding: Finding | None = None

    def render(self) -> Any:
        """Check what was sent, if anything was."""
        if self.request["REQUEST_METHOD"] == "POST":
            self._check_file()
        elif "nr" in self.request.form:
            self._check_number()
        if self.errors:
            self.request.response.setStatus(HTTPStatus.UNPROCESSABLE_ENTITY, lock=1)
        return self.index()

    @cached_property
    def number(self) -> str:
        """The number that was typed."""
        return str(self.request.form.get("nr", "")).strip()[:60]

    @property
    def is_demo(self) -> bool:
        """Whether the certificates here are made with a test key."""
        return os.environ.get("SP_DEMO") == "1"

    @property
    def is_unknown(self) -> bool:
        """Whether a number was asked for that the register does not show."""
        return self.finding is not None and self.finding.file is None and self.finding.entry is None

    @property
    def checked_at(self) -> str:
        """This moment, to the minute."""
        return f"{now():%Y-%m-%d %H:%M}"

    @property
    def support(self) -> tuple[str, str]:
        """E-mail address and telephone number of the support."""
        return str(setting("support_email")), str(setting("support_phone"))

    @property
    def verdict(self) -> Answer:
        """The headline."""
        return verdict(self.finding, self.day(today()))

    @property
    def answers(self) -> list[Answer]:
        """The answers in their order: by number only the last one."""
        entry, file = self.finding.entry, self.finding.file
        last = today_answer(self.finding, self.day(entry.valid_to) if entry else "")
        return [last] if file is None else [UNCHANGED[file], OURS[file], last]

    @property
    def status(self) -> Word:
        """The state in the register today."""
        return WORDS[self.finding.status]

    def _check_number(self) -> None:
        if self.number:
            self.finding = queries.check_number(self.number)
        else:
            self.errors = {"nr": NO_NUMBER}

    def _check_file(self) -> None:
        upload = self.request.form.get("file")
        if not getattr(upload, "filename", ""):
            self.errors = {"file": NO_FILE}
            return
        data = upload.read(LARGEST + 1)
        if len(data) > LARGEST:
            self.errors = {"file": TOO_LARGE}
        elif b"%PDF-" not in data[:HEAD]:
            self.errors = {"file": NO_FILE if not data else NOT_PDF}
        else:
            self._judge(data)

    def _judge(self, data: bytes) -> None:
        try:
            self._keep(queries.check_file(data))
        except Refused as refusal:
            self.errors = {refusal.field: refusal.message}

    def _keep(self, finding: Finding) -> None:
        if finding.file is File.NOT_PDF:
            self.errors = {"file": NOT_PDF}
        else:
            self.finding = finding
