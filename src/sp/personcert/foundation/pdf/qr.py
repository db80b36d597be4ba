"""Draws a QR code (ISO/IEC 18004) as one filled path.

segno computes the code; reportlab's own widget is five times slower and brings an unembedded Helvetica into
the document.
"""

import segno
from reportlab.pdfgen.canvas import Canvas

#: Modules of white around the code. The standard asks for four.
QUIET_ZONE = 4


def draw_qr(canvas: Canvas, text: str, x: float, y: float, size: float) -> None:
    """Draw a code for the text in a square, quiet zone included, with its lower left corner at x, y (points).

    Error correction M (15 %) survives a crease or a stamp. The fill colour is the canvas's; light modules
    stay unpainted.
    """
    matrix = segno.make_qr(text, error="m").matrix
    module = size / (len(matrix) + 2 * QUIET_ZONE)
    path = canvas.beginPath()
    for number, row in enumerate(matrix):
        top = y + size - (QUIET_ZONE + number + 1) * module
        for start, length in _dark_runs(row):
            path.rect(x + (QUIET_ZONE + start) * module, top, length * module, module)
    canvas.drawPath(path, stroke=0, fill=1)


def _dark_runs(row: bytes | bytearray) -> list[tuple[int, int]]:
    """Return start and length of each run of dark modules; one rectangle a run leaves no hairlines."""
    runs: list[tuple[int, int]] = []
    for position, dark in enumerate(row):
        if not dark:
            continue
        if runs and sum(runs[-1]) == position:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((position, 1))
    return runs
