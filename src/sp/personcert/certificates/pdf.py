"""Draws a certificate: one A4 page, tagged, with embedded fonts; the same values always give the same bytes.

All measures are millimetres from the upper left corner. The page is built from its lower edge: what stands
there may need more lines, and the middle takes the room that is left.
"""

import io
import unicodedata
from dataclasses import asdict, dataclass
from datetime import date

from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm

from sp.personcert.certificates.pdf_ornaments import draw_guilloche, draw_seal
from sp.personcert.certificates.pdf_texts import TEXTS, CertificateTexts
from sp.personcert.foundation.pdf import fonts
from sp.personcert.foundation.pdf.qr import draw_qr
from sp.personcert.foundation.pdf.tagging import TaggedCanvas
from sp.personcert.foundation.pdf.typesetting import PAGE_HEIGHT, PAGE_WIDTH, Align, Block, Sheet, Style, fit

INK = "#17211f"
INK_SOFT = "#485350"
SPRUCE = "#0f5149"
SPRUCE_DEEP = "#0a3a34"
GOLD = "#a97b22"
RED = "#98281a"

LEFT = 27.0
RIGHT = PAGE_WIDTH - LEFT
WIDTH = RIGHT - LEFT
CENTRE = PAGE_WIDTH / 2
#: Where the head ends and the foot begins.
HEAD_END = 40.0
FOOT_TOP = 247.0
FOOT_END = 277.0
CODE_SIZE = 34.0
CODE_LEFT = 24.2
FOOT_TEXT_LEFT = 63.0
GUILLOCHE_RADIUS = 71.5

TEST = Style(fonts.SANS_SEMIBOLD, 3.0, RED, spacing=0.12)
BODY = Style(fonts.SERIF_BOLD, 5.0, SPRUCE_DEEP, 1.2)
NUMBER_LABEL = Style(fonts.SANS, 3.1, INK_SOFT)
NUMBER = Style(fonts.SERIF_BOLD, 5.0, INK, 1.2)
HEADING = Style(fonts.SERIF, 13.5, SPRUCE_DEEP, 1.1, spacing=0.28)
SAYING = Style(fonts.SERIF_ITALIC, 4.5, INK_SOFT, 1.5)
NAME = Style(fonts.SERIF_BOLD, 13.5, INK, 1.2)
TYPE = Style(fonts.SERIF_BOLD, 9.0, SPRUCE, 1.25)
LEVEL = Style(fonts.SANS_SEMIBOLD, 4.4, INK)
MEANING = Style(fonts.SANS, 3.5, INK_SOFT)
LABEL = Style(fonts.SANS, 2.8, INK_SOFT)
FACT = Style(fonts.SANS_SEMIBOLD, 4.0, INK)
MAKER = Style(fonts.SANS_SEMIBOLD, 3.5, INK)
NOTE_HEADING = Style(fonts.SANS_SEMIBOLD, 3.4, INK)
NOTE = Style(fonts.SANS, 2.9, INK)


@dataclass(frozen=True)
class CertificateFace:
    """Everything that stands on a certificate.

    ``verify_url`` is what the QR code holds, ``verify_address`` what people type.
    """

    number: str
    holder_name: str
    certification_title: str
    level_title: str
    level_meaning: str
    valid_from: date
    valid_to: date
    decided_on: date
    order_number: str
    decided_by: str
    rule_reference: str
    body_name: str
    verify_url: str
    verify_address: str
    language: str
    is_test: bool


def render(face: CertificateFace) -> bytes:
    """Return the certificate as a PDF, not yet signed.

    Raises fonts.MissingLetter for a name in a script that our fonts do not hold, and KeyError for a
    language that has no texts.
    """
    fonts.register()
    texts = TEXTS[face.language]
    target = io.BytesIO()
    canvas = TaggedCanvas(target, language=texts.locale, font=fonts.SANS, created=face.decided_on)
    _Certificate(face, texts, canvas).draw()
    canvas.finish()
    return target.getvalue()


class _Certificate:
    """One certificate being drawn, from top to bottom, which is the order of reading."""

    def __init__(self, face: CertificateFace, texts: CertificateTexts, canvas: TaggedCanvas) -> None:
        # A letter and its accent as one character: fonts have glyphs for those.
        values = {
            key: unicodedata.normalize("NFC", value) if isinstance(value, str) else value
            for key, value in asdict(face).items()
        }
        self.face = CertificateFace(**values)
        self.texts = texts
        self.canvas = canvas
        self.sheet = Sheet(canvas)

    def draw(self) -> None:
        """Draw everything."""
        makers = self._makers()
        makers_top = FOOT_TOP - max(block.height for _, block in makers) - LABEL.size * LABEL.leading - 5.0
        facts_top = makers_top - 20.2 - 5.0
        self._properties()
        with self.canvas.artifact():
            self.sheet.frame(9.0, 0.9, SPRUCE)
            self.sheet.frame(11.0, 0.25, GOLD)
            draw_guilloche(self.canvas, CENTRE, (HEAD_END + facts_top) / 2 + 1.5, GUILLOCHE_RADIUS)
        self._head()
        self._middle(HEAD_END, facts_top)
        self._facts(facts_top)
        self._draw_makers(makers, makers_top)
        self._foot()

    def _words(self, text: str) -> str:
        return text.format(**asdict(self.face))

    def _paragraph(
        self, block: Block, x: float, top: float, align: Align = Align.LEFT, role: str = "P"
    ) -> float:
        with self.canvas.tagged(role):
            return self.sheet.draw(block, x, top, align)

    def _properties(self) -> None:
        self.canvas.setTitle(self._words(self.texts.title))
        self.canvas.setAuthor(self.face.body_name)
        self.canvas.setSubject(self._words(self.texts.subject))
        self.canvas.setCreator(self.face.body_name)
        self.canvas.setViewerPreference("DisplayDocTitle", "true")

    def _head(self) -> None:
        if self.face.is_test:
            mark = self.texts.test_mark
            with self.canvas.tagged("P", actual=mark):
                self.sheet.draw(fit(mark, TEST, WIDTH), CENTRE, 15.0, Align.CENTRE)
        with self.canvas.tagged("Figure", alternative=self._words(self.texts.seal)):
            draw_seal(self.canvas, LEFT, 24.0, 13.0)
        body = fit(self.face.body_name, BODY, 90.0, lines=2)
        self._paragraph(body, 43.0, 30.6 - body.height / 2)
        number = fit(self.face.number, NUMBER, 45.0)
        with self.canvas.tagged("P"):
            end = self.sheet.draw(fit(self.texts.number_label, NUMBER_LABEL, 45.0), RIGHT, 25.2, Align.RIGHT)
            self.sheet.draw(number, RIGHT, end, Align.RIGHT)

    def _middle(self, top: float, bottom: float) -> None:
        face, texts = self.face, self.texts
        heading = fit(texts.heading.upper(), HEADING, WIDTH)
        name = fit(
            face.holder_name, NAME, WIDTH, lines=1 if NAME.width(face.holder_name) < 1.6 * WIDTH else 2
        )
        certified_as = fit(face.certification_title, TYPE, WIDTH, lines=2)
        level = fit(self._words(texts.level), LEVEL, WIDTH, lines=2)
        sayings = [fit(text, SAYING, WIDTH, lines=2) for text in (texts.opening, texts.statement)]
        meaning = fit(face.level_meaning, MEANING, 126.0, lines=3)
        blocks = [heading, sayings[0], name, sayings[1], certified_as, level, meaning]
        gaps = [0.0, 16.5, 3.0, 4.0, 3.0, 4.0, 0.0]
        y = top + (bottom - top - sum(gaps) - sum(block.height for block in blocks)) / 2
        rule = y + heading.height + 8.25
        with self.canvas.tagged("H1", actual=texts.heading):
            self.sheet.draw(heading, CENTRE, y, Align.CENTRE)
        with self.canvas.artifact():
            self.sheet.line(CENTRE - 13.0, rule, 26.0, 0.5, GOLD)
        y += heading.height
        for block, gap in zip(blocks[1:], gaps[1:], strict=True):
            y = self._paragraph(block, CENTRE, y + gap, Align.CENTRE)

    def _facts(self, top: float) -> None:
        face, texts = self.face, self.texts
        facts = [
            (texts.valid_from, face.valid_from.isoformat()),
            (texts.valid_to, face.valid_to.isoformat()),
            (texts.decided_on, face.decided_on.isoformat()),
            (texts.order_number, face.order_number),
        ]
        with self.canvas.artifact():
            self.sheet.line(LEFT, top, WIDTH, 0.25, GOLD)
            self.sheet.line(LEFT, top + 20.2, WIDTH, 0.25, GOLD)
        columns = [(fit(label, LABEL, 36.0), fit(value, FACT, 36.0)) for label, value in facts]
        widths = [max(label.width, value.width) for label, value in columns]
        between = (WIDTH - sum(widths)) / (len(columns) - 1)
        x = LEFT
        for (label, value), width in zip(columns, widths, strict=True):
            self._labelled(label, value, x, top + 5.0)
            x += width + between

    def _labelled(self, label: Block, value: Block, x: float, top: float) -> None:
        with self.canvas.tagged("P"):
            end = self.sheet.draw(label, x, top)
            self.sheet.draw(value, x, end)

    def _makers(self) -> list[tuple[Block, Block]]:
        face, texts = self.face, self.texts
        return [
            (fit(texts.decided_by, LABEL, 72.0), fit(face.decided_by, MAKER, 72.0, lines=3)),
            (fit(texts.according_to, LABEL, 75.0), fit(face.rule_reference, MAKER, 75.0, lines=3)),
        ]

    def _draw_makers(self, makers: list[tuple[Block, Block]], top: float) -> None:
        for (label, value), x in zip(makers, (LEFT, 108.0), strict=True):
            self._labelled(label, value, x, top)

    def _foot(self) -> None:
        face, texts = self.face, self.texts
        with self.canvas.tagged("Figure", alternative=self._words(texts.code)):
            self.canvas.setFillColor(HexColor(SPRUCE_DEEP))
            bottom = PAGE_HEIGHT - (FOOT_TOP + FOOT_END) / 2 - CODE_SIZE / 2
            draw_qr(self.canvas, face.verify_url, CODE_LEFT * mm, bottom * mm, CODE_SIZE * mm)
        width = RIGHT - FOOT_TEXT_LEFT
        blocks = [
            fit(texts.check_heading, NOTE_HEADING, width),
            fit(self._words(texts.check), NOTE, width, lines=3),
            fit(self._words(texts.conditions), NOTE, width, lines=3),
        ]
        y = (FOOT_TOP + FOOT_END - sum(block.height for block in blocks) - 3.2) / 2
        for block in blocks:
            y = self._paragraph(block, FOOT_TEXT_LEFT, y) + 1.6
