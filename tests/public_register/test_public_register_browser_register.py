"""Looking somebody up in the public register."""

from dataclasses import replace
from datetime import date

import pytest

from sp.personcert.public_register import storage
from sp.personcert.public_register.domain import PublicEntry
from tests.reading import column, tree, words

ENTRY = PublicEntry(
    "",
    "",
    "brunnsborrare",
    "Brunnsborrare",
    "B",
    "",
    "Åre",
    date(2025, 1, 1),
    date(2099, 1, 1),
    "valid",
    True,
)


@pytest.fixture
def many(portal):
    """Seven more certified people, one of them not published, one withdrawn."""
    for n, name in enumerate(
        ("Alva Exempel", "Bo Exempel", "Disa Provperson", "Ebbe Öberg", "Frida Åström"), 9001
    ):
        storage.enter(replace(ENTRY, number=f"SC{n}-25", name=name), ())
    storage.enter(replace(ENTRY, number="SC9101-25", name="Gömd Exempel", published=False), ())
    storage.enter(replace(ENTRY, number="SC9102-25", name="Håkon Exempel", state="withdrawn"), ())


def names(page):
    """The names of the list."""
    return [words(link) for link in tree(page).xpath("//tbody//th/a")]


@pytest.mark.handbook("H2", "H51")
def test_the_register_lists_who_is_published_and_valid_by_name(visitor, many):
    page = visitor().see("/register")
    assert page.status_int == 200
    assert names(page)[:2] == ["Alva Exempel", "Bo Exempel"]
    assert "CE Person Test" in names(page)
    assert not {"Gömd Exempel", "Håkon Exempel"} & set(names(page))


@pytest.mark.parametrize(
    ("typed", "found"), [("exempel", 2), ("Bo", 1), ("öberg", 1), ("provp", 1), ("xyz", 0)]
)
def test_a_search_finds_by_the_beginning_of_a_name(visitor, many, typed, found):
    page = visitor().get("/plone/register", {"q": typed})
    assert len(names(page)) == found
    assert tree(page).xpath("//input[@name='q']")[0].get("value") == typed


def test_a_search_without_hits_says_what_to_try(visitor, many):
    assert "Pröva bara efternamnet" in words(visitor().see("/register?q=ingen"))


def test_a_certification_can_be_chosen(visitor, many):
    page = visitor().see("/register?typ=energiexpert")
    assert set(column(page, "Certifiering")) == {"Energiexpert"}
    assert tree(page).xpath("//option[@selected]/@value") == ["energiexpert"]


@pytest.mark.handbook("H32")
def test_every_certification_can_be_chosen(visitor):
    options = tree(visitor().see("/register")).xpath("//select[@name='typ']/option")
    assert [words(option) for option in options][:3] == ["Alla", "Brunnsborrare", "Grundläggare SAFE"]
    assert len(options) == 12


def test_a_long_list_goes_on_over_pages_with_the_same_search(visitor, many, monkeypatch):
    monkeypatch.setattr("sp.personcert.public_register.browser.register.PAGE_SIZE", 2)
    first = visitor().see("/register?typ=brunnsborrare")
    following = tree(first).xpath("//nav[@class='kw-pager']/a/@href")[0]
    assert "typ=brunnsborrare" in following
    second = visitor().see(following)
    assert names(first) == ["Alva Exempel", "Bo Exempel"]
    assert names(second) == ["Disa Provperson", "Ebbe Öberg"]
    assert "Visar 3–4, efter namn" in words(second)


def test_a_name_leads_to_the_check_of_its_number(visitor):
    page = visitor().see("/register?typ=energiexpert")
    link = tree(page).xpath("//tbody//th/a/@href")[0]
    assert words(tree(visitor().see(link)).get_element_by_id("svar")) == "Certifikatet gäller i dag"


@pytest.mark.wall
def test_the_register_shows_nothing_private(visitor, customer):
    person = customer("ceper")
    page = visitor().see("/register").text
    number = person.personal_identity_number
    assert not any(
        text in page for text in (number[2:], f"{number[2:8]}-", person.person.email, person.person.address)
    )
