"""Looking through the whole log, newest first, a bounded piece at a time."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from .entries import Entry, Position, key_of, newest_first
from .log import ALL, AuditLog, Heading, inside, log_of, of_object

LIMIT = 2000
"""How many entries one request looks at. Whoever looks for something rare goes on from there."""

ACCOUNTS = "account."
Row = tuple[Position, Heading]


@dataclass(frozen=True)
class Wanted:
    """What is looked for.

    :param since: the first moment.
    :param before: the moment that ends it.
    :param path: an object from the site on, with all inside it; "" for everything.
    :param action: a code, "" for all.
    :param person: says of a user id whether it is meant; None for everybody. Who acted, who is behind a task,
        and whose account it was about.
    """

    since: datetime | None = None
    before: datetime | None = None
    path: str = ""
    action: str = ""
    person: Callable[[str], bool] | None = None

    def fits(self, heading: Heading) -> bool:
        """Whether the deed and its object are wanted, whoever it was."""
        path, action = heading[0], heading[3]
        if self.action and action != self.action:
            return False
        return not self.path or path == self.path or path.startswith(inside(self.path)[0])


@dataclass(frozen=True)
class Found:
    """Some entries, newest first, and where to go on looking; None: there is no more."""

    entries: tuple[Entry, ...] = ()
    rest: Position | None = None
    looked_at: int = 0


def search(site: Any, wanted: Wanted, after: Position | None = None, size: int = 50) -> Found:
    """Find the newest entries that are wanted.

    :param after: the ``rest`` of an earlier search, to go on there.
    :param size: how many entries to give at most; fewer when ``LIMIT`` entries were looked at.
    """
    log = log_of(site)
    if log is None:
        return Found()
    fitting: list[Row] = []
    looked_at, last = 0, None
    for row in _rows(log, wanted.path, *_range(wanted, after)):
        if len(fitting) == size or looked_at == LIMIT:
            return Found(_entries(log, fitting), last, looked_at)
        looked_at, last = looked_at + 1, row[0]
        if wanted.fits(row[1]) and (wanted.person is None or any(map(wanted.person, _people(log, row)))):
            fitting.append(row)
    return Found(_entries(log, fitting), None, looked_at)


def _range(wanted: Wanted, after: Position | None) -> tuple[Position, Position]:
    """Positions fall as time goes, so what ends the time begins the range."""
    first, last = ALL
    if wanted.before is not None:
        first = (newest_first(wanted.before) + 1, "")
    if after is not None:
        first = max(first, (after[0], f"{after[1]}\x00"))
    if wanted.since is not None:
        last = (newest_first(wanted.since), "~")
    return first, last


def _rows(log: AuditLog, path: str, first: Position, last: Position) -> Iterator[Row]:
    """What is to be looked at, newest first: an object's own entries while they are few."""
    if first > last:
        return iter(())
    everything = path in ("", "/")
    own = [] if everything else list(islice(_of_path(log, path), LIMIT + 1))
    if everything or len(own) > LIMIT:
        return log.newest(first, last)
    return iter(sorted(row for row in own if first <= row[0] <= last))


def _of_path(log: AuditLog, path: str) -> Iterator[Row]:
    for span in (of_object(path), inside(path)):
        yield from ((entry.position, entry.heading) for entry in log.between(*span))


def _people(log: AuditLog, row: Row) -> set[str]:
    """Whoever logs in is nobody yet: the account stands in the details."""
    position, (path, user_id, actor, action) = row
    people = {user_id, actor}
    if action.startswith(ACCOUNTS):
        details = log.details_at(key_of(path, position[1]))
        people |= {value for name, value in details.values if name == "account"} if details else set()
    return people - {""}


def _entries(log: AuditLog, rows: list[Row]) -> tuple[Entry, ...]:
    """What is shown is the entry that was sealed, not the list by time."""
    found = (log.get(key_of(heading[0], position[1])) for position, heading in rows)
    return tuple(entry for entry in found if entry is not None)
