"""Ways to forge a signed certificate. Each takes the signed bytes and returns what a forger would send."""

import asyncio
import hashlib
import io
import re
from collections.abc import Callable

from asn1crypto import cms
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.signers import PdfTimeStamper
from pyhanko.sign.timestamps import TimeStamper
from pypdf import PdfReader, PdfWriter

FALSE_PAGE = b"BT /F1 28 Tf 100 700 Td (CERTIFIKAT) Tj 0 -60 Td (Erik Exempel) Tj ET"
WHITE_BOX = b"1 1 1 rg 0 0 300 40 re f"


def byte_range(signed: bytes) -> tuple[int, int, int, int]:
    """Return the four numbers of the (first) signature's /ByteRange."""
    found = re.search(rb"/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)", signed)
    first, length, second, rest = (int(number) for number in found.groups())
    return first, length, second, rest


def flip(signed: bytes, position: int) -> bytes:
    """Change one bit."""
    changed = bytearray(signed)
    changed[position] ^= 1
    return bytes(changed)


def flip_in_page(signed: bytes) -> bytes:
    """Change one bit of the first stream."""
    return flip(signed, signed.index(b"stream\n", signed.index(b"/FlateDecode")) + 40)


def flip_in_title(signed: bytes) -> bytes:
    """Change one letter of the title."""
    return flip(signed, signed.index(b"/Title (") + 10)


def append_comment(signed: bytes) -> bytes:
    """Add bytes after the end that are no revision."""
    return signed + b"\n% added later\n"


def truncate(signed: bytes) -> bytes:
    """Lose the end, as in a broken transfer."""
    return signed[:-200]


def remove_signature(signed: bytes) -> bytes:
    """Go back to the revision before the signature."""
    return signed[: signed.index(b"%%EOF") + 6]


def encrypt(signed: bytes) -> bytes:
    """Write the document anew with a password."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(signed)))
    writer.encrypt("secret", algorithm="RC4-128")
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def rewrite(signed: bytes) -> bytes:
    """Save the document anew, as an editor does: the signature field stays, its bytes have moved."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(signed)))
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def update(signed: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    """Append a revision."""
    writer = IncrementalPdfFileWriter(io.BytesIO(signed), strict=False)
    change(writer)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def replace_page(signed: bytes) -> bytes:
    """Put another page over the signed one, in a new revision."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        page = writer.root["/Pages"]["/Kids"][0]
        page[pdf_name("/Contents")] = writer.add_object(generic.StreamObject(stream_data=FALSE_PAGE))
        writer.update_container(page)

    return update(signed, change)


def stamp(signed: bytes) -> bytes:
    """Put a white stamp over the name, in a new revision."""

    def numbers(*values: int) -> generic.ArrayObject:
        return generic.ArrayObject(generic.NumberObject(value) for value in values)

    def change(writer: IncrementalPdfFileWriter) -> None:
        form = {"/Type": pdf_name("/XObject"), "/Subtype": pdf_name("/Form"), "/BBox": numbers(0, 0, 300, 40)}
        appearance = generic.StreamObject(
            {pdf_name(key): value for key, value in form.items()}, stream_data=WHITE_BOX
        )
        annotation = {
            "/Type": pdf_name("/Annot"),
            "/Subtype": pdf_name("/Stamp"),
            "/Rect": numbers(150, 600, 450, 640),
            "/F": generic.NumberObject(4),
            "/AP": generic.DictionaryObject({pdf_name("/N"): writer.add_object(appearance)}),
        }
        entry = generic.DictionaryObject({pdf_name(key): value for key, value in annotation.items()})
        page = writer.root["/Pages"]["/Kids"][0]
        page[pdf_name("/Annots")] = generic.ArrayObject([*page.get("/Annots", ()), writer.add_object(entry)])
        writer.update_container(page)

    return update(signed, change)


def change_title(signed: bytes) -> bytes:
    """Give the document another title, in a new revision; the pages stay."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        info = writer.trailer.raw_get("/Info").get_object()
        info[pdf_name("/Title")] = generic.TextStringObject("Certifikat för Erik Exempel")
        writer.update_container(info)

    return update(signed, change)


def add_validation_data(signed: bytes) -> bytes:
    """Append an (empty) document security store, as PAdES B-LT does: no forgery, nothing visible changes."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        store = generic.DictionaryObject({pdf_name("/Certs"): generic.ArrayObject()})
        writer.root[pdf_name("/DSS")] = writer.add_object(store)
        writer.update_root()

    return update(signed, change)


def read_cms(signed: bytes) -> cms.ContentInfo:
    """Return the signature's CMS structure."""
    _, length, second, _ = byte_range(signed)
    return cms.ContentInfo.load(bytes.fromhex(signed[length + 1 : second - 1].decode("ascii")))


def write_cms(signed: bytes, content: cms.ContentInfo) -> bytes:
    """Put another CMS structure into the signature's room, which no digest covers."""
    _, length, second, _ = byte_range(signed)
    room = second - length - 2
    written = content.dump(force=True).hex().encode("ascii").ljust(room, b"0")
    assert len(written) == room
    return signed[: length + 1] + written + signed[second - 1 :]


def spoil_signature_value(signed: bytes) -> bytes:
    """Keep our certificate, but put a value there that our key never made."""
    content = read_cms(signed)
    signer = content["content"]["signer_infos"][0]
    signer["signature"] = bytes(len(signer["signature"].native))
    return write_cms(signed, content)


def swap_certificate(signed: bytes, other: bytes) -> bytes:
    """Name somebody else as the signer: same key, serial number and issuer, other subject."""
    content = read_cms(signed)
    content["content"]["certificates"] = cms.CertificateSet(
        [cms.CertificateChoices("certificate", cms.Certificate.load(other))]
    )
    return write_cms(signed, content)


def stamp_time(signed: bytes, authority: TimeStamper) -> bytes:
    """Append a time stamp over the whole document, as PAdES B-LTA does."""
    writer = IncrementalPdfFileWriter(io.BytesIO(signed))
    return PdfTimeStamper(authority).timestamp_pdf(writer, "sha256").getvalue()


def add_signature_time(signed: bytes, authority: TimeStamper) -> bytes:
    """Put a time stamp beside the signature value, where no signature covers it, as PAdES B-T does."""
    content = read_cms(signed)
    signer = content["content"]["signer_infos"][0]
    digest = hashlib.sha256(signer["signature"].native).digest()
    token = asyncio.run(authority.async_timestamp(digest, "sha256"))
    signer["unsigned_attrs"] = cms.CMSAttributes(
        [cms.CMSAttribute({"type": "signature_time_stamp_token", "values": [token]})]
    )
    return write_cms(signed, content)


def hide_in_padding(signed: bytes) -> bytes:
    """Write into the unused end of the signature's room."""
    _, _, second, _ = byte_range(signed)
    return signed[: second - 9] + b"deadbeef" + signed[second - 1 :]
