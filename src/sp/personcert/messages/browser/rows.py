"""Threads as the page shows them: words and addresses, made once for each row."""

from collections.abc import Mapping
from dataclasses import dataclass

from ..domain import Entry
from ..queries import Thread

LINE_LENGTH = 90


@dataclass(frozen=True)
class ShownEntry:
    """One entry of the history (H61). Paragraphs hold lines, so that no text needs markup."""

    moment: str  # ISO 8601, for machines
    shown_moment: str  # YYYY-MM-DD HH:MM
    sender: str
    is_own: bool
    paragraphs: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class ShownThread:
    """One row of the list (H56, H57)."""

    message_id: str
    day: str
    type_label: str
    line: str
    entries: tuple[ShownEntry, ...]
    has_draft: bool
    answer_url: str


def shown_thread(thread: Thread, types: Mapping[str, str], tab_url: str, reader_id: str) -> ShownThread:
    """A row for one reader.

    :param types: message type → its word in the language of the page.
    """
    message_id = thread.message.getId()
    return ShownThread(
        message_id=message_id,
        day=thread.sent_at.date().isoformat(),
        type_label=types[thread.message.message_type],
        line=first_line(thread.entries[0].text),
        entries=tuple(_shown_entry(entry, reader_id) for entry in thread.entries),
        has_draft=reader_id in thread.message.drafts,
        answer_url=f"{tab_url}?svara={message_id}#svar",
    )


def first_line(text: str) -> str:
    """The beginning of a text, for the folded row."""
    line = " ".join(text.split())
    return line if len(line) <= LINE_LENGTH else f"{line[:LINE_LENGTH].rsplit(' ', 1)[0]} …"


def paragraphs(text: str) -> tuple[tuple[str, ...], ...]:
    """Plain text as paragraphs of lines: an empty line parts paragraphs, a single break stays a break."""
    blocks = "\n".join(text.splitlines()).split("\n\n")
    return tuple(tuple(block.strip("\n").split("\n")) for block in blocks if block.strip())


def _shown_entry(entry: Entry, reader_id: str) -> ShownEntry:
    return ShownEntry(
        moment=entry.sent_at.isoformat(timespec="minutes"),
        shown_moment=f"{entry.sent_at:%Y-%m-%d %H:%M}",
        sender=entry.sender_name,
        is_own=bool(entry.sender_id) and entry.sender_id == reader_id,
        paragraphs=paragraphs(entry.text),
    )
