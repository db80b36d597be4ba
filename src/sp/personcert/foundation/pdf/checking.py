"""Checks strictly if a PDF is one that we signed and nobody changed since.

Built on pyHanko, never on endesive's verifier: that one accepts content replaced after signing, SHA-1 and
any web server's certificate. A valid signature is not enough for our question. These rules come on top, and
every exception in any of them is a refusal:

1. a PDF of a reasonable size, read strictly, not encrypted;
2. exactly one signature, by a certificate on our own list (pinned): the signer is *ours*, not only *known
   to somebody*;
3. that certificate leads to our own root and may sign documents (RFC 5280 nonRepudiation); no other root is
   ever trusted;
4. the cryptography holds, with algorithms that are not weak; a time stamp, if there is one, holds too
   (without one: PAdES B-B);
5. it is a certification signature that forbids every change (ISO 32000-1, 12.8.2.2: DocMDP with P = 1);
6. it covers the whole file, with nothing hidden in the room of the signature. Only data for long-term
   validation (PAdES B-LT and B-LTA, ETSI EN 319 142-1) may follow, and then title, author and other
   properties must be as signed: readers show those from the newest revision, and the rules for DocMDP let
   them pass. Bytes after the end that are no such revision, a comment say, are a change.

Whether the certificate that the document stands for is still valid is another question, and the register
answers it.
"""

import io
from dataclasses import replace

from asn1crypto import cms as asn1_cms
from asn1crypto import x509 as asn1_x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESIndeterminate
from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel, SignatureStatus
from pyhanko_certvalidator import ValidationContext

from sp.personcert.foundation.pdf.keys import Trust
from sp.personcert.foundation.pdf.verdicts import Reason, Verdict

__all__ = ["LARGEST", "Reason", "Verdict", "check"]

#: Bytes; a certificate of ours is well under 200 kB.
LARGEST = 5_000_000

DOCUMENT_SIGNER = KeyUsageConstraints(key_usage={"non_repudiation"})
#: If the signer's certificate names purposes at all, one must be documents or e-mail (RFC 5280, RFC 9336,
#: Microsoft's). A rule of our own, because pyHanko's for a whole signature cannot say "if".
DOCUMENT_PURPOSES = frozenset({"email_protection", "1.3.6.1.5.5.7.3.36", "microsoft_document_signing"})

#: What /Info may change without anybody seeing another document.
HARMLESS_PROPERTIES = frozenset({"/ModDate", "/Producer"})


class _Refusal(Exception):
    """Carries the verdict out of the rule that refused."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict.reason)
        self.verdict = verdict


def check(pdf: bytes, trust: Trust) -> Verdict:
    """Judge a document. Never raises: what cannot be judged is not accepted."""
    try:
        return _judge(pdf, trust)
    except _Refusal as refusal:
        return refusal.verdict
    except Exception:
        # pyHanko raises all kinds of exceptions on hostile files, assertions included.
        return Verdict(Reason.ERROR)


def _judge(pdf: bytes, trust: Trust) -> Verdict:
    reader = _read(pdf)
    signatures = _signatures(reader)
    # The oldest is ours if any is: a document of ours is closed before anybody else can sign it.
    signature = signatures[0]
    status = _examine(signature, trust)
    if not status.valid:
        raise _Refusal(Verdict(Reason.SIGNATURE_INVALID))
    found = Verdict(Reason.ACCEPTED, True, True, signature.self_reported_timestamp)
    if not status.intact or not _fills_its_room(pdf, signature):
        raise _Refusal(replace(found, reason=Reason.ALTERED, unchanged=False))
    if len(signatures) > 1:
        raise _Refusal(replace(found, reason=Reason.SEVERAL_SIGNATURES, unchanged=False))
    whole = status.coverage is SignatureCoverageLevel.ENTIRE_FILE
    known = replace(found, unchanged=True if whole else None)
    _require_trusted_signer(status, known)
    _require_certification(reader, signature, known)
    if not whole:
        _require_only_validation_data(signature, found)
        _require_same_properties(pdf, reader, signature, found)
    _require_true_timestamps(reader, status, trust, found)
    return found


def _read(pdf: bytes) -> PdfFileReader:
    if not pdf.startswith(b"%PDF-"):
        raise _Refusal(Verdict(Reason.NOT_A_PDF))
    if len(pdf) > LARGEST:
        raise _Refusal(Verdict(Reason.TOO_BIG))
    try:
        reader = PdfFileReader(io.BytesIO(pdf), strict=True)
        encrypted = reader.encrypted
    except Exception as error:
        raise _Refusal(Verdict(Reason.UNREADABLE)) from error
    if encrypted:
        raise _Refusal(Verdict(Reason.ENCRYPTED))
    return reader


def _signatures(reader: PdfFileReader) -> list[EmbeddedPdfSignature]:
    """Return the signatures that are not time stamps, oldest first; at least one."""
    try:
        signatures = list(reader.embedded_regular_signatures)
    except Exception as error:
        raise _Refusal(Verdict(Reason.UNREADABLE)) from error
    if not signatures:
        raise _Refusal(Verdict(Reason.NO_SIGNATURE))
    return signatures


def _examine(signature: EmbeddedPdfSignature, trust: Trust) -> PdfSignatureStatus:
    """Find out what pyHanko says of the signature itself, if its signer is one of ours."""
    try:
        pinned = signature.signer_cert.sha256.hex() in trust.pinned
    except Exception as error:
        raise _Refusal(Verdict(Reason.SIGNATURE_INVALID)) from error
    if not pinned:
        raise _Refusal(Verdict(Reason.NOT_OURS))
    context, timestamp_context = _context(trust), _context(trust)
    try:
        return validate_pdf_signature(
            signature,
            context,
            ts_validation_context=timestamp_context,
            key_usage_settings=DOCUMENT_SIGNER,
            skip_diff=True,
        )
    except Exception as error:
        raise _Refusal(Verdict(Reason.SIGNATURE_INVALID)) from error


def _context(trust: Trust) -> ValidationContext:
    """Trust our roots alone. Nothing is fetched: a stranger's file must not make us open connections.

    Revocation is hard-fail where a certificate says how it is revoked; our own signers are revoked by
    taking them off the list.
    """
    roots = [asn1_x509.Certificate.load(root) for root in trust.roots]
    # Empty lists, not None: pyHanko takes None as a forgotten setting.
    return ValidationContext(
        trust_roots=roots, allow_fetching=False, crls=[], ocsps=[], revocation_mode="hard-fail"
    )


def _fills_its_room(pdf: bytes, signature: EmbeddedPdfSignature) -> bool:
    """Say if the bytes outside the digest hold the verified signature, padded with zeros, and no more."""
    start, first_length, second_start, _ = signature.byte_range
    contents = signature.pkcs7_content
    gap = pdf[first_length:second_start]
    used = len(asn1_cms.ContentInfo.load(contents).dump())
    return start == 0 and gap.lower() == b"<%s>" % contents.hex().encode() and not any(contents[used:])


def _require_trusted_signer(status: PdfSignatureStatus, known: Verdict) -> None:
    reason = _distrust(status)
    if reason is Reason.EXPIRED:
        raise _Refusal(replace(known, reason=reason))
    if reason is not None:
        # A signature that we cannot trust proves nothing of the content either.
        raise _Refusal(Verdict(reason))


def _distrust(status: SignatureStatus) -> Reason | None:
    purposes = status.signing_cert.extended_key_usage_value
    if purposes is not None and DOCUMENT_PURPOSES.isdisjoint(purposes.native):
        return Reason.NOT_TRUSTED
    if status.revoked:
        return Reason.REVOKED
    if status.trust_problem_indic in (AdESIndeterminate.OUT_OF_BOUNDS_NO_POE, AdESIndeterminate.EXPIRED):
        return Reason.EXPIRED
    return None if status.trusted else Reason.NOT_TRUSTED


def _require_certification(reader: PdfFileReader, signature: EmbeddedPdfSignature, known: Verdict) -> None:
    """Require that both ends agree.

    The signature says DocMDP with P = 1, and the catalog names this signature as the one that certifies.
    """
    try:
        closes = signature.docmdp_level is MDPPerm.NO_CHANGES and "/Reference" in signature.sig_object
        certifies = reader.root["/Perms"]["/DocMDP"] == signature.sig_object
    except Exception as error:
        raise _Refusal(replace(known, reason=Reason.NOT_CERTIFIED)) from error
    if not (closes and certifies):
        raise _Refusal(replace(known, reason=Reason.NOT_CERTIFIED))


def _require_only_validation_data(signature: EmbeddedPdfSignature, found: Verdict) -> None:
    """Let nothing follow the signed part but a revision with data for long-term validation."""
    altered = replace(found, reason=Reason.ALTERED, unchanged=False)
    try:
        signature.compute_integrity_info()
        difference = signature.diff_result
    except Exception as error:
        raise _Refusal(altered) from error
    if signature.coverage is not SignatureCoverageLevel.ENTIRE_REVISION or not isinstance(
        difference, DiffResult
    ):
        raise _Refusal(altered)
    # LTA_UPDATES and not NONE: bytes that change nothing because they are no revision have no business there.
    if difference.modification_level is not ModificationLevel.LTA_UPDATES:
        raise _Refusal(altered)


def _require_same_properties(
    pdf: bytes, reader: PdfFileReader, signature: EmbeddedPdfSignature, found: Verdict
) -> None:
    _, _, second_start, second_length = signature.byte_range
    changed = replace(found, reason=Reason.METADATA_CHANGED, unchanged=False)
    try:
        # pyHanko's historical view shows the newest /Info, so the signed part is read as a file of its own.
        signed = PdfFileReader(io.BytesIO(pdf[: second_start + second_length]), strict=True)
        same = _properties(signed) == _properties(reader)
    except Exception as error:
        raise _Refusal(changed) from error
    if not same:
        raise _Refusal(changed)


def _properties(reader: PdfFileReader) -> tuple[dict[str, str], bytes | None, str | None]:
    """Return what a reader shows about the document beside its pages: /Info, XMP metadata and language."""
    shown: dict[str, str] = {}
    if "/Info" in reader.trailer:
        info = reader.trailer["/Info"]
        shown = {str(key): str(value) for key, value in info.items() if key not in HARMLESS_PROPERTIES}
    xmp = reader.root["/Metadata"].data if "/Metadata" in reader.root else None
    language = str(reader.root["/Lang"]) if "/Lang" in reader.root else None
    return shown, xmp, language


def _require_true_timestamps(
    reader: PdfFileReader, status: PdfSignatureStatus, trust: Trust, found: Verdict
) -> None:
    """Time stamps are not required; a false one is worse than none."""
    false = replace(found, reason=Reason.TIMESTAMP_INVALID)
    try:
        stamps = [
            validate_pdf_timestamp(stamp, _context(trust)) for stamp in reader.embedded_timestamp_signatures
        ]
    except Exception as error:
        raise _Refusal(false) from error
    if status.timestamp_validity is not None:
        stamps.append(status.timestamp_validity)
    if not all(stamp.intact and stamp.valid and stamp.trusted for stamp in stamps):
        raise _Refusal(false)
