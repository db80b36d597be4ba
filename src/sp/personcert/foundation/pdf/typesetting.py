"""Sets lines of text on a page measured as a designer measures: millimetres from the upper left corner."""

from dataclasses import dataclass, replace
from enum import StrEnum

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth

from sp.personcert.foundation.pdf.fonts import require_letters
from sp.personcert.foundation.pdf.tagging import TaggedCanvas

PAGE_WIDTH = A4[0] / mm
PAGE_HEIGHT = A4[1] / mm
#: Each try to make a text fit is this much smaller than the one before.
_SHRINK = 0.96


class Align(StrEnum):
    """What the x of a text means: its left edge, middle or right edge."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True)
class Style:
    """How a text looks: font, size in mm, colour as #rrggbb, line height and extra letter space in em."""

    font: str
    size: float
    colour: str
    leading: float = 1.45
    spacing: float = 0.0

    def width(self, text: str) -> float:
        """Return the width of one line in mm."""
        letters = stringWidth(text, self.font, self.size * mm) / mm
        return letters + self.spacing * self.size * max(len(text) - 1, 0)


@dataclass(frozen=True)
class Block:
    """Lines ready to be drawn, in a style that may have become smaller than the one asked for."""

    lines: tuple[str, ...]
    style: Style

    @property
    def height(self) -> float:
        """Height in mm, line height included."""
        return len(self.lines) * self.style.size * self.style.leading

    @property
    def width(self) -> float:
        """Width of the longest line in mm."""
        return max((self.style.width(line) for line in self.lines), default=0.0)


def fit(text: str, style: Style, width: float, lines: int = 1) -> Block:
    """Break a text into at most so many lines of a width in mm, smaller until it fits; it never overflows.

    Raises MissingLetter for a text that the font cannot write.
    """
    text = " ".join(text.split())
    require_letters(text, style.font)
    while True:
        block = Block(_wrap(text, style, width), style)
        if len(block.lines) <= lines and block.width <= width:
            return block
        style = replace(style, size=style.size * _SHRINK)


def _wrap(text: str, style: Style, width: float) -> tuple[str, ...]:
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and style.width(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


class Sheet:
    """A page to draw on in mm, y downwards from the upper edge."""

    def __init__(self, canvas: TaggedCanvas) -> None:
        self.canvas = canvas

    def draw(self, block: Block, x: float, top: float, align: Align = Align.LEFT) -> float:
        """Draw the lines below ``top`` and return where they end."""
        style = block.style
        height = style.size * style.leading
        self.canvas.setFillColor(HexColor(style.colour))
        self.canvas.setFont(style.font, style.size * mm)
        for number, line in enumerate(block.lines):
            # The baseline lies where a browser puts it: half the extra line height below the ascent, about
            # 0.93 em.
            baseline = top + number * height + (height - style.size) / 2 + 0.82 * style.size
            shift = {Align.LEFT: 0.0, Align.CENTRE: 0.5, Align.RIGHT: 1.0}[align] * style.width(line)
            # The space keeps the last word apart from the next line's first when the text is read aloud or
            # copied.
            self.canvas.drawString(
                (x - shift) * mm,
                (PAGE_HEIGHT - baseline) * mm,
                line + " ",
                charSpace=style.spacing * style.size * mm,
            )
        return top + block.height

    def line(self, x: float, y: float, width: float, thickness: float, colour: str) -> None:
        """Draw a horizontal line; y is its middle."""
        self.canvas.setFillColor(HexColor(colour))
        bottom = (PAGE_HEIGHT - y - thickness / 2) * mm
        self.canvas.rect(x * mm, bottom, width * mm, thickness * mm, stroke=0, fill=1)

    def frame(self, inset: float, thickness: float, colour: str) -> None:
        """Draw a rectangle around the page; the inset is that of its outer edge."""
        edge = inset + thickness / 2
        self.canvas.setStrokeColor(HexColor(colour))
        self.canvas.setLineWidth(thickness * mm)
        width, height = PAGE_WIDTH - 2 * edge, PAGE_HEIGHT - 2 * edge
        self.canvas.rect(edge * mm, edge * mm, width * mm, height * mm, stroke=1, fill=0)
