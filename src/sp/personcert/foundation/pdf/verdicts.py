"""What a check can answer.

Kept apart from the checking itself, which needs a PDF library, so that a page can speak of verdicts cheaply.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Reason(StrEnum):
    """Why a document was accepted or not. The words for people are made elsewhere."""

    ACCEPTED = "accepted"
    #: Does not begin as a PDF.
    NOT_A_PDF = "not_a_pdf"
    #: Larger than any document of ours; not looked into.
    TOO_BIG = "too_big"
    #: Begins as a PDF but breaks its rules, or was cut off.
    UNREADABLE = "unreadable"
    #: Encrypted; ours never are.
    ENCRYPTED = "encrypted"
    #: A readable PDF without a signature.
    NO_SIGNATURE = "no_signature"
    #: Signed more than once; ours are signed once and then closed.
    SEVERAL_SIGNATURES = "several_signatures"
    #: Signed with a certificate that is not one of our signers'.
    NOT_OURS = "not_ours"
    #: Our signature, but the content is no longer what we signed, or something was added.
    ALTERED = "altered"
    #: Our certificate, but the signature was not made with its key or breaks the format.
    SIGNATURE_INVALID = "signature_invalid"
    #: One of our signers, but it does not lead to our root, may not sign documents, or used a weak algorithm.
    NOT_TRUSTED = "not_trusted"
    #: Our signer's certificate was revoked.
    REVOKED = "revoked"
    #: Our signer's certificate had expired, and no time stamp says that the signature is older.
    EXPIRED = "expired"
    #: A time stamp in the document is false or not by an authority that we trust.
    TIMESTAMP_INVALID = "timestamp_invalid"
    #: Our signature, but not the certification signature that our certificates carry.
    NOT_CERTIFIED = "not_certified"
    #: Our signature, and the pages are the same, but title, author or other properties were changed after
    #: signing.
    METADATA_CHANGED = "metadata_changed"
    #: The check itself failed, was too slow or took too much memory. Says nothing of the document, which is
    #: not accepted.
    ERROR = "error"


@dataclass(frozen=True)
class Verdict:
    """The answer to two separate questions, with the reason.

    ``unchanged``: is the document what the signer signed? None when that could not be found out.
    ``ours``: was the signed part signed with the key of one of our signers?
    ``signed_at``: the time that the signer stated; only of a signature that is ours.
    """

    reason: Reason
    unchanged: bool | None = None
    ours: bool = False
    signed_at: datetime | None = None

    @property
    def accepted(self) -> bool:
        """Say if the document passed every rule."""
        return self.reason is Reason.ACCEPTED
