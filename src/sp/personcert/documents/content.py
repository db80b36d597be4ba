"""The document."""

from datetime import datetime

from plone.dexterity.content import Item
from ZODB.blob import Blob
from zope.interface import implementer

from sp.personcert.certification_types.domain import DocumentType
from sp.personcert.foundation.content import OwnContent

from .domain.formats import Format
from .interfaces import IDocument


@implementer(IDocument)
class Document(OwnContent, Item):
    """One file with what the archive says of it. The file is never changed."""

    portal_type = "sp.personcert.document"
    file_name = ""
    format = Format.PDF
    document_type = DocumentType.ATTESTATION
    slot_key = ""
    note = ""
    archived_at: datetime | None = None
    added_by = ""
    visible_to_customer = True
    shared = False
    size = 0
    sha256 = ""
    blob: Blob | None = None

    def read(self) -> bytes:
        """The bytes, as they came in."""
        with self.blob.open("r") as opened:
            return opened.read()
