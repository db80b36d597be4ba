"""Fonts, lines, codes and tags: what every document of ours is made of."""

import io
import subprocess
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader
from reportlab.pdfbase.ttfonts import TTFontFile

from sp.personcert.foundation.pdf import fonts
from sp.personcert.foundation.pdf.qr import draw_qr
from sp.personcert.foundation.pdf.tagging import TaggedCanvas
from sp.personcert.foundation.pdf.typesetting import Align, Sheet, Style, fit

STYLE = Style(fonts.SERIF_BOLD, 10.0, "#17211f")
FOLDER = Path(fonts.__file__).parent / "fonts"


@pytest.fixture(autouse=True)
def _registered() -> None:
    fonts.register()


def _canvas(target: io.BytesIO) -> TaggedCanvas:
    return TaggedCanvas(target, language="sv-SE", font=fonts.SANS, created=date(2026, 11, 23))


@pytest.mark.parametrize(
    "name", [fonts.SERIF, fonts.SERIF_BOLD, fonts.SERIF_ITALIC, fonts.SANS, fonts.SANS_SEMIBOLD]
)
def test_every_font_has_the_letters_of_names_in_latin_script(name: str) -> None:
    fonts.require_letters("Åsa Öberg Ängström Łukasz Şule Đorđe Nguyễn Ştefan Țară Ærø ”–·’ § ½ €", name)


def test_a_letter_that_a_font_lacks_is_an_error_and_not_an_empty_box() -> None:
    with pytest.raises(fonts.MissingLetter, match=r"U\+0416"):
        fit("Жанна", STYLE, 100)


def test_a_reserved_font_name_stands_in_no_subset() -> None:
    """SIL Open Font License, 3: "Charis" and "SIL" are reserved; the copyright notice must name them."""
    for path in FOLDER.glob("spruce-serif-*.ttf"):
        font = TTFontFile(str(path))
        for name in (font.name, font.familyName, font.fullName):
            assert name.replace(b" ", b"").startswith(b"SpruceSerif")
    assert 'Reserved Font Names "Charis" and "SIL"' in (FOLDER / "OFL-spruce-serif.txt").read_text()


def test_a_short_text_keeps_its_size() -> None:
    block = fit("  Åsa \n Öberg ", STYLE, 100)
    assert block.lines == ("Åsa Öberg",)
    assert block.style == STYLE


@pytest.mark.parametrize("lines", [1, 2, 3])
@pytest.mark.parametrize("text", ["x" * 300, "Wilhelmina Charlotta " * 20, "Kort", "a b " + "c" * 90, ""])
def test_no_text_overflows(text: str, lines: int) -> None:
    block = fit(text, STYLE, 60, lines)
    assert len(block.lines) <= lines
    assert block.width <= 60
    assert " ".join(block.lines).split() == text.split()


def test_alignment_says_what_x_means() -> None:
    sheet = Sheet(_canvas(io.BytesIO()))
    drawn: list[float] = []
    sheet.canvas.drawString = lambda x, *_rest, **_options: drawn.append(x)
    block = fit("Åsa", STYLE, 60)
    for align in (Align.LEFT, Align.CENTRE, Align.RIGHT):
        sheet.draw(block, 100, 50, align)
    left, centre, right = drawn
    assert left - centre == pytest.approx(centre - right)
    assert left > centre > right


def test_a_code_is_read_by_a_scanner(tmp_path: Path) -> None:
    target = io.BytesIO()
    canvas = _canvas(target)
    address = "https://kundwebb.example.se/kontrollera?nr=SC1603-12"
    with canvas.tagged("Figure", alternative="QR-kod"):
        draw_qr(canvas, address, 100, 500, 90)
    canvas.finish()
    (tmp_path / "code.pdf").write_bytes(target.getvalue())
    picture = tmp_path / "code"
    subprocess.run(
        ["pdftoppm", "-r", "150", "-png", "-singlefile", tmp_path / "code.pdf", picture], check=True
    )
    scanned = subprocess.run(["zbarimg", "-q", "--raw", f"{picture}.png"], capture_output=True, text=True)
    assert scanned.stdout.strip() == address


def test_the_structure_says_what_is_what(tmp_path: Path) -> None:
    target = io.BytesIO()
    canvas = _canvas(target)
    with canvas.artifact():
        canvas.rect(10, 10, 100, 100)
    with canvas.tagged("H1", actual="Rubrik åäö"):
        canvas.drawString(100, 700, "RUBRIK")
    with canvas.tagged("Figure", alternative="En bild"):
        canvas.circle(100, 100, 20)
    canvas.finish()
    path = tmp_path / "tagged.pdf"
    path.write_bytes(target.getvalue())
    shown = subprocess.run(["pdfinfo", "-struct", path], capture_output=True, text=True).stdout
    assert [line.strip() for line in shown.splitlines()] == ["Document", "H1 (block)", "Figure"]
    document = PdfReader(path).trailer["/Root"]["/StructTreeRoot"]["/K"]
    heading, figure = document["/K"]
    assert heading["/ActualText"] == "Rubrik åäö"
    assert figure["/Alt"] == "En bild"
