"""The certificate as people and programs see it."""

import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from sp.personcert.certificates.pdf import CertificateFace, render
from sp.personcert.foundation.pdf.checking import check
from sp.personcert.foundation.pdf.fonts import MissingLetter
from sp.personcert.foundation.pdf.keys import load_key, load_trust, make_test_key
from sp.personcert.foundation.pdf.signing import sign

FACE = CertificateFace(
    number="SC1603-12",
    holder_name="CE Person Test",
    certification_title="Brunnsborrare",
    level_title="Ansvarig AB",
    level_meaning="Får ansvara för borrning av energi- och vattenbrunnar i jord och berg.",
    valid_from=date(2026, 12, 1),
    valid_to=date(2031, 12, 1),
    decided_on=date(2026, 11, 30),
    order_number="FX216494",
    decided_by="Beslutsfattare Demo",
    rule_reference="Certifieringsregel för brunnsborrare, kravspecifikation 2005-03-14",
    body_name="SP Personcertifiering",
    verify_url="https://kundwebb.example.se/kontrollera?nr=SC1603-12",
    verify_address="kundwebb.example.se/kontrollera",
    language="sv",
    is_test=True,
)
LONG = replace(
    FACE,
    holder_name="Wilhelmina Åsa-Charlotta Öberg von Ängström af Sjöblomsträsk Lindström",
    certification_title="Installatör av värmepumpar och kylanläggningar med kunskaper om köldmedier",
    level_title="Ansvarig för arbeten på anläggningar i klass " + "A, B, C och D " * 4,
    level_meaning="Får ansvara för borrning av energi- och vattenbrunnar i jord och berg. " * 6,
    decided_by="Beslutsfattare Demo, certifieringsansvarig för bygg och anläggning " * 2,
    rule_reference="Certifieringsregel med tillägg och ändringar beslutade av nämnden " * 4,
    body_name="Svenska Provningsinstitutets Personcertifiering för bygg, energi och anläggning",
)


def _tool(command: list[str], pdf: bytes, folder: Path, *more: str) -> str:
    path = folder / "certificate.pdf"
    path.write_bytes(pdf)
    return subprocess.run([*command, path, *more], capture_output=True, text=True, check=True).stdout


def _text(pdf: bytes, folder: Path) -> str:
    """Return the text as a screen reader meets it: element by element, in the order of the structure."""
    lines = _tool(["pdfinfo", "-struct-text"], pdf, folder).splitlines()
    spoken = [line.strip().strip('"') for line in lines if line.strip().startswith('"')]
    return " ".join(" ".join(spoken).split())


def test_every_value_stands_on_the_certificate_in_right_swedish(tmp_path: Path) -> None:
    text = _text(render(FACE), tmp_path)
    for words in (
        "Certifikat nr SC1603-12",
        "Härmed intygas att CE Person Test har visat att kraven är uppfyllda",
        "är certifierad som Brunnsborrare",
        "Behörighet: Ansvarig AB Får ansvara för borrning av energi- och vattenbrunnar i jord och berg.",
        "Giltigt från 2026-12-01",
        "Giltigt till och med 2031-12-01",
        "Beslutsdatum 2026-11-30",
        "Order nr FX216494",
        "Beslutat av Beslutsfattare Demo",
        "Enligt Certifieringsregel för brunnsborrare, kravspecifikation 2005-03-14",
        "gå till kundwebb.example.se/kontrollera och skriv SC1603-12",
        "Det ägs av SP Personcertifiering och kan återkallas.",
    ):
        assert words in text


def test_the_text_is_found_by_search_and_copy_too(tmp_path: Path) -> None:
    found = _tool(["pdftotext"], render(replace(FACE, holder_name="Åsa Öberg Ängström")), tmp_path, "-")
    for words in ("Åsa Öberg Ängström", "Härmed intygas att", "uppfyllda och är certifierad", "Läs av koden"):
        assert words in found


def test_the_english_certificate_is_english(tmp_path: Path) -> None:
    text = _text(render(replace(FACE, language="en")), tmp_path)
    for words in (
        "This is to certify that CE Person Test",
        "Valid from 2026-12-01",
        "TEST · NOT VALID AS EVIDENCE",
    ):
        assert words in text
    assert "Härmed" not in text


def test_only_a_test_key_marks_the_page(tmp_path: Path) -> None:
    assert "TEST · GÄLLER INTE SOM BEVIS" in _text(render(FACE), tmp_path)
    assert "INTE SOM BEVIS" not in _text(render(replace(FACE, is_test=False)), tmp_path)


def test_the_document_s_properties_are_right(tmp_path: Path) -> None:
    pdf = render(FACE)
    shown = dict(
        line.split(":", 1)
        for line in _tool(["pdfinfo", "-isodates"], pdf, tmp_path).splitlines()
        if ":" in line
    )
    properties = {key: value.strip() for key, value in shown.items()}
    assert properties["Title"] == "Certifikat SC1603-12"
    assert properties["Author"] == "SP Personcertifiering"
    assert properties["Subject"] == "Brunnsborrare, Ansvarig AB: CE Person Test"
    assert properties["CreationDate"].startswith("2026-11-30")
    assert (properties["Pages"], properties["Tagged"]) == ("1", "yes")
    assert properties["Page size"].endswith("(A4)")
    assert b"/DisplayDocTitle true" in pdf and b"/Lang (sv-SE)" in pdf


def test_every_font_is_embedded(tmp_path: Path) -> None:
    rows = _tool(["pdffonts"], render(FACE), tmp_path).splitlines()[2:]
    assert len(rows) == 5
    for row in rows:
        assert row.split()[-5:-2] == ["yes", "yes", "yes"], row
        assert "Inter" in row or "SpruceSerif" in row


def test_the_structure_is_read_from_heading_to_foot(tmp_path: Path) -> None:
    lines = _tool(["pdfinfo", "-struct"], render(FACE), tmp_path).splitlines()
    roles = [line.split()[0] for line in lines]
    assert roles[0] == "Document"
    assert (roles.count("H1"), roles.count("Figure")) == (1, 2)


@pytest.mark.parametrize(
    "face", [FACE, LONG, replace(LONG, language="en")], ids=["short", "long", "long English"]
)
def test_nothing_leaves_the_frame_and_nothing_overlaps(face: CertificateFace, tmp_path: Path) -> None:
    lines = _boxes(_tool(["pdftotext", "-bbox-layout"], render(face), tmp_path, "-"))
    assert len(lines) > 20
    for left, top, right, bottom in lines:
        assert left >= 70 and right <= 525 and top >= 30 and bottom <= 810
    for first in lines:
        for second in lines:
            assert first is second or not _overlap(first, second)


def test_a_scanner_reads_the_address_of_the_check(tmp_path: Path) -> None:
    _tool(["pdftoppm", "-r", "100", "-png", "-singlefile"], render(FACE), tmp_path, str(tmp_path / "page"))
    command = ["zbarimg", "-q", "--raw", str(tmp_path / "page.png")]
    scanned = subprocess.run(command, capture_output=True, text=True)
    assert scanned.stdout.strip() == FACE.verify_url


def test_the_same_certificate_is_the_same_bytes() -> None:
    assert render(FACE) == render(FACE)


def test_a_letter_with_its_accent_apart_is_written_as_one(tmp_path: Path) -> None:
    apart = replace(FACE, holder_name="A\N{COMBINING RING ABOVE}sa O\N{COMBINING DIAERESIS}berg")
    assert "Åsa Öberg" in _text(render(apart), tmp_path)


def test_a_name_that_cannot_be_written_is_not_certified() -> None:
    with pytest.raises(MissingLetter):
        render(replace(FACE, holder_name="Жанна"))


def test_braces_in_a_value_are_only_braces(tmp_path: Path) -> None:
    assert "{number} {0}" in _text(render(replace(FACE, level_title="{number} {0}")), tmp_path)


def test_a_signed_certificate_passes_the_strict_check(tmp_path: Path) -> None:
    make_test_key(tmp_path / "keys")
    key = load_key(tmp_path / "keys")
    moment = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
    signed = sign(render(FACE), key, reason="Certifikat utfärdat", location="Borås", moment=moment)
    assert check(signed, load_trust(tmp_path / "keys")).accepted
    assert "Signature is Valid" in _tool(["pdfsig", "-nocert"], signed, tmp_path)
    assert "Tagged:          yes" in _tool(["pdfinfo"], signed, tmp_path)
    assert "No syntax" in _tool(["qpdf", "--check"], signed, tmp_path)


def _boxes(layout: str) -> list[tuple[float, float, float, float]]:
    """Return the box of every line of text, in points."""
    boxes = []
    for line in layout.splitlines():
        if "<line " in line:
            numbers = [float(part.split('"')[0]) for part in line.split('="')[1:]]
            boxes.append((numbers[0], numbers[1], numbers[2], numbers[3]))
    return boxes


def _overlap(first: tuple[float, float, float, float], second: tuple[float, float, float, float]) -> bool:
    """Say if two lines share ink: more than the ascent and descent that line boxes have in common."""
    slack = 0.35 * min(first[3] - first[1], second[3] - second[1])
    across = min(first[2], second[2]) - max(first[0], second[0])
    down = min(first[3], second[3]) - max(first[1], second[1])
    return across > 0 and down > slack
