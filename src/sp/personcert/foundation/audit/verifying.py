"""Checking that the log is what was recorded."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import Any

from .entries import GENESIS, Entry, key_of
from .log import AuditLog, log_of


class ProblemKind(StrEnum):
    """What can be wrong with the log. The last two are about the list by time, which readers look through."""

    MISSING = "missing"
    ALTERED = "altered"
    INSERTED = "inserted"
    DETAILS_ALTERED = "details_altered"
    BATCH_ALTERED = "batch_altered"
    CHAIN_BROKEN = "chain_broken"
    HIDDEN = "hidden"
    LISTED = "listed"


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: in which batch (0: outside all), at which entry ("": the batch itself)."""

    kind: ProblemKind
    batch: int = 0
    key: str = ""


def verify(site: Any) -> list[Problem]:
    """Compare all entries with the chain; empty when nothing was touched.

    Reads everything: for a task or a command, not for a page.
    """
    log = log_of(site)
    return list(problems(log)) if log is not None else []


def problems(log: AuditLog) -> Iterator[Problem]:
    """What is wrong with a log."""
    found = list(chain(_problems_of_chain(log), _problems_of_entries(log)))
    yield from found
    yield from _problems_of_list(log, {problem.key for problem in found})


def _problems_of_entries(log: AuditLog) -> Iterator[Problem]:
    sealed = {key: (digest, batch.number) for batch in log.batches.values() for key, digest in batch.members}
    yield from _problems_of_members(log, sealed)
    waiting = {key for shard in log.unsealed for key in shard}
    yield from (Problem(ProblemKind.MISSING, 0, key) for key in sorted(waiting) if log.get(key) is None)
    for shard in log.entries:
        for key, entry in shard.items():
            if key not in sealed and key not in waiting:
                yield Problem(ProblemKind.INSERTED, 0, key)
            details = log.details_of(entry)
            if details is not None and details.digest != entry.details_digest:
                yield Problem(ProblemKind.DETAILS_ALTERED, sealed.get(key, ("", 0))[1], key)


def _problems_of_chain(log: AuditLog) -> Iterator[Problem]:
    previous, number = GENESIS, 0
    for batch in log.batches.values():
        if batch.previous != previous or batch.number != number + 1:
            yield Problem(ProblemKind.CHAIN_BROKEN, batch.number)
        if not batch.holds:
            yield Problem(ProblemKind.BATCH_ALTERED, batch.number)
        previous, number = batch.hash, batch.number


def _problems_of_members(log: AuditLog, sealed: dict[str, tuple[str, int]]) -> Iterator[Problem]:
    for key, (digest, number) in sealed.items():
        entry = log.get(key)
        if entry is None:
            yield Problem(ProblemKind.MISSING, number, key)
        elif entry.digest != digest or entry.key != key:
            yield Problem(ProblemKind.ALTERED, number, key)


def _problems_of_list(log: AuditLog, known: set[str]) -> Iterator[Problem]:
    """What the list hides or makes up, beyond the entries that are reported anyhow."""
    for shard, tree in enumerate(log.entries):
        headings = log.headings[shard]
        yield from (
            Problem(ProblemKind.HIDDEN, 0, key)
            for key, entry in tree.items()
            if key not in known and not _is_listed(headings, entry)
        )
        listed = (key_of(heading[0], position[1]) for position, heading in headings.items())
        yield from (
            Problem(ProblemKind.LISTED, 0, key) for key in listed if key not in tree and key not in known
        )


def _is_listed(headings: Any, entry: Entry) -> bool:
    try:
        return bool(headings.get(entry.position) == entry.heading)
    except ValueError:  # a moment that is none
        return False
