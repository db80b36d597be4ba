"""Searching the register and checking certificates. Open to everybody; no personal folder is read."""

from collections.abc import Iterable
from itertools import islice
from threading import BoundedSemaphore

from sp.personcert import _
from sp.personcert.certificates.domain import Status, status_on
from sp.personcert.foundation.clock import today
from sp.personcert.foundation.errors import Refused
from sp.personcert.foundation.pdf.child import check_in_child
from sp.personcert.foundation.pdf.keyring import trust
from sp.personcert.foundation.pdf.keys import KeyProblem
from sp.personcert.foundation.pdf.verdicts import Reason, Verdict

from . import storage
from .domain import File, Finding, PublicEntry, digests, folded, normalized_number

AT_ONCE = 2  # half of the server's threads
BUSY = _(
    "refused_verify_busy",
    default="Många kontrollerar certifikat just nu. Försök igen om en stund, eller kontrollera numret.",
)
_at_once = BoundedSemaphore(AT_ONCE)

FILE_OF = {
    Reason.ACCEPTED: File.SIGNED,
    Reason.EXPIRED: File.SIGNED,
    Reason.NOT_CERTIFIED: File.SIGNED,
    Reason.TIMESTAMP_INVALID: File.SIGNED,
    Reason.ALTERED: File.ALTERED,
    Reason.METADATA_CHANGED: File.ALTERED,
    Reason.NOT_A_PDF: File.NOT_PDF,
    Reason.NO_SIGNATURE: File.UNSIGNED,
    Reason.NOT_OURS: File.STRANGER,
    Reason.TOO_BIG: File.UNKNOWN,
    Reason.UNREADABLE: File.UNKNOWN,
    Reason.ENCRYPTED: File.UNKNOWN,
    Reason.ERROR: File.UNKNOWN,
}


def search(name: str = "", type_id: str = "", start: int = 0, size: int = 50) -> list[PublicEntry]:
    """A page of the published certificates that are valid today, by name."""
    words = folded(name)
    found: Iterable[PublicEntry] = storage.with_word(words[0]) if words else storage.in_order()
    return list(islice((entry for entry in found if _matches(entry, words, type_id)), start, start + size))


def status(entry: PublicEntry) -> Status:
    """What holds today."""
    return status_on(today(), entry.state, entry.valid_from, entry.valid_to)


def check_number(number: str) -> Finding:
    """What the register says of a number. Unknown and not published are one answer."""
    entry = storage.by_number(normalized_number(number))
    if entry is None or not entry.published:
        return Finding(None, None, None)
    return Finding(None, entry, status(entry))


def check_file(data: bytes) -> Finding:
    """Whether a file is genuine, and what the register says of its certificate.

    A released file is known by its digest. Whatever else is sent is parsed in a child process; only
    codes come back from there, never anything of the file.

    :raises Refused: while too many others are being checked.
    """
    for position, digest in enumerate(digests(data)):
        entry = storage.by_digest(digest)
        if entry is not None:
            file = File.GENUINE if position == 0 else File.ALTERED
            return Finding(file, entry if entry.published else None, status(entry))
    return Finding(FILE_OF.get(_judged(data).reason, File.BROKEN), None, None)


def _judged(data: bytes) -> Verdict:
    """Few at once: whoever sends files that take long shall not keep the whole site waiting."""
    if not _at_once.acquire(blocking=False):
        raise Refused(BUSY, "file")
    try:
        return check_in_child(data, trust())
    except KeyProblem:
        return Verdict(Reason.ERROR)
    finally:
        _at_once.release()


def _matches(entry: PublicEntry, words: list[str], type_id: str) -> bool:
    of_name = folded(entry.name)
    return (
        (not type_id or entry.type_id == type_id)
        and all(any(part.startswith(word) for part in of_name) for word in words)
        and status(entry) is Status.VALID
    )
