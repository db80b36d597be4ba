"""After the login: start page, list of certifications, left menu."""

import re

import pytest

from sp.personcert.cases.queries import newest_by_type
from tests.handbook import TYPES
from tests.reading import address, column, tree, words


def menu(page) -> list[str]:
    """The certifications in the left menu."""
    return [words(link) for link in tree(page).xpath("//nav[contains(@class, 'kw-side')]//details//a")]


@pytest.mark.handbook("H15", "H31")
def test_the_start_page_says_what_to_do_and_what_one_has(visitor, customer):
    page = visitor("ceper").see("/start")
    text = words(page)
    assert "Hej CE Person Test" in text and "Kundnummer C129289" in text
    assert re.search(r"Skicka in handlingar: \d+ rader väntar på svar Brunnsborrare Din tur", text)
    rows = tree(page).xpath("//table//tbody//th")
    assert len(rows) == len(newest_by_type(customer("ceper"))) == 11
    assert "Gäller" in column(page, "Läge")
    assert "2030-02-03" in column(page, "Giltig t.o.m.")


def test_the_start_page_of_somebody_without_a_case_says_how_to_apply(visitor):
    text = words(visitor("tom").see("/start"))
    assert "Ingenting just nu." in text and "Du har inget ärende än." in text


@pytest.mark.parametrize("path", ["start", "din-adress", "mina-certifieringar"])
def test_own_pages_ask_the_public_to_log_in(visitor, path):
    assert visitor().see(f"/{path}").location.endswith(f"/login?came_from=%2Fplone%2F{path}")


@pytest.mark.parametrize(
    ("user_name", "path"),
    [("handlaggare", "/arenden"), ("beslutsfattare", "/arenden"), ("administrator", "/typer")],
)
def test_staff_come_to_their_own_first_page(visitor, user_name, path):
    assert visitor(user_name).see("/start").location.endswith(path)


@pytest.mark.handbook("H28")
def test_the_only_case_opens_at_once(visitor, case):
    answer = visitor("enkel").see("/mina-certifieringar")
    assert answer.location.endswith(address(case("enkel", "brunnsborrare"), "meddelanden"))


@pytest.mark.handbook("H27", "H29", "H31")
def test_several_certifications_are_listed(visitor):
    person = visitor("ceper")
    page = person.see("/personcertifiering").click("Mina Certifieringar", index=0)
    assert words(tree(page).xpath("//h1")[0]) == "Mina Certifieringar"
    assert len(tree(page).xpath("//table//tbody/tr")) == 11


@pytest.mark.handbook("H25", "H26", "H30")
def test_the_left_menu_names_every_certification(visitor):
    page = visitor("ceper").see("/start").click("Personcertifiering", index=0)
    side = tree(page).xpath("//nav[contains(@class, 'kw-side')]")[0]
    assert words(side).startswith("Personcertifiering Mina Certifieringar Mina Certifikat")
    assert menu(page) == TYPES


@pytest.mark.handbook("H29", "H33")
def test_the_open_certification_is_marked_in_the_menu(visitor):
    person = visitor("ceper")
    page = person.see("/personcertifiering").click("Energiexpert", index=0)
    marked = tree(page).xpath("//nav[contains(@class, 'kw-side')]//a[@aria-current='true']")
    assert [words(link) for link in marked] == ["Energiexpert"]
    assert words(tree(page).xpath("//h1")[0]) == "Energiexpert"
    narrow = tree(page).xpath("//details[contains(@class, 'kw-side--narrow')]/summary")[0]
    assert words(narrow) == "Mina Certifikat: Energiexpert"
