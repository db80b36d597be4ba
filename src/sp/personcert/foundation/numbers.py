"""Number series that never give a number twice and never make two people wait for each other.

A number is taken in a transaction of its own. When the caller's transaction is then given up, the
number is lost: a series may have gaps (certificate numbers of the body always had).
"""

from contextlib import suppress
from typing import Any

from BTrees.OOBTree import OOBTree
from persistent import Persistent
from transaction import TransactionManager
from ZODB.POSException import ConflictError
from zope.component.hooks import getSite

from .settings import setting

ROOT_KEY = "sp.personcert.numbers"
TRIES = 20


class Counter(Persistent):
    """The last number that was taken of one series in one site."""

    def __init__(self, last: int) -> None:
        self.last = last


def allocate(series: str) -> int:
    """Take the next number of a series.

    :param series: a key of the setting ``number_series`` (first numbers by series).
    :raises KeyError: for a series that is not set.
    """
    return _move(series, lambda last: last + 1)


def reserve(series: str, number: int) -> None:
    """Make sure that a number which came from elsewhere is not given again."""
    _move(series, lambda last: max(last, number))


def _move(series: str, step: Any) -> int:
    first = int(setting("number_series")[series])
    for _ in range(TRIES - 1):
        with suppress(ConflictError):
            return _moved(series, first, step)
    return _moved(series, first, step)


def _moved(series: str, first: int, step: Any) -> int:
    site = getSite()
    manager = TransactionManager()
    connection = site._p_jar.db().open(manager)
    try:
        with manager:
            counters = connection.root().setdefault(ROOT_KEY, OOBTree())
            key = ("/".join(site.getPhysicalPath()), series)
            counter = counters.setdefault(key, Counter(first - 1))
            counter.last = step(counter.last)
            return counter.last
    finally:
        connection.close()
