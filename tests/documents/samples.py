"""Small real files of each format, made where they are used."""

import io
import struct
import zipfile

from reportlab.pdfgen.canvas import Canvas

from sp.personcert.documents.domain.formats import Format

FREE, END, NO_STREAM = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF
FAT_MARK = 0xFFFFFFFD


def pdf() -> bytes:
    """A page made by reportlab."""
    stream = io.BytesIO()
    canvas = Canvas(stream)
    canvas.drawString(72, 700, "Avgångsbetyg")
    canvas.save()
    return stream.getvalue()


def office(*parts: str) -> bytes:
    """A zip with these members, as in Office Open XML."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for part in parts:
            made.writestr(part, "<x/>")
    return stream.getvalue()


def ole(stream_name: str) -> bytes:
    """A compound file of one empty stream (MS-CFB 2.2, 2.6): header, FAT, directory."""
    header = struct.pack(
        "<8s16sHHHHH6x9I",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"",
        0x3E,
        3,
        0xFFFE,
        9,
        6,
        0,
        1,
        1,
        0,
        4096,
        END,
        0,
        END,
        0,
    )
    header += struct.pack("<109I", 0, *[FREE] * 108)
    fat = struct.pack("<128I", FAT_MARK, END, *[FREE] * 126)
    directory = entry("Root Entry", 5, 1) + entry(stream_name, 2, NO_STREAM) + entry("", 0, NO_STREAM) * 2
    return header + fat + directory


def entry(name: str, kind: int, child: int) -> bytes:
    """One directory entry (MS-CFB 2.6.1)."""
    encoded = name.encode("utf-16-le")
    length = len(encoded) + 2 if name else 0
    return struct.pack(
        "<64sHBBIII16sIQQIQ", encoded, length, kind, 1, NO_STREAM, NO_STREAM, child, b"", 0, 0, 0, END, 0
    )


REAL = {
    Format.PDF: pdf(),
    Format.DOC: ole("WordDocument"),
    Format.XLS: ole("Workbook"),
    Format.DOCX: office("[Content_Types].xml", "word/document.xml"),
    Format.XLSX: office("[Content_Types].xml", "xl/workbook.xml"),
}
