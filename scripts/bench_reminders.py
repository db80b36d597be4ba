"""What selecting due reminders costs, asked in this process: ``bench_reminders.py CONF``. For ``bench.py``.

200 due of 100,000 subjects, from the reminders' own tree and as a Plone add-on would do it: a catalog with
a date index, and each object that it finds. The same data, by turns in rounds, *warm* and *cold* (nothing of
the database in the connection's cache). The catalog is the class under portal_catalog with one index and no
filter for what the person may see, which costs less than Plone's. Prints one line of JSON with CPU
milliseconds for each round.
"""

import json
import random
import sys
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from instance import SITE_ID
from OFS.SimpleItem import SimpleItem

ROUNDS = 15
WARM_TIMES = 20
DUE, FEW, MANY = 200, 1_000, 100_000
AT_ONCE = 5_000
DAY = date(2027, 1, 1)
FOLDER = "bench-reminders"


class Subject(SimpleItem):
    """What an add-on would catalog: a small object with a date."""

    def __init__(self, number: int, due: date) -> None:
        self.id = f"s{number:06}"
        self.due = datetime(due.year, due.month, due.day)


def due_days(count: int) -> list[date]:
    """A day for each subject, 200 of them due, in no order; the others within fifteen years after."""
    chance = random.Random(count)
    days = [DAY - timedelta(days=chance.randrange(10)) for _ in range(DUE)]
    days += [DAY + timedelta(days=chance.randrange(1, 5000)) for _ in range(count - DUE)]
    chance.shuffle(days)
    return days


def fill_plan(kind: str, count: int) -> None:
    """Plan a point of so many subjects, in the reminders' own storage."""
    import transaction

    from sp.personcert.reminders import storage
    from sp.personcert.reminders.domain import Point

    chance = random.Random(count)
    for number, day in enumerate(due_days(count), start=1):
        key = f"{chance.getrandbits(128):032x}/{chance.getrandbits(128):032x}"
        storage.refile(kind, key, (Point(day.isoformat(), "m6", day),))
        if number % AT_ONCE == 0:
            transaction.savepoint(optimistic=True)
    transaction.commit()


def fill_catalog(app: Any) -> None:
    """As many objects in a folder of Zope's, in a catalog with a date index."""
    import transaction
    from Products.BTreeFolder2.BTreeFolder2 import BTreeFolder2
    from Products.PluginIndexes.DateIndex.DateIndex import DateIndex
    from Products.ZCatalog.ZCatalog import ZCatalog

    app._setObject(FOLDER, BTreeFolder2(FOLDER))
    folder = app[FOLDER]
    app._setObject("bench_catalog", ZCatalog("bench_catalog"))
    catalog = app["bench_catalog"]
    catalog.addIndex("due", DateIndex("due"))
    for number, day in enumerate(due_days(MANY), start=1):
        subject = Subject(number, day)
        folder._setOb(subject.id, subject)
        catalog.catalog_object(folder._getOb(subject.id))
        if number % AT_ONCE == 0:
            transaction.savepoint(optimistic=True)
            app._p_jar.cacheGC()
    transaction.commit()


def from_plan(kind: str) -> Callable[[Any], int]:
    """Select as the night job does."""

    def select(app: Any) -> int:
        from sp.personcert.reminders import storage

        return sum(1 for _ in storage.due(kind, DAY))

    return select


def from_catalog(app: Any) -> int:
    """Select by the index, and wake the objects."""
    end = datetime(DAY.year, DAY.month, DAY.day)
    found = app["bench_catalog"].searchResults(due={"query": end, "range": "max"})
    return sum(1 for brain in found if brain.getObject().due <= end)


def measured(app: Any, select: Callable[[Any], int], *, cold: bool) -> float:
    """CPU milliseconds of one selection.

    :raises SystemExit: when it finds anything but the 200.
    """
    times = 1 if cold else WARM_TIMES
    if cold:
        app._p_jar.cacheMinimize()
        prepare(app)
    begin = time.process_time()
    found = {select(app) for _ in range(times)}
    spent = (time.process_time() - begin) * 1000 / times
    if found != {DUE}:
        raise SystemExit(f"{found} were due, not {DUE}.")
    return spent


def prepare(app: Any) -> None:
    """What both ways find in the cache at any time: the site and the folder above, not what lies below."""
    app[SITE_ID].getId()
    app[FOLDER].getId()


def main(conf: str) -> None:
    """Fill, measure, and print."""
    from Zope2.Startup.run import configure_wsgi

    configure_wsgi(conf)
    import Zope2
    from AccessControl.SecurityManagement import newSecurityManager
    from AccessControl.users import system
    from zope.component.hooks import setSite

    app = Zope2.app()
    setSite(app[SITE_ID])
    newSecurityManager(None, system)
    fill_plan("bench-few", FEW)
    fill_plan("bench-many", MANY)
    fill_catalog(app)
    ways = {"few": from_plan("bench-few"), "many": from_plan("bench-many"), "catalog": from_catalog}
    found: dict[str, list[float]] = {f"{name} {how}": [] for name in ways for how in ("cold", "warm")}
    for _ in range(ROUNDS):
        for name, select in ways.items():
            found[f"{name} cold"].append(measured(app, select, cold=True))
            found[f"{name} warm"].append(measured(app, select, cold=False))
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1])
