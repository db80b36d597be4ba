"""A letter on paper: what stands on it, and where, as people and programs see it."""

import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from lxml import html

from sp.personcert.foundation.pdf.fonts import MissingLetter
from sp.personcert.postal_letters.pdf import Paper, render

DAY = date(2026, 11, 23)
POINTS_IN_MM = 72 / 25.4
PAPER = Paper(
    sender=("SP Personcertifiering", "Box 857", "501 15 Borås"),
    address=("CE Person Test", "Stumholmen 10", "371 23 Karlskrona"),
    day=DAY,
    reference="Kundnummer C129289",
    next_page=lambda page: f"Kundnummer C129289, sida {page}",
    subject="Du har ett nytt meddelande",
    paragraphs=(
        "Hej!",
        "Det finns ett nytt meddelande till dig på Kundwebben.",
        "Kundwebben: kundwebb.example.se",
        "Vänliga hälsningar\nSP Personcertifiering",
    ),
    language="sv",
)
LONG = replace(
    PAPER,
    sender=(
        "Personcertifieringen för bygg, energi, VVS och anläggning",
        "Box 857",
        "501 15 Borås",
    ),
    address=(
        "Wilhelmina Åsa-Charlotta Öberg von Ängström af Sjöblomsträsk Lindström",
        "Brunnsborrning och anläggningsarbeten i Mellersta Norrland Aktiebolag",
        "Långa gatan vid det gamla stationshuset 1234, uppgång C, fem trappor",
        "371 23 Karlskrona",
    ),
    subject="En påminnelse om något som du behöver läsa " * 3,
    paragraphs=("Det här är en mening som står i ett stycke av brevet. " * 20,) * 12,
)


@pytest.fixture
def paper(tmp_path):
    """Letters as a file."""

    def write(*papers: Paper) -> Path:
        path = tmp_path / "letters.pdf"
        path.write_bytes(render(papers, "SP Personcertifiering", DAY))
        return path

    return write


def said_by(command: list[str], path: Path, *more: str) -> str:
    """What a program says of the file."""
    run = subprocess.run([*command, path, *more], capture_output=True, check=True)
    return run.stdout.decode("utf-8", "replace")


def pages(path: Path) -> list[list[tuple[str, float, float, float, float]]]:
    """Of each page, each line of text with its box in millimetres: left, top, right, bottom."""
    said = said_by(["pdftotext", "-bbox-layout"], path, "-")
    found = html.fromstring(said.encode(), parser=html.HTMLParser(encoding="utf-8"))
    return [[_boxed(line) for line in page.iter("line")] for page in found.iter("page")]


def _boxed(line):
    box = (float(line.get(name)) / POINTS_IN_MM for name in ("xmin", "ymin", "xmax", "ymax"))
    return " ".join(" ".join(word.text_content() for word in line.iter("word")).split()), *box


def in_window(line) -> bool:
    """Whether some of it may be seen through the window of an envelope that the sheet has slipped in."""
    _text, left, top, right, bottom = line
    return right > 100 and left < 205 and bottom > 42 and top < 88


@pytest.mark.handbook("H42")
@pytest.mark.parametrize("one", [PAPER, LONG], ids=["short", "long"])
def test_the_address_and_nothing_else_stands_in_the_window(paper, one):
    seen = [line for line in pages(paper(one))[0] if in_window(line)]
    assert [line[0] for line in seen] == list(one.address)
    assert 105 <= seen[0][1] <= 115 and 45 <= seen[0][2] <= 55
    assert all(abs(line[1] - seen[0][1]) < 1 and line[3] <= 195 and line[4] <= 80 for line in seen)


def test_sender_date_number_and_text_are_read_in_this_order(paper):
    text = " ".join(said_by(["pdfinfo", "-struct-text"], paper(PAPER)).split())
    parts = (
        "SP Personcertifiering",
        "501 15 Borås",
        "2026-11-23",
        "Kundnummer C129289",
        "Stumholmen 10",
        "H1",
        "Du har ett nytt meddelande",
        "Det finns ett nytt meddelande till dig på Kundwebben.",
        "Kundwebben: kundwebb.example.se",
        "Vänliga hälsningar",
    )
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_each_letter_begins_on_a_page_of_its_own(paper):
    other = replace(PAPER, address=("Enkel Exempel", "Storgatan 1", "371 30 Karlskrona"))
    found = pages(paper(PAPER, other))
    assert [any(line[0] == "Enkel Exempel" for line in page) for page in found] == [False, True]
    assert all("Du har ett nytt meddelande" in [line[0] for line in page] for page in found)


def test_a_long_letter_goes_on_with_a_head_that_says_whose_it_is(paper):
    found = pages(paper(LONG, PAPER))
    texts = [" ".join(line[0] for line in page) for page in found]
    assert len(found) > 3
    assert "Kundnummer C129289, sida 2" in texts[1] and "sida 3" in texts[2]
    assert "sida" not in texts[-1] and "Hej!" in texts[-1]
    assert " ".join(texts).count("Det här är en mening som står i ett stycke av brevet.") == 240
    for page in found:
        assert all(left >= 20 and right <= 195 for _text, left, _top, right, _end in page)
        assert all(top > 10 and end < 280 for _text, _left, top, _right, end in page)


def test_a_paragraph_longer_than_a_page_is_parted(paper):
    endless = replace(PAPER, paragraphs=("Det här är en mening. " * 900,))
    found = pages(paper(endless))
    assert len(found) > 3
    assert sum(line[0].count("mening.") for page in found for line in page) == 900


def test_the_file_is_tagged_holds_no_script_and_says_its_languages(paper):
    path = paper(PAPER, replace(PAPER, language="en", subject="You have a new message"))
    facts = said_by(["pdfinfo"], path)
    for name, value in {
        "Title": "Brev 2026-11-23",
        "Tagged": "yes",
        "JavaScript": "no",
        "Pages": "2",
    }.items():
        assert f"{name}:" in facts and facts.partition(f"{name}:")[2].split("\n")[0].strip() == value
    assert facts.count("(A4)") == 1
    rows = said_by(["pdffonts"], path).splitlines()[2:]
    assert rows and all(row.split()[-5:-2] == ["yes", "yes", "yes"] for row in rows)
    whole = said_by(["qpdf", "--qdf", "--object-streams=disable"], path, "-")
    assert "/Lang (sv-SE)" in whole and whole.count("/Lang (en)") == 8
    assert whole.count("/StructParents 0") == whole.count("/StructParents 1") == 1
    subprocess.run(["qpdf", "--check", path], check=True, capture_output=True)


def test_the_fold_mark_stands_in_the_margin_at_half_the_height(paper):
    whole = said_by(["qpdf", "--qdf", "--object-streams=disable"], paper(PAPER), "-")
    marks = [line.split() for line in whole.splitlines() if line.endswith(" re f*")]
    assert any(abs(float(mark[2]) / POINTS_IN_MM - 148.5) < 0.3 and float(mark[1]) < 30 for mark in marks)


def test_a_sign_that_cannot_be_written_is_left_out_of_the_text_and_never_of_the_address(paper):
    texts = [line[0] for line in pages(paper(replace(PAPER, paragraphs=("Hej \N{GRINNING FACE} du",))))[0]]
    assert "Hej du" in texts
    with pytest.raises(MissingLetter):
        paper(replace(PAPER, address=("名 Test", "Storgatan 1", "371 30 Karlskrona")))
