"""The file to fill in that belongs to a slot (Hämta mall, H118)."""

from typing import Any

from zExceptions import NotFound

from sp.personcert.documents.domain.delivery import headers
from sp.personcert.documents.domain.formats import MEDIA_TYPES, named_format
from sp.personcert.foundation.forms.page import Page


class Blank(Page):
    """``?plats=<slot key>`` names the slot."""

    def render(self) -> Any:
        """The file; a slot that does not exist, or has none, is not there."""
        slot = self.context.rule.slot(str(self.request.form.get("plats", "")))
        if slot is None or slot.template is None:
            raise NotFound
        found = named_format(slot.template.file_name)
        media_type = MEDIA_TYPES[found] if found else "application/octet-stream"
        for name, value in headers(slot.template.file_name, media_type, len(slot.template.data)).items():
            self.request.response.setHeader(name, value)
        return slot.template.data
