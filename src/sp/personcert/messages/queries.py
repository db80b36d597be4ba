"""Reading messages. The caller has checked that the case may be seen."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sp.personcert.cases import queries as cases
from sp.personcert.foundation.identity import current_user_id

from . import storage
from .domain import Draft, Entry
from .interfaces import IMessage


@dataclass(frozen=True)
class Thread:
    """One row of the list (H56): entries newest first."""

    message: Any
    entries: tuple[Entry, ...]

    @property
    def sent_at(self) -> datetime:
        """When something was last sent in the thread; the list is sorted by it."""
        return self.entries[0].sent_at


def threads(case: Any, newest_first: bool = True) -> list[Thread]:
    """The threads of every case of the type, sorted by the latest entry (H57)."""
    found = [
        Thread(child, tuple(child.sorted_entries()))
        for one in cases.of_same_type(case)
        for child in one.objectValues()
        if IMessage.providedBy(child)
    ]
    return sorted(found, key=lambda thread: (thread.sent_at, thread.message.getId()), reverse=newest_first)


def draft(content: Any) -> Draft | None:
    """The draft of the person in charge: of an answer (content is a thread) or a new message (a case)."""
    kept = storage.drafts(content)
    return kept.get(current_user_id()) if kept is not None else None
