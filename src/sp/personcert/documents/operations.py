"""Taking documents in: the one pipeline of every file."""

import hashlib
from datetime import datetime
from typing import Any

from ZODB.blob import Blob

from sp.personcert import _
from sp.personcert.certification_types.domain import DocumentType, Slot
from sp.personcert.customers import queries as customers
from sp.personcert.foundation import audit
from sp.personcert.foundation.access import require
from sp.personcert.foundation.clock import now
from sp.personcert.foundation.content import add, new_id
from sp.personcert.foundation.errors import Refused
from sp.personcert.foundation.identity import current_user_id
from sp.personcert.foundation.permissions import Permission
from sp.personcert.foundation.settings import setting

from .content import Document
from .domain import formats, names

NOT_A_FORMAT = _(
    "refused_format",
    default="Filen är inte en PDF-, Word- eller Excelfil. Spara den som PDF och försök igen.",
)


def add_upload(
    case: Any, slot: Slot, file_name: str, data: bytes, stamp: datetime, note: str, creation_id: str
) -> Any:
    """Take in a file for a slot, under a made name (H110, H127).

    :param file_name: the person's own name of the file; only its extension is used.
    :param stamp: the moment that the dialog showed in the name.
    :param creation_id: the id of the document; sending the same form again finds it.
    :raises Refused: for no file, an empty, too large or unsuitable one.
    """
    require(Permission.UPLOAD, case)
    container = case.__parent__ if slot.shared else case
    if creation_id in container.objectIds():
        return container[creation_id]
    found = suitable_format(file_name, data)
    stem = names.upload_stem(slot.file_label, customers.above(case).customer_number, stamp)
    document = Document()
    document.format, document.document_type, document.shared = found, slot.document_type, slot.shared
    document.slot_key, document.note = slot.key, note.strip()
    return _file(container, document, stem, data, creation_id)


def add_made(case: Any, stem: str, document_type: DocumentType, data: bytes, note: str = "") -> Any:
    """File a PDF that the system made, for an operation that has checked its own rule."""
    document = Document()
    document.document_type, document.note = document_type, note
    return _file(case, document, stem, data, new_id())


def note_download(document: Any) -> bool:
    """Somebody gets the file; everybody but its owner answers for that (H178).

    The one operation that a GET may call: a file is fetched by a plain link, and the entry is all that it
    writes.

    :returns: whether there is an entry.
    """
    if customers.above(document).user_id == current_user_id():
        return False
    audit.record("documents.downloaded", document, type=document.document_type.name.lower())
    return True


def suitable_format(file_name: str, data: bytes) -> formats.Format:
    """The format of a file that may be taken in.

    :raises Refused: for no file, an empty or too large one, or one whose content is not what its
        name says.
    """
    if not file_name:
        raise Refused(_("refused_no_file", default="Välj en fil först."), "file")
    if not data:
        raise Refused(_("refused_empty_file", default="Filen är tom. Välj en annan fil."), "file")
    largest = int(setting("max_upload_bytes"))
    if len(data) > largest:
        raise Refused(
            _(
                "refused_large_file",
                default="Filen är för stor, högst ${megabytes} MB. Spara den i mindre format och försök "
                "igen.",
                mapping={"megabytes": largest // 1_000_000},
            ),
            "file",
        )
    real = formats.real_format(data)
    if real is None or real != formats.named_format(file_name):
        raise Refused(NOT_A_FORMAT, "file")
    return real


def _file(container: Any, document: Document, stem: str, data: bytes, document_id: str) -> Any:
    taken = {getattr(child, "file_name", "") for child in container.objectValues()}
    document.file_name = names.free_name(stem, document.format.value, taken)
    document.archived_at, document.added_by = now(), current_user_id()
    document.size, document.sha256 = len(data), hashlib.sha256(data).hexdigest()
    document.blob = Blob()
    with document.blob.open("w") as opened:
        opened.write(data)
    document = add(container, document, document_id)
    audit.record("document.file", document, sha256=document.sha256)
    return document
