"""Signs a finished PDF: PAdES B-B (ETSI EN 319 142-1) as a certification signature that forbids every change.

endesive does the work in an incremental update: the bytes that were given are the beginning of the bytes
that come back. It is corrected in four places, see ``_CertifyingWriter``. A certification signature (ISO
32000-1, 12.8.2.2, DocMDP) with P = 1 tells every reader that any later change makes the document invalid.
Whoever signs must let ``checking.check`` accept the result before it is released: endesive does not look at
what it made.
"""

import io
from datetime import datetime
from typing import Any

from pypdf import PdfReader, generic

from sp.personcert.foundation.pdf.endesive_import import cms
from sp.personcert.foundation.pdf.keys import SigningKey

DIGEST = "sha256"
FIELD_NAME = "Signature1"
#: Bytes set aside for the signature. A fixed room lets the key sign once; with 0 endesive signs twice to
#: learn the size.
ROOM = 16384
#: AcroForm /SigFlags (ISO 32000-1, table 219): 1 = there are signatures, 2 = the file may only be appended
#: to.
SIGNATURES_EXIST_APPEND_ONLY = 3
#: DocMDP /P (ISO 32000-1, table 254): 1 = no change at all.
NO_CHANGES = 1


class CannotSign(Exception):
    """The document must not be signed: already signed or certified, encrypted, or not a PDF."""


class _CertifyingWriter(cms.SignedData):
    """endesive's PDF writer with what PAdES asks for and endesive 3.0.1 does not give.

    - /SubFilter: endesive writes the old adbe.pkcs7.detached; PAdES is ETSI.CAdES.detached (EN 319 142-1,
      6.3).
    - DocMDP /P: endesive takes it from the same setting as /SigFlags, two different things (1 and 3 here).
    - /BBox of the (empty) appearance: endesive writes /Bbox, which readers do not know.
    - /Info: endesive copies the dictionary into the trailer; ISO 32000-1 (table 15) asks for a reference.
    """

    def _make_signature(self, Contents: Any = None, Type: Any = None, SubFilter: Any = None) -> Any:
        return super()._make_signature(
            Contents=Contents, Type=Type, SubFilter=generic.NameObject("/ETSI.CAdES.detached")
        )

    def _makepdf(self, prev: PdfReader, *args: Any, **options: Any) -> None:
        super()._makepdf(prev, *args, **options)
        for written in self._objects:
            if isinstance(written, generic.DictionaryObject) and written.get("/Type") == "/TransformParams":
                written[generic.NameObject("/P")] = generic.NumberObject(NO_CHANGES)
            if isinstance(written, generic.DictionaryObject) and "/Bbox" in written:
                written[generic.NameObject("/BBox")] = written.pop("/Bbox")
        self.x_info = prev.trailer.raw_get("/Info") if "/Info" in prev.trailer else None


def sign(pdf: bytes, key: SigningKey, *, reason: str, location: str, moment: datetime) -> bytes:
    """Return the PDF with our certification signature appended.

    ``moment`` (aware) is what the signature claims as its time; without a time-stamping authority nobody
    else vouches for it. Raises CannotSign for a document that already is signed, certified or encrypted:
    endesive would sign on and break it.
    """
    if moment.tzinfo is None:
        raise ValueError("the moment of signing needs a time zone")
    _refuse_unfit(pdf)
    details = {
        "sigandcertify": True,
        "sigflags": SIGNATURES_EXIST_APPEND_ONLY,
        "sigfield": FIELD_NAME,
        "aligned": ROOM,
        "reason": reason,
        "location": location,
        "signingdate": pdf_date(moment),
    }
    update = _CertifyingWriter().sign(
        pdf, details, key.private_key, key.certificate, list(key.chain), DIGEST, None
    )
    return pdf + update


def pdf_date(moment: datetime) -> str:
    """Write an aware moment as a PDF date, D:YYYYMMDDHHmmSS+HH'mm' (ISO 32000-1, 7.9.4)."""
    offset = moment.strftime("%z")
    return f"D:{moment:%Y%m%d%H%M%S}{offset[:3]}'{offset[3:5]}'"


def _refuse_unfit(pdf: bytes) -> None:
    if not pdf.startswith(b"%PDF-"):
        raise CannotSign("not a PDF")
    reader = PdfReader(io.BytesIO(pdf))
    if reader.is_encrypted:
        raise CannotSign("the document is encrypted")
    catalog = reader.trailer["/Root"]
    if "/Perms" in catalog or "/AcroForm" in catalog:
        raise CannotSign("the document already is signed or holds a form")
