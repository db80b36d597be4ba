"""The tab Meddelanden: what was said, the newest first."""

from datetime import datetime

import pytest

from sp.personcert.foundation.clock import moved_to
from sp.personcert.foundation.content import new_id
from sp.personcert.messages import operations
from sp.personcert.messages.domain import MessageType
from tests.reading import address, tree, words

NOTICE = (
    "OBSERVERA: Meddelanden är inte avsedda för att skicka in kompletteringar eller långa texter. "
    "Om du önskar sända en längre text så skriver du denna i ett textprogram (Word t.ex.) och laddar "
    "upp detta som ett dokument."
)
REMINDER = (
    "Bästa kund, vi vill härmed göra Dig uppmärksam på att du inte har kompletterat de uppgifter "
    "som vi eftersökt."
)


@pytest.fixture
def tab(visitor, drillers):
    """The tab as the customer sees it, with a query."""
    return lambda query="": visitor("ceper").see(address(drillers, "meddelanden") + query)


def days(page) -> list[str]:
    """The dates of the rows."""
    return [words(time) for time in tree(page).xpath("//summary/time")]


@pytest.mark.handbook("H53", "H56", "H69", "H73")
def test_the_tab_has_its_columns_its_actions_and_its_notice(tab):
    page = tab()
    assert page.status_int == 200
    head = words(tree(page).xpath("//*[@class='kw-threads__head']")[0])
    assert head == "Datum Meddelandetyp Nytt meddelande"
    rows = tree(page).xpath("//li[@class='kw-thread']")
    assert rows and all(words(row).find("Svara") >= 0 for row in rows)
    assert NOTICE in words(page)


@pytest.mark.handbook("H57")
def test_the_newest_message_stands_first_and_the_heading_turns_the_list(tab, visitor):
    page = tab()
    assert days(page) == ["2013-03-15", "2013-03-15", "2013-03-15", "2013-03-08", "2012-12-07"]
    turned = visitor("ceper").see(tree(page).xpath("//*[@class='kw-threads__head']/a/@href")[0])
    assert days(turned) == list(reversed(days(page)))
    back = tree(turned).xpath("//*[@class='kw-threads__head']/a/@href")[0]
    assert days(visitor("ceper").see(back)) == days(page)


@pytest.mark.handbook("H54", "H55", "H58", "H61", "H62")
def test_each_entry_says_when_who_and_what(tab):
    page = tab()
    entries = [words(entry) for entry in tree(page).xpath("//article")]
    assert f"2013-03-08 05:30 · SPPER {REMINDER}" in entries
    assert any(entry.startswith("2012-12-07 07:45 · Handläggare Demo Vi behöver") for entry in entries)
    types = [words(kind) for kind in tree(page).xpath("//*[@class='kw-thread__type']")]
    assert set(types) == {"Komplettering", "Uppgiftsändring", "Notering", "Kompletteringspåminnelse"}


@pytest.mark.handbook("H60", "H63")
def test_a_history_folds_and_svara_stands_beside_it(tab):
    page = tree(tab())
    assert not page.xpath("//details[@open]//article")
    assert len(page.xpath("//li[@class='kw-thread']/details/summary")) == 5
    assert not page.xpath("//summary//a")
    assert len(page.xpath("//li[@class='kw-thread']/a[contains(., 'Svara')]")) == 5


def test_a_text_is_shown_as_it_was_written_and_never_as_markup(tab, drillers, acting):
    with acting("ceper"):
        operations.start(drillers, MessageType.NOTE, "Hej!\n<script>alert(1)</script> & <b>så</b>", new_id())
    page = tab()
    paragraph = next(p for p in tree(page).xpath("//article/p") if "alert(1)" in words(p))
    assert words(paragraph) == "Hej!<script>alert(1)</script> & <b>så</b>"
    assert not paragraph.xpath(".//script|.//b") and paragraph.xpath(".//br")


def test_twenty_stand_on_a_page_and_the_rest_on_the_next(tab, drillers, acting):
    with acting("ceper"):
        for number in range(17):
            with moved_to(datetime(2013, 4, 1 + number, 8, 0)):
                operations.start(drillers, MessageType.NOTE, f"Fråga {number}", new_id())
    first, second = tab(), tab("?fran=20")
    assert len(days(first)) == 20 and days(first)[0] == "2013-04-17"
    assert days(second) == ["2013-03-08", "2012-12-07"]
    assert "Nästa sida" in words(first) and "Föregående sida" in words(second)


@pytest.mark.parametrize(
    "query", ["?fran=x", "?fran=-1", "?fran=9999", "?ordning=x", "?svara=x", "?klart=<b>", "?fran=²"]
)
def test_an_odd_address_shows_the_list(tab, query):
    page = tab(query)
    assert page.status_int == 200 and len(days(page)) == 5
    assert not tree(page).xpath("//main//*[@role='status']")


def test_officers_see_the_same_messages(visitor, drillers):
    page = visitor("handlaggare").see(address(drillers, "meddelanden"))
    assert page.status_int == 200 and len(days(page)) == 5


@pytest.mark.wall
def test_another_customers_messages_are_not_there(visitor, drillers):
    stranger = visitor("enkel")
    theirs = stranger.see(address(drillers, "meddelanden"))
    made_up = stranger.see(f"{address(drillers)[:-4]}0000/@@meddelanden")
    assert (theirs.status_int, theirs.body) == (404, made_up.body)


@pytest.mark.wall
@pytest.mark.handbook("H34")
def test_a_message_of_somebody_else_opens_no_form(visitor, drillers, case):
    foreign = drillers.objectIds()[0]
    page = visitor("enkel").see(address(case("enkel", "brunnsborrare"), "meddelanden") + f"?svara={foreign}")
    assert page.status_int == 200 and not tree(page).xpath("//form[@id='svar']")
