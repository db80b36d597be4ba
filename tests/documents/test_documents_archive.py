"""The tab Arkiv: every document of the certification, sorted and chosen by addresses."""

import pytest
import transaction

from sp.personcert.documents import queries
from tests.reading import address, column, tree, words

ADVICE = (
    "Vi rekommenderar därför våra kunder att absolut använda sig av dessa PDF certifikat när man sänder "
    "offerter till kunder."
)
WARNING = (
    "Att publicera en bild på sitt certifikat på en hemsida är något vi starkt avråder från då detta gör det "
    "mycket enkelt för oärliga personer att ladda hem certifikatet och manipulera för att själva använda."
)
NAMES = [
    "Tjänstgöringsintyg_C129289_130315_083310.pdf",
    "Kompletteringsbrev_NyCert_ca555436_2013-03-15.pdf",
    "Avgångsbetyg_C129289_130311_114105.pdf",
    "Certifikat_SC1603-12_C129289_2013-05-31.pdf",
    "Intyg_Svetsprov_C129289_121207_075124.pdf",
    "Kompletteringsbrev_NyCert_ca555436_2012-12-07.pdf",
    "Avgångsbetyg_C129289_121129_104620.docx",
    "Avgångsbetyg_C129289_120611_110117.pdf",
    "Övrig_Bilaga_C129289_120123_130022.pdf",
    "Övrig_Bilaga_C129289_111222_111757.docx",
]


@pytest.fixture
def tab(ceper, drillers):
    """The tab with a query."""
    return lambda query="": ceper.see(address(drillers, "arkiv") + query)


def names(page) -> list[str]:
    """The document names, from top to bottom."""
    return [words(link) for link in tree(page).xpath("//tbody//th/a")]


def handbook_names(page) -> list[str]:
    """Those of the handbook; the demonstration has more shared ones."""
    return [name for name in names(page) if name in NAMES]


def heading(page, title: str):
    """A column heading."""
    return next(th for th in tree(page).xpath("//thead//th") if words(th) == title)


@pytest.mark.handbook("H74", "H75", "H79", "H85")
def test_the_archive_lists_the_handbooks_documents_newest_first(tab):
    page = tab()
    assert [words(th) for th in tree(page).xpath("//thead//th")] == [
        "Datum",
        "Dokumentnamn",
        "Dokumenttyp",
        "Notering",
    ]
    assert handbook_names(page) == NAMES
    assert heading(page, "Datum").get("aria-sort") == "descending"
    assert column(page, "Datum") == sorted(column(page, "Datum"), reverse=True)


@pytest.mark.handbook("H76", "H83")
def test_each_row_says_its_type_and_its_note(tab):
    page = tab()
    assert set(column(page, "Dokumenttyp")) == {"Betyg/Intyg", "Kompletteringsbrev", "Certifikat", "Bilaga"}
    notes = dict(zip(names(page), column(page, "Notering"), strict=True))
    assert notes["Tjänstgöringsintyg_C129289_130315_083310.pdf"] == "test ny miljö"
    assert notes["Avgångsbetyg_C129289_130311_114105.pdf"] == ""


@pytest.mark.handbook("H79")
@pytest.mark.parametrize("title", ["Dokumentnamn", "Dokumenttyp", "Notering", "Datum"])
def test_every_heading_sorts_and_a_second_click_turns_the_order(tab, ceper, title):
    page = tab()
    once = ceper.see(heading(page, title).xpath(".//a/@href")[0])
    twice = ceper.see(heading(once, title).xpath(".//a/@href")[0])
    orders = {heading(once, title).get("aria-sort"), heading(twice, title).get("aria-sort")}
    assert orders == {"ascending", "descending"}
    cells = names if title == "Dokumentnamn" else (lambda found: column(found, title))
    rising, falling = sorted((cells(once), cells(twice)), key=lambda found: found[0].casefold())
    assert [cell.casefold() for cell in rising] == sorted(cell.casefold() for cell in rising)
    assert [cell.casefold() for cell in falling] == sorted(
        (cell.casefold() for cell in falling), reverse=True
    )


@pytest.mark.handbook("H80", "H81")
def test_the_drop_list_limits_the_list_and_the_tab_resets_it(tab, ceper):
    page = tab()
    form = page.forms[0] if "typ" in page.forms[0].fields else page.forms[1]
    label = tree(page).xpath("//label[@for='typ']")[0]
    assert words(label) == "Dokumenttyp som ska visas" and form["typ"].value == ""
    form["typ"] = "Kompletteringsbrev"
    chosen = ceper.submit(form)
    assert set(column(chosen, "Dokumenttyp")) == {"Kompletteringsbrev"} and len(names(chosen)) == 2
    sorted_too = ceper.see(heading(chosen, "Datum").xpath(".//a/@href")[0])
    assert names(sorted_too) == list(reversed(names(chosen)))
    assert len(names(tab())) > 2


@pytest.mark.handbook("H77", "H78")
def test_shared_documents_stand_under_every_certificate_and_others_do_not(tab, ceper, case):
    page = tab()
    rows = {words(row.xpath("./th/a")[0]): words(row) for row in tree(page).xpath("//tbody/tr")}
    shared = [name for name, row in rows.items() if "Gemensamt för alla dina certifikat" in row]
    assert "Avgångsbetyg_C129289_130311_114105.pdf" in shared
    assert "Tjänstgöringsintyg_C129289_130315_083310.pdf" in shared
    assert "Intyg_Svetsprov_C129289_121207_075124.pdf" not in shared
    other = ceper.see(address(case("ceper", "kontrollansvarig"), "arkiv"))
    assert sorted(names(other)) == sorted(shared)


@pytest.mark.handbook("H3", "H4")
def test_beside_a_certificate_stand_the_advice_and_the_warning(tab, ceper, case):
    assert ADVICE in words(tab()) and WARNING in words(tab())
    other = ceper.see(address(case("ceper", "kontrollansvarig"), "arkiv"))
    assert ADVICE not in words(other) and WARNING not in words(other)


@pytest.mark.handbook("H84")
def test_what_is_not_visible_is_shown_to_officers_alone(tab, visitor, drillers):
    hidden = queries.archive(drillers, document_type="Bilaga")[0]
    hidden.visible_to_customer = False
    transaction.commit()
    assert hidden.file_name not in names(tab())
    assert hidden.file_name in names(visitor("handlaggare").see(address(drillers, "arkiv")))


def test_an_empty_archive_says_what_will_come(visitor, case):
    page = visitor("enkel").see(address(case("enkel", "brunnsborrare"), "arkiv"))
    assert "Här finns inga dokument än." in words(page) and not names(page)


@pytest.mark.parametrize(
    "query", ["?sort=x", "?typ=<b>", "?ordning=x", "?sort=namn&sort=typ", "?typ=Bilaga&typ=x"]
)
def test_an_odd_address_shows_the_archive(tab, query):
    assert tab(query).status_int == 200


@pytest.mark.wall
@pytest.mark.handbook("H34")
def test_another_customers_archive_is_not_there(visitor, drillers):
    stranger = visitor("enkel")
    theirs = stranger.see(address(drillers, "arkiv"))
    made_up = stranger.see(f"{address(drillers)[:-4]}0000/@@arkiv")
    assert (theirs.status_int, theirs.body) == (404, made_up.body)


def test_an_order_that_is_said_twice_is_none(visitor, drillers):
    answer = visitor("ceper").see(f"{address(drillers, 'arkiv')}?ordning=stigande&ordning=fallande")
    assert answer.status_int == 200
