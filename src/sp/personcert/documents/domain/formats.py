"""The formats that are taken in (H110): the extension and the real content must agree."""

import io
import zipfile
from enum import StrEnum

import olefile

PDF_HEAD = b"%PDF-"
LARGEST_DIRECTORY = 200_000  # bytes; about two thousand members, a Word file has some twenty
END_MARK, END_LENGTH, LONGEST_COMMENT, LOCATOR_64_MARK = b"PK\x05\x06", 22, 65_535, b"PK\x06\x07"
HEAD_LENGTH = 1024  # ISO 32000-1, annex H.3: readers accept the header within the first 1024 bytes


class Format(StrEnum):
    """The handbook's five formats, by extension."""

    PDF = "pdf"
    DOC = "doc"
    XLS = "xls"
    DOCX = "docx"
    XLSX = "xlsx"


MEDIA_TYPES = {
    Format.PDF: "application/pdf",
    Format.DOC: "application/msword",
    Format.XLS: "application/vnd.ms-excel",
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

_OLE_STREAMS = {"WordDocument": Format.DOC, "Workbook": Format.XLS, "Book": Format.XLS}
_ZIP_PARTS = {"word/document.xml": Format.DOCX, "xl/workbook.xml": Format.XLSX}


def extension_of(file_name: str) -> str:
    """The last extension in lower case, "" without one."""
    return file_name.rpartition(".")[2].lower() if "." in file_name else ""


def named_format(file_name: str) -> Format | None:
    """The format that the name claims."""
    extension = extension_of(file_name)
    return Format(extension) if extension in set(Format) else None


def real_format(data: bytes) -> Format | None:
    """The format that the content has."""
    if PDF_HEAD in data[:HEAD_LENGTH]:
        return Format.PDF
    if data.startswith(olefile.MAGIC):
        return _ole_format(data)
    if data.startswith(b"PK"):
        return _zip_format(data)
    return None


def _ole_format(data: bytes) -> Format | None:
    try:
        with olefile.OleFileIO(data) as found:
            return next((kind for name, kind in _OLE_STREAMS.items() if found.exists(name)), None)
    except (OSError, ValueError, IndexError):
        return None


def _zip_format(data: bytes) -> Format | None:
    if _directory_size(data) > LARGEST_DIRECTORY:
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as found:
            names = set(found.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return None
    if "[Content_Types].xml" not in names:
        return None
    return next((kind for part, kind in _ZIP_PARTS.items() if part in names), None)


def _directory_size(data: bytes) -> int:
    """How many bytes a reader would take for the directory of a ZIP file (APPNOTE 4.3.16).

    The stated number of members may lie; readers go by the stated size. A file with the records of
    ZIP64, which none of a few megabytes needs, counts as too large.
    """
    end = len(data) - END_LENGTH
    if data[end : end + 4] != END_MARK or data[-2:] != b"\0\0":
        end = data.rfind(END_MARK, max(0, end - LONGEST_COMMENT))
    if end < 0:
        return 0
    if data[end - 20 : end - 16] == LOCATOR_64_MARK:
        return len(data)
    return int.from_bytes(data[end + 12 : end + 16], "little")
