"""The typefaces of our documents, embedded as subsets; ``fonts/`` says whose they are and their licence.

A document must show the same everywhere and for decades, so no font is ever left to the reader's machine,
and a letter that no font of ours has is an error and not an empty box in somebody's name.
"""

import threading
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

SERIF = "SpruceSerif"
SERIF_BOLD = "SpruceSerif-Bold"
SERIF_ITALIC = "SpruceSerif-Italic"
SANS = "Inter"
SANS_SEMIBOLD = "Inter-SemiBold"

_FILES = {
    SERIF: "spruce-serif-regular.ttf",
    SERIF_BOLD: "spruce-serif-bold.ttf",
    SERIF_ITALIC: "spruce-serif-italic.ttf",
    SANS: "inter-regular.ttf",
    SANS_SEMIBOLD: "inter-semibold.ttf",
}
_FOLDER = Path(__file__).parent / "fonts"
_lock = threading.Lock()


class MissingLetter(ValueError):
    """A text holds a character that the font has no glyph for."""


def register() -> None:
    """Make the fonts known to reportlab by the names above; cheap after the first time."""
    with _lock:
        known = pdfmetrics.getRegisteredFontNames()
        for name, file in _FILES.items():
            if name not in known:
                pdfmetrics.registerFont(TTFont(name, _FOLDER / file))


def missing_letters(text: str, font: str) -> list[str]:
    """Return the characters of a text that the font has no glyph for."""
    register()
    glyphs = pdfmetrics.getFont(font).face.charToGlyph
    return sorted({character for character in text if ord(character) not in glyphs})


def require_letters(text: str, font: str) -> None:
    """Raise MissingLetter when the text cannot be written in the font."""
    if missing := missing_letters(text, font):
        raise MissingLetter(f"{font} lacks " + ", ".join(f"U+{ord(character):04X}" for character in missing))
