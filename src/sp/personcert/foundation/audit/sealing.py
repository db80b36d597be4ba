"""Sealing what is new into the chain, by a task on the site."""

import logging
from collections.abc import Iterator
from itertools import islice
from typing import Any

import transaction
from zope.interface import implementer

from ..clock import machine_seconds, now
from ..taskqueue.interfaces import IPeriodicTask
from .entries import Batch, Entry
from .log import AuditLog, log_of

logger = logging.getLogger(__name__)

BATCH_LIMIT = 5000
INTERVAL_SECONDS = 600


def seal(site: Any) -> Batch | None:
    """Chain the entries that are not sealed yet.

    :returns: the batch; None when nothing was new.
    """
    log = log_of(site)
    if log is None or not log.waits():
        return None
    entries = list(islice(_unsealed(log), BATCH_LIMIT))
    if not entries:
        return None
    log.mark_sealed(entries)
    number = log.batches.maxKey() + 1 if log.batches else 1
    batch = Batch.of(number, now(), log.last_hash(), entries)
    log.append(batch)
    transaction.get().addAfterCommitHook(_tell, args=("/".join(site.getPhysicalPath()), batch))
    return batch


def _tell(committed: bool, site_path: str, batch: Batch) -> None:
    """Only what is in the database: the command that checks it compares the two."""
    if committed:
        members = len(batch.members)
        logger.info("Audit batch %d of %s with %d entries: %s", batch.number, site_path, members, batch.hash)


def _unsealed(log: AuditLog) -> Iterator[Entry]:
    """A key whose entry is gone is passed over and stays: ``verify`` reports it as missing."""
    found = (log.get(key) for shard in log.unsealed for key in shard)
    return (entry for entry in found if entry is not None)


@implementer(IPeriodicTask)
class SealPeriodically:
    """At most every ten minutes, when something is to be sealed."""

    view_name = "seal-audit"

    def key_if_due(self, site: Any) -> str | None:
        """One key for each ten minutes."""
        log = log_of(site)
        if log is None or not log.waits():
            return None
        return f"seal-audit:{int(machine_seconds() // INTERVAL_SECONDS)}"
