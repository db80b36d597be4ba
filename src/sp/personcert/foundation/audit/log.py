"""Where a site's entries are stored: in an annotation of the site, so they go where the site goes."""

from collections.abc import Iterable, Iterator
from heapq import merge
from typing import Any

from BTrees.IOBTree import IOBTree
from BTrees.OOBTree import OOBTree, OOTreeSet
from persistent import Persistent
from zope.annotation.interfaces import IAnnotations

from .entries import GENESIS, Batch, Details, Entry, Position

KEY = "sp.personcert.audit"
SHARDS = 64
ALL = ((-(2**62), ""), (2**62, ""))
"""The range of positions of all entries."""

Heading = tuple[str, str, str, str]


class AuditLog(Persistent):
    """Entries, a list of them by time, their details, the keys of what is not sealed yet, and the batches.

    Whoever records only inserts, in a tree chosen by chance. Only the sealing task takes keys away
    and writes ``batches``.
    """

    def __init__(self) -> None:
        self.entries = tuple(OOBTree() for _ in range(SHARDS))
        self.headings = tuple(OOBTree() for _ in range(SHARDS))
        self.details = tuple(OOBTree() for _ in range(SHARDS))
        self.unsealed = tuple(OOTreeSet() for _ in range(SHARDS))
        self.batches = IOBTree()

    def insert(self, entry: Entry, details: Details | None) -> None:
        """Store one entry."""
        shard = shard_of(entry.key)
        self.entries[shard][entry.key] = entry
        self.headings[shard][entry.position] = entry.heading
        self.unsealed[shard].add(entry.key)
        if details is not None:
            self.details[shard][entry.key] = details

    def get(self, key: str) -> Entry | None:
        """One entry by its key."""
        return self.entries[shard_of(key)].get(key)

    def details_of(self, entry: Entry) -> Details | None:
        """The particulars; None when there were none or they are erased."""
        return self.details_at(entry.key)

    def details_at(self, key: str) -> Details | None:
        """The same, by the key of the entry."""
        return self.details[shard_of(key)].get(key)

    def between(self, first: str, last: str) -> Iterator[Entry]:
        """The entries in a range of keys, see :func:`of_object` and :func:`inside`."""
        for tree in self.entries:
            yield from tree.values(first, last, excludemax=True)

    def newest(self, first: Position = ALL[0], last: Position = ALL[1]) -> Iterator[tuple[Position, Heading]]:
        """Positions and headings in a range, newest first; loads little more than what is taken."""
        return merge(*(tree.items(first, last) for tree in self.headings))

    def drop_details(self, first: str, last: str) -> int:
        """Forget the particulars in a range of keys; returns of how many entries."""
        dropped = 0
        for tree in self.details:
            for key in list(tree.keys(first, last, excludemax=True)):
                del tree[key]
                dropped += 1
        return dropped

    def mark_sealed(self, entries: Iterable[Entry]) -> None:
        """These wait no longer."""
        for entry in entries:
            self.unsealed[shard_of(entry.key)].remove(entry.key)

    def waits(self) -> bool:
        """Whether anything is to be sealed."""
        return any(bool(shard) for shard in self.unsealed)

    def last_hash(self) -> str:
        """The hash that the next batch is chained to."""
        return self.batches[self.batches.maxKey()].hash if self.batches else GENESIS

    def append(self, batch: Batch) -> None:
        """Chain a batch, whose entries are sealed then."""
        self.batches[batch.number] = batch


def of_object(path: str) -> tuple[str, str]:
    """The range of keys of an object's own entries."""
    return f"{path}\x00", f"{path}\x01"


def inside(path: str) -> tuple[str, str]:
    """The range of keys of what lies inside an object; "0" follows "/"."""
    return (f"{path}/", f"{path}0") if path != "/" else ("/", "0")


def shard_of(key: str) -> int:
    """The tree of an entry: by its random name, so that not even the entries of one object meet."""
    return int(key.rpartition("\x00")[2][:8], 16) % SHARDS


def path_in(site: Any, content: Any) -> str:
    """The path of some content from the site on, "/" for the site itself."""
    steps = content.getPhysicalPath()[len(site.getPhysicalPath()) :]
    return "/" + "/".join(steps)


def log_of(site: Any) -> AuditLog | None:
    """The log of a site, None before the first entry."""
    return IAnnotations(site).get(KEY)


def ensure_log(site: Any) -> AuditLog:
    """The log of a site; installation makes it, so that no two first entries collide."""
    annotations = IAnnotations(site)
    if KEY not in annotations:
        annotations[KEY] = AuditLog()
    return annotations[KEY]
