"""The ornaments of a certificate: guilloche and seal, drawn from their formulas."""

import math

from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject

from sp.personcert.foundation.pdf.typesetting import PAGE_HEIGHT

#: Waves in one closed curve; the same curve turned several times within one wave makes the weave.
WAVES = 8
#: Bezier pieces of one curve: six for each wave, closer to the true curve than a printer's dot.
PIECES = 6 * WAVES
#: Spruce and gold at a fifth of their strength on white. Flat colours: transparency is for screens.
SPRUCE_TINT = "#cfdcdb"
GOLD_TINT = "#eee5d3"
GUILLOCHE_LINE = 0.21

SEAL_GOLD = "#e3b75c"
SEAL_INK = "#0a3a34"
SEAL_LOBES = 16


def draw_guilloche(canvas: Canvas, x: float, y: float, radius: float) -> None:
    """Draw two woven rings around a point (mm from the upper left corner), the outer of the given radius."""
    unit = radius * mm / 94
    canvas.saveState()
    canvas.translate(x * mm, (PAGE_HEIGHT - y) * mm)
    canvas.setLineWidth(GUILLOCHE_LINE * mm)
    _weave(canvas, SPRUCE_TINT, 72 * unit, 22 * unit, turns=9)
    _weave(canvas, GOLD_TINT, 40 * unit, 10 * unit, turns=6)
    canvas.restoreState()


def _weave(canvas: Canvas, colour: str, middle: float, height: float, turns: int) -> None:
    canvas.setStrokeColor(HexColor(colour))
    for turn in range(turns):
        shift = turn * 2 * math.pi / WAVES / turns
        canvas.drawPath(_wave(canvas, middle, height, shift), stroke=1, fill=0)


def _wave(canvas: Canvas, middle: float, height: float, shift: float) -> PDFPathObject:
    """Return r = middle + height cos(WAVES angle), turned: Bezier pieces with the curve's own tangents."""
    step = 2 * math.pi / PIECES
    path = canvas.beginPath()
    (x, y), (dx, dy) = _wave_point(middle, height, 0.0, shift)
    path.moveTo(x, y)
    for piece in range(1, PIECES + 1):
        (next_x, next_y), (next_dx, next_dy) = _wave_point(middle, height, piece * step, shift)
        path.curveTo(
            x + dx * step / 3,
            y + dy * step / 3,
            next_x - next_dx * step / 3,
            next_y - next_dy * step / 3,
            next_x,
            next_y,
        )
        x, y, dx, dy = next_x, next_y, next_dx, next_dy
    path.close()
    return path


def _wave_point(
    middle: float, height: float, angle: float, shift: float
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return a point of the wave and its derivative by the angle."""
    radius = middle + height * math.cos(WAVES * angle)
    slope = -height * WAVES * math.sin(WAVES * angle)
    cos, sin = math.cos(angle + shift), math.sin(angle + shift)
    return (radius * cos, radius * sin), (slope * cos - radius * sin, slope * sin + radius * cos)


def draw_seal(canvas: Canvas, x: float, y: float, size: float) -> None:
    """Draw the seal, a scalloped disc with ring and K, in a square with its upper left corner at x, y."""
    canvas.saveState()
    canvas.translate(x * mm, (PAGE_HEIGHT - y) * mm)
    canvas.scale(size * mm / 32, -size * mm / 32)
    canvas.setFillColor(HexColor(SEAL_GOLD))
    canvas.circle(16, 16, 14.1, stroke=0, fill=1)
    for lobe in range(SEAL_LOBES):
        angle = 2 * math.pi * (lobe + 0.5) / SEAL_LOBES
        canvas.circle(16 + 13.1 * math.cos(angle), 16 + 13.1 * math.sin(angle), 2.75, stroke=0, fill=1)
    canvas.setStrokeColor(HexColor(SEAL_INK))
    canvas.setLineWidth(1)
    canvas.circle(16, 16, 11.4, stroke=1, fill=0)
    canvas.setLineWidth(2.8)
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    letter = canvas.beginPath()
    letter.moveTo(12, 10)
    letter.lineTo(12, 22)
    letter.moveTo(21.5, 9.4)
    letter.lineTo(12.6, 16.6)
    letter.lineTo(20.2, 22.2)
    canvas.drawPath(letter, stroke=1, fill=0)
    canvas.restoreState()
