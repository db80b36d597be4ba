"""The words for document types."""

from collections.abc import Mapping

from zope.i18nmessageid import Message

from sp.personcert import _
from sp.personcert.certification_types.domain import DocumentType

TYPES: Mapping[DocumentType, Message] = {
    DocumentType.ATTESTATION: _("document_type_attestation", default="Betyg/Intyg"),
    DocumentType.SUPPLEMENT_LETTER: _("document_type_supplement_letter", default="Kompletteringsbrev"),
    DocumentType.CERTIFICATE: _("document_type_certificate", default="Certifikat"),
    DocumentType.ATTACHMENT: _("document_type_attachment", default="Bilaga"),
}
