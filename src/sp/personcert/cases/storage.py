"""Work lists of cases, kept in the transaction that changes the case.

A list is a set of (moment, customer id, case id), so its head is what has waited longest, and a
page of it costs the same whatever the number of cases.
"""

from typing import Any

from BTrees.OOBTree import OOBTree, OOTreeSet
from plone import api
from zope.annotation.interfaces import IAnnotations

KEY = "sp.personcert.cases"

Entry = tuple[str, str, str]


def _tables() -> OOBTree:
    annotations = IAnnotations(api.portal.get())
    if KEY not in annotations:
        annotations[KEY] = OOBTree({"lists": OOBTree(), "filed": OOBTree(), "numbers": OOBTree()})
    return annotations[KEY]


def entries(name: str) -> OOTreeSet:
    """One work list, oldest first."""
    return _tables()["lists"].get(name) or OOTreeSet()


def lists_of(case: Any) -> frozenset[str]:
    """The names of the lists that a case stands in."""
    return frozenset(name for name, _entry in _tables()["filed"].get(case.getId(), ()))


def numbers() -> OOBTree:
    """Case number → ids of customer and case."""
    return _tables()["numbers"]


def enter(case: Any) -> None:
    """Let the case be found by its number."""
    numbers()[case.case_number] = (case.__parent__.getId(), case.getId())


def refile(case: Any, moments: dict[str, str]) -> None:
    """Let the case stand in these lists and in no other.

    :param moments: name of the list → the moment it is sorted by, in ISO 8601.
    """
    tables, ids = _tables(), (case.__parent__.getId(), case.getId())
    wanted = tuple(sorted((name, (moment, *ids)) for name, moment in moments.items()))
    filed: tuple[tuple[str, Entry], ...] = tables["filed"].get(case.getId(), ())
    if wanted == filed:
        return
    for name, entry in set(filed) - set(wanted):
        tables["lists"][name].remove(entry)
    for name, entry in set(wanted) - set(filed):
        tables["lists"].setdefault(name, OOTreeSet()).insert(entry)
    tables["filed"][case.getId()] = wanted  # orderable: BTrees merge parallel inserts by comparing values
