"""The plan and the ledger, in annotations of the site, kept in the transaction that plans or sends.

``due`` holds, for each kind, a set of (due day, key, period, lead): what is due is one range of it, whatever
else there is. ``filed`` says which entries of it a subject has, and ``ledger`` what became of each point
that was handled. Values are tuples of texts, since BTrees merge parallel inserts by comparing values.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from BTrees.OOBTree import OOBTree, OOTreeSet
from plone import api
from zope.annotation.interfaces import IAnnotations

from .domain import SEPARATOR, Outcome, Point

KEY = "sp.personcert.reminders"
_AFTER = chr(ord(SEPARATOR) + 1)

Entry = tuple[str, str, str, str]
"""Due day in ISO 8601, key of the subject, period and lead."""


def due(kind: str, day: date, after: Entry | None = None) -> Iterator[Entry]:
    """What is due on a day or was before, the oldest first.

    :param after: an entry to go on from.
    """
    entries = _table("due").get(kind, ())
    end = ((day + timedelta(days=1)).isoformat(),)
    return iter(entries.keys(after, end, after is not None, True) if entries else ())


def settled(kind: str, key: str) -> dict[tuple[str, str], tuple[date, Outcome]]:
    """Period and lead → day and outcome, of every point of a subject that was handled."""
    start = f"{kind}{SEPARATOR}{key}"
    found = _table("ledger").items(f"{start}{SEPARATOR}", f"{start}{_AFTER}")
    return {
        tuple(name.split(SEPARATOR)[2:]): (date.fromisoformat(day), Outcome(outcome))
        for name, (day, outcome) in found
    }


def is_settled(kind: str, key: str, period: str, lead: str) -> bool:
    """Whether a point was handled."""
    return SEPARATOR.join((kind, key, period, lead)) in _table("ledger")


def settle(kind: str, key: str, period: str, lead: str, day: date, outcome: Outcome) -> None:
    """Note what became of a point. Two that do so at the same time conflict, and one is done anew."""
    ledger = _made()["ledger"]
    ledger[SEPARATOR.join((kind, key, period, lead))] = (day.isoformat(), outcome.value)


def refile(kind: str, key: str, points: Iterator[Point] | tuple[Point, ...]) -> None:
    """Let a subject have these points in the plan and no other."""
    wanted = tuple(sorted((point.due.isoformat(), key, point.period, point.lead) for point in points))
    filed: tuple[Entry, ...] = _table("filed").get(kind, {}).get(key, ())
    if wanted == filed:
        return
    tables = _made()
    entries = tables["due"].setdefault(kind, OOTreeSet())
    for entry in set(filed) - set(wanted):
        entries.remove(entry)
    entries.update(set(wanted) - set(filed))
    of_kind = tables["filed"].setdefault(kind, OOBTree())
    if wanted:
        of_kind[key] = wanted
    else:
        del of_kind[key]


def _table(name: str) -> OOBTree:
    """A table for reading: whoever reads a page writes nothing."""
    tables = IAnnotations(api.portal.get()).get(KEY)
    return tables[name] if tables is not None else OOBTree()


def _made() -> OOBTree:
    annotations = IAnnotations(api.portal.get())
    if KEY not in annotations:
        annotations[KEY] = OOBTree({"due": OOBTree(), "filed": OOBTree(), "ledger": OOBTree()})
    return annotations[KEY]
