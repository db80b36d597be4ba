"""Fixtures of the audit's tests."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from secrets import token_hex
from typing import Any

import pytest
import transaction
from zope.annotation.interfaces import IAnnotations

from sp.personcert.foundation.audit import record, seal
from sp.personcert.foundation.audit.entries import Entry, utc_text
from sp.personcert.foundation.audit.log import KEY, AuditLog, shard_of


@pytest.fixture
def site(portal: Any) -> Any:
    """The site with an empty log."""
    IAnnotations(portal)[KEY] = AuditLog()
    return portal


@pytest.fixture
def log(site: Any) -> AuditLog:
    """The log itself, for somebody who tampers with it."""
    return IAnnotations(site)[KEY]


@pytest.fixture
def sealed(site: Any) -> Any:
    """The site with two batches of three entries, the first ones with details."""
    for batch in range(2):
        for number in range(3):
            record("probe.noted", site, number=str(number), batch=str(batch))
        seal(site)
    transaction.commit()
    return site


def entries(log: AuditLog) -> list[Entry]:
    """All entries, oldest first."""
    found = [entry for tree in log.entries for entry in tree.values()]
    return sorted(found, key=lambda entry: (entry.moment, entry.name))


def fill(log: AuditLog, count: int, **fields: str) -> None:
    """Many entries, a second apart and after those that there are, over 500 customers."""
    for number in range(sum(map(len, log.entries)), sum(map(len, log.entries)) + count):
        moment = utc_text(datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=number))
        name, path = token_hex(16), f"/kunder/{number % 500:032x}"
        values = {"user_id": "u", "actor": "u", "action": "case.take", "path": path} | fields
        log.insert(Entry(name, moment, details_digest="", **values), None)


def put(log: AuditLog, entry: Entry, **changes: str) -> Entry:
    """Store an entry, or a changed copy in its place, behind the log's back; the list by time follows."""
    entry = replace(entry, **changes)
    log.entries[shard_of(entry.key)][entry.key] = entry
    log.headings[shard_of(entry.key)][entry.position] = entry.heading
    return entry
