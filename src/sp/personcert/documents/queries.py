"""Reading the archive. The caller has checked that the case may be seen."""

from collections.abc import Callable, Iterator
from typing import Any

from sp.personcert.cases import queries as cases
from sp.personcert.customers import queries as customers
from sp.personcert.foundation.identity import current_user_id

from .interfaces import IDocument

SORTS: dict[str, Callable[[Any], Any]] = {
    "date": lambda document: document.archived_at,
    "name": lambda document: document.file_name.casefold(),
    "type": lambda document: document.document_type.value.casefold(),
    "note": lambda document: document.note.casefold(),
}


def archive(case: Any, *, sort: str = "date", descending: bool = True, document_type: str = "") -> list[Any]:
    """The documents of the certification (H74–H80): of every case of its type, and the shared ones (H77).

    The customer sees only what is marked as visible (H84).

    :param sort: a key of ``SORTS``; equal rows stand newest first.
    :param document_type: show only this one, "" for all.
    """
    own_eyes = customers.above(case).user_id == current_user_id()
    found = [
        document
        for document in _documents(case)
        if (document.visible_to_customer or not own_eyes)
        and (not document_type or document.document_type == document_type)
    ]
    newest_first = sorted(found, key=SORTS["date"], reverse=True)
    return sorted(newest_first, key=SORTS[sort], reverse=descending)


def shared_documents(customer: Any) -> list[Any]:
    """The documents that every certificate of the customer shares, newest first."""
    found = [child for child in customer.objectValues() if IDocument.providedBy(child)]
    return sorted(found, key=SORTS["date"], reverse=True)


def by_id(case: Any, document_id: str) -> Any | None:
    """A document of the case or a shared one of its customer."""
    for container in (case, case.__parent__):
        child = container._getOb(document_id, None)
        if child is not None and IDocument.providedBy(child):
            return child
    return None


def _documents(case: Any) -> Iterator[Any]:
    yield from shared_documents(case.__parent__)
    for one in cases.of_same_type(case):
        yield from (child for child in one.objectValues() if IDocument.providedBy(child))
