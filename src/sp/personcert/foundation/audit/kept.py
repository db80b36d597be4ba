"""Comparing the chain with what the server's log said of it when it was made."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .log import AuditLog

_LINE = re.compile(r"Audit batch (\d{1,12}) of (\S+) with \d+ entries: ([0-9a-f]{64})")


@dataclass(frozen=True)
class KeptHash:
    """The hash of one batch, as a log kept it."""

    number: int
    hash: str


def kept_hashes(lines: Iterable[str], site_path: str) -> Iterator[KeptHash]:
    """What the lines of a log say of the batches of one site."""
    for line in lines:
        found = _LINE.search(line)
        if found and found[2] == site_path:
            yield KeptHash(int(found[1]), found[3])


def differing(log: AuditLog, kept: Iterable[KeptHash]) -> list[KeptHash]:
    """What was kept and is not in the chain: whoever can write the database could make it anew."""
    return [one for one in kept if one.number not in log.batches or log.batches[one.number].hash != one.hash]
