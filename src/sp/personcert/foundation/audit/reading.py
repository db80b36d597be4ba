"""Reading the log of an object."""

from typing import Any

from zope.component.hooks import getSite

from .entries import Entry
from .log import inside, log_of, of_object, path_in


def entries_for(content: Any, below: bool = True) -> list[Entry]:
    """What was done to some content, newest first.

    :param below: with what was done to everything inside it.
    """
    site = getSite()
    log = log_of(site)
    if log is None:
        return []
    path = path_in(site, content)
    found = {entry.key: entry for entry in log.between(*of_object(path))}
    if below:
        found.update({entry.key: entry for entry in log.between(*inside(path))})
    return sorted(found.values(), key=lambda entry: (entry.moment, entry.name), reverse=True)


def details_of(entry: Entry) -> dict[str, str]:
    """The particulars of an entry; empty when there were none or they are erased."""
    log = log_of(getSite())
    details = log.details_of(entry) if log is not None else None
    return dict(details.values) if details else {}
