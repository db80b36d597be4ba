"""The rows of the upload tab, with their words and addresses (H114–H118)."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from sp.personcert.documents.domain.names import breakable

from .. import queries
from ..domain import Row, Verdict


@dataclass(frozen=True)
class ShownRow:
    """One row. ``status`` is received, approved, insufficient, told or missing."""

    title: str
    title_parts: tuple[str, ...]  # the last one keeps together with the blue i
    help_text: str
    help_id: str  # of the box that the blue i opens (H107)
    mandatory: bool
    is_open: bool
    status: str
    file_parts: tuple[str, ...]
    told: str
    needed: str
    dialog_url: str
    blank_url: str


def shown_rows(case: Any, rows: tuple[Row, ...], case_url: str) -> list[ShownRow]:
    """The rows of a case for its page."""
    return [_shown(case, row, case_url) for row in rows]


def title_parts(title: str) -> tuple[str, ...]:
    """A title in pieces between which a line may break."""
    return tuple(re.findall(r"[^\s/]+(?:/+|\s+)?", title))


def _shown(case: Any, row: Row, case_url: str) -> ShownRow:
    slot, answer = row.slot, row.answer
    document = queries.document_of(case, answer) if answer else None
    query = urlencode({"plats": slot.key})
    return ShownRow(
        title=slot.title,
        title_parts=title_parts(slot.title),
        help_text=slot.help_text,
        help_id=f"help-{slot.key}",
        mandatory=slot.mandatory,
        is_open=row.is_open,
        status=_status(row),
        file_parts=breakable(document.file_name) if document is not None else (),
        told=answer.reason if answer else "",
        needed=answer.verdict_reason if answer and answer.verdict is Verdict.INSUFFICIENT else "",
        dialog_url=f"{case_url}/@@ladda-upp?{query}",
        blank_url=f"{case_url}/@@hamta-mall?{query}" if slot.template else "",
    )


def _status(row: Row) -> str:
    if row.answer is None:
        return "missing"
    if row.answer.verdict is not None:
        return row.answer.verdict.value
    return "told" if row.answer.reason else "received"
