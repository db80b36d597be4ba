"""Small real files for the demonstration's archive."""

import io
import zipfile

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from sp.personcert.foundation.pdf import fonts

_DOCX = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
    ),
    "_rels/.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Target="word/document.xml" Type='
        '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>'
    ),
    "word/document.xml": (
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
        "<w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>"
    ),
}


def pdf(title: str, *lines: str) -> bytes:
    """One A4 page that says what it is, and that it is a demonstration."""
    fonts.register()
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4, invariant=True, lang="sv-SE", initialFontName=fonts.SANS)
    canvas.setTitle(title)
    canvas.setFont(fonts.SERIF_BOLD, 22)
    canvas.drawString(72, 740, title)
    canvas.setFont(fonts.SANS, 11)
    for row, line in enumerate((*lines, "Demonstration: uppgifterna är påhittade.")):
        canvas.drawString(72, 700 - 20 * row, line)
    canvas.save()
    return stream.getvalue()


def docx(text: str) -> bytes:
    """A Word file of one paragraph."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _DOCX.items():
            entry = zipfile.ZipInfo(name, (2011, 12, 22, 11, 17, 56))
            archive.writestr(
                entry, '<?xml version="1.0" encoding="UTF-8"?>' + content.replace("{text}", text)
            )
    return stream.getvalue()
