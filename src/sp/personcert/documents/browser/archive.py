"""The tab Arkiv: every document of the certification (H74–H85)."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from zope.i18nmessageid import Message

from sp.personcert import _
from sp.personcert.cases.tabs import CasePage
from sp.personcert.certification_types.domain import DocumentType

from .. import queries
from ..domain.names import breakable
from ..vocabularies import TYPES

SORTS = {"datum": "date", "namn": "name", "typ": "type", "notering": "note"}
FIRST = "datum"
COLUMNS: dict[str, Message] = {
    "datum": _("column_date", default="Datum"),
    "namn": _("column_document_name", default="Dokumentnamn"),
    "typ": _("column_document_type", default="Dokumenttyp"),
    "notering": _("column_note", default="Notering"),
}


@dataclass(frozen=True)
class Column:
    """A heading with the address that sorts by it (H79)."""

    title: str
    url: str
    sorted: str  # aria-sort


@dataclass(frozen=True)
class ShownDocument:
    """One row. The name comes in pieces between which a line may break."""

    day: str
    name_parts: tuple[str, ...]
    url: str
    type_label: str
    note: str
    is_shared: bool


class Archive(CasePage):
    """The list. Sorting and choice of type live in the address (H79, H81)."""

    tab = "archive"

    @property
    def archive_url(self) -> str:
        """The address without any choice: the tab itself."""
        return f"{self.url}/@@arkiv"

    @cached_property
    def sort(self) -> str:
        """The column that sorts, by its key in the address."""
        wanted = str(self.request.form.get("sort", FIRST))
        return wanted if wanted in SORTS else FIRST

    @cached_property
    def ascending(self) -> bool:
        """The newest date comes first, words from A, unless the address says otherwise."""
        order = str(self.request.form.get("ordning", ""))
        return order == "stigande" if order in {"stigande", "fallande"} else self.sort != FIRST

    @property
    def order(self) -> str:
        """The present order, as in the address."""
        return "stigande" if self.ascending else "fallande"

    @cached_property
    def chosen_type(self) -> str:
        """The document type that is shown, "" for all (H80)."""
        wanted = str(self.request.form.get("typ", ""))
        return wanted if wanted in set(DocumentType) else ""

    def type_choices(self) -> list[tuple[str, str]]:
        """The drop-list: value and word."""
        return [(kind.value, self.text(label)) for kind, label in TYPES.items()]

    def columns(self) -> list[Column]:
        """The four headings; the one that sorts leads to the opposite order."""
        return [self._column(key) for key in SORTS]

    @cached_property
    def documents(self) -> list[Any]:
        """What the person may see of the archive."""
        return queries.archive(
            self.context,
            sort=SORTS[self.sort],
            descending=not self.ascending,
            document_type=self.chosen_type,
        )

    def rows(self) -> list[ShownDocument]:
        """The documents as rows."""
        types = dict(self.type_choices())
        return [_shown(document, types[document.document_type.value]) for document in self.documents]

    @property
    def has_certificate(self) -> bool:
        """Whether the advice about certificates belongs on the page (H3, H4)."""
        return any(one.document_type is DocumentType.CERTIFICATE for one in self.documents)

    def _column(self, key: str) -> Column:
        is_sorted = key == self.sort
        ascending = not self.ascending if is_sorted else key != FIRST
        query = {"sort": key, "ordning": "stigande" if ascending else "fallande"}
        query |= {"typ": self.chosen_type} if self.chosen_type else {}
        now = "ascending" if self.ascending else "descending"
        return Column(
            self.text(COLUMNS[key]), f"{self.archive_url}?{urlencode(query)}", now if is_sorted else "none"
        )


def _shown(document: Any, type_label: str) -> ShownDocument:
    return ShownDocument(
        day=document.archived_at.date().isoformat(),
        name_parts=breakable(document.file_name),
        url=f"{document.absolute_url_path()}/@@hamta",
        type_label=type_label,
        note=document.note,
        is_shared=document.shared,
    )
