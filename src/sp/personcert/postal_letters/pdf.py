"""Draws letters on A4 for envelopes with a window to the right (SS 61 41 41): tagged, with embedded fonts.

All measures are millimetres from the upper left corner. The sheet is folded once for C5, which the mark in
the margin shows; nothing but the address stands where the window is.
"""

import io
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from sp.personcert.foundation.pdf import fonts
from sp.personcert.foundation.pdf.tagging import TaggedCanvas
from sp.personcert.foundation.pdf.typesetting import PAGE_HEIGHT, PAGE_WIDTH, Block, Sheet, Style, fit

INK = "#17211f"
INK_SOFT = "#485350"
SENDER = Style(fonts.SANS, 3.4, INK_SOFT, 1.4)
ADDRESS = Style(fonts.SANS, 3.9, INK, 1.3)
FACT = Style(fonts.SANS, 3.4, INK, 1.4)
HEADING = Style(fonts.SANS_SEMIBOLD, 5.4, INK, 1.3)
BODY = Style(fonts.SANS, 4.0, INK, 1.5)

LEFT = 25.0
WIDTH = PAGE_WIDTH - 2 * LEFT
TOP = 20.0
#: The window of C5 and C4, with room for a sheet that has slipped.
WINDOW_LEFT = 110.0
WINDOW_TOP = 50.0
WINDOW_WIDTH = 82.0
WINDOW_HEIGHT = 29.0
TEXT_TOP = 98.0
TEXT_END = 272.0
BETWEEN = 3.4
FOLD = PAGE_HEIGHT / 2
#: The officers' language, whatever that of a letter is.
LANGUAGE, LOCALE = "sv", "sv-SE"


@dataclass(frozen=True)
class Paper:
    """Everything that stands on one letter.

    ``next_page`` gives what stands at the head of a further page, by its number.
    """

    sender: tuple[str, ...]
    address: tuple[str, ...]
    day: date
    reference: str
    next_page: Callable[[int], str]
    subject: str
    paragraphs: tuple[str, ...]
    language: str


def render(papers: Sequence[Paper], body_name: str, day: date) -> bytes:
    """Return all letters as one PDF, each beginning on a page of its own.

    Raises fonts.MissingLetter for an address in a script that our fonts do not hold. A sign of the text that
    they do not hold is left out: a letter shall not fail because of an emblem in it.
    """
    fonts.register()
    target = io.BytesIO()
    canvas = TaggedCanvas(target, language=LOCALE, font=fonts.SANS, created=day)
    canvas.setTitle(f"Brev {day.isoformat()}")
    canvas.setAuthor(body_name)
    canvas.setCreator(body_name)
    canvas.setViewerPreference("DisplayDocTitle", "true")
    for number, paper in enumerate(papers):
        if number:
            canvas.next_page()
        _Letter(paper, canvas).draw()
    canvas.finish()
    return target.getvalue()


class _Letter:
    """One letter being drawn, from top to bottom."""

    def __init__(self, paper: Paper, canvas: TaggedCanvas) -> None:
        self.paper = paper
        self.canvas = canvas
        self.sheet = Sheet(canvas)
        self.language = "" if paper.language == LANGUAGE else paper.language
        self.page = 1

    def draw(self) -> None:
        """Draw everything."""
        paper = self.paper
        self._lines(paper.sender, SENDER, LEFT, TOP, WINDOW_LEFT - LEFT - 10)
        self._lines((paper.day.isoformat(), paper.reference), FACT, WINDOW_LEFT, TOP, WINDOW_WIDTH)
        self._tagged(_address(paper.address), WINDOW_LEFT, WINDOW_TOP)
        with self.canvas.artifact():
            self.sheet.line(5.0, FOLD, 6.0, 0.25, INK_SOFT)
        heading = fit(_writable(paper.subject, HEADING), HEADING, WIDTH, lines=3)
        self._tagged((heading,), LEFT, TEXT_TOP, "H1")
        y = TEXT_TOP + heading.height + BETWEEN
        for paragraph in paper.paragraphs:
            y = self._paragraph(paragraph, y) + BETWEEN

    def _lines(self, lines: Sequence[str], style: Style, x: float, top: float, width: float) -> None:
        texts = [_writable(line, style) for line in lines]
        self._tagged([fit(text, style, width, lines=2) for text in texts if text], x, top)

    def _paragraph(self, text: str, top: float) -> float:
        """Draw below ``top``, on further pages where the room does not do; return where it ends."""
        blocks = [
            fit(line, BODY, WIDTH, lines=len(line))
            for line in _writable(text, BODY).splitlines()
            if line.strip()
        ]
        lines = [Block((line,), block.style) for block in blocks for line in block.lines]
        while lines:
            ends = accumulate((line.height for line in lines), initial=top)
            fitting = sum(end <= TEXT_END for end in ends) - 1
            if fitting >= len(lines) or (fitting > 0 and self._is_too_long(lines)):
                top = self._tagged(lines[:fitting], LEFT, top)
                lines = lines[fitting:]
            if lines:
                top = self._next_page()
        return top

    def _is_too_long(self, lines: Sequence[Block]) -> bool:
        """Whether a paragraph must be parted, because no page has room for the whole of it."""
        return sum(line.height for line in lines) > TEXT_END - TOP - 2 * BODY.size

    def _next_page(self) -> float:
        self.page += 1
        self.canvas.next_page()
        head = fit(_writable(self.paper.next_page(self.page), FACT), FACT, WIDTH)
        with self.canvas.artifact():
            self.sheet.draw(head, LEFT, TOP - head.height)
        return TOP + BODY.size

    def _tagged(self, blocks: Sequence[Block], x: float, top: float, role: str = "P") -> float:
        if blocks:
            with self.canvas.tagged(role, language=self.language):
                for block in blocks:
                    top = self.sheet.draw(block, x, top)
        return top


def _address(lines: Sequence[str]) -> list[Block]:
    """The address as it fits into the window: broken where that does, else smaller."""
    for most in (2, 1):
        blocks = [fit(_composed(line), ADDRESS, WINDOW_WIDTH, lines=most) for line in lines]
        if sum(block.height for block in blocks) <= WINDOW_HEIGHT:
            break
    return blocks


def _composed(text: str) -> str:
    """A letter and its accent as one character: fonts have glyphs for those."""
    return unicodedata.normalize("NFC", text)


def _writable(text: str, style: Style) -> str:
    composed = _composed(text)
    missing = {*fonts.missing_letters(composed.replace("\n", ""), style.font)}
    return "".join(sign for sign in composed if sign not in missing)
