"""The pages in English: no Swedish of ours is left on them."""

import re

import pytest
from lxml import html
from scripts.update_translations import ENGLISH, read
from zope.i18n import translate

from sp.personcert import _
from sp.personcert.cases import queries as cases
from sp.personcert.cases.browser.desk import waited
from sp.personcert.certification_types import queries as types
from sp.personcert.certification_types.domain import DocumentType
from sp.personcert.demo.people import STAFF
from sp.personcert.portal.stock_pages import PAGES
from tests.reading import address, tree, words

SWEDISH = re.compile(
    r"\b(Logga|och|är|för|inte|du|Handläggare|[Ää]rende\w*|Meddelanden?|Sök|Ladda|Spara|Beslut|Handlingar"
    r"|[Kk]unden|Kundens|Godkän\w+|Rättad|Giltig|Gäller|Förnyelse|Behörighet\w*|Datum|Namn|Skriv|Välj)\b"
)
#: What people wrote: messages, and the texts of stock pages.
WRITTEN = (
    "//*[contains(@class, 'kw-text') or contains(@class, 'kw-entry') or contains(@class, 'kw-thread__line')]"
)
SAME = {entry.text for entry in read(ENGLISH).values() if entry.text == entry.default}
SPOKEN = ("aria-label", "data-label", "title", "placeholder", "alt")
PUBLIC = (
    "",
    "/login",
    "/glomt-losenord",
    "/ansokan",
    "/kontrollera",
    "/kontrollera?nr=",
    "/kontrollera?nr=SC0-0",
    "/kontrollera?nr=SC1603-12",
    "/register",
    "/register?q=nobody",
)
OWN = ("/start", "/din-adress", "/mina-certifieringar", "/personcertifiering", "/logout")
TABS = (
    "meddelanden",
    "meddelanden?nytt=1",
    "meddelanden?ordning=aldst",
    "arkiv",
    "arkiv?typ=Bilaga",
    "din-adress",
    "ladda-upp-intyg",
    "ladda-upp?plats=welding",
)
DESK = (
    "handlaggning",
    "handlaggning?slot=school",
    "meddelanden",
    "meddelanden?nytt=1",
    "arkiv",
    "tentamen",
    "beslut",
    "lamna-tillbaka",
)
LISTS = ("notified", "waiting", "messages", "ready", "mine")


@pytest.fixture
def reader(visitor):
    """A visitor who has chosen English."""

    def read_as(user_name=""):
        person = visitor(user_name)
        person.see("/sprak?till=en")
        assert person.cookies["I18N_LANGUAGE"] == "en"
        return person

    return read_as


def ours(page) -> html.HtmlElement:
    """The page without what people wrote."""
    found = tree(page)
    for element in found.xpath(WRITTEN):
        element.drop_tree()
    return found


def pieces(element) -> set[str]:
    """What is read of a page, piece by piece: texts, and attributes that are spoken."""
    spoken = [value for name in SPOKEN for value in element.xpath(f"//@{name}")]
    return {" ".join(piece.split()) for piece in (*element.xpath("//text()"), *spoken)}


def swedish_on(page, content=()) -> set[str]:
    """Swedish texts and words on a page, apart from content."""
    element, entries = ours(page), read(ENGLISH).values()
    known = {*content, *(person.full_name for person in STAFF), *sum(PAGES.values(), ())}
    swedish = {entry.default for entry in entries} - {entry.text for entry in entries} - known
    said = words(element)
    for text in sorted(known, key=len, reverse=True):
        said = said.replace(" ".join(text.split()), "")
    return (pieces(element) & swedish) | set(SWEDISH.findall(said))


def content_of(case) -> list[str]:
    """What a certification type says: it is content."""
    texts = [text for slot in case.rule.slots for text in (slot.title, slot.help_text)]
    return [case.rule.reference, *filter(None, texts)]


def must_be_english(page, content=()) -> None:
    """The page is there, says that it is English, and is."""
    assert page.status_int in (200, 422)
    assert tree(page).get("lang") == "en"
    assert not swedish_on(page, content), page.request.path_qs


@pytest.mark.parametrize("path", PUBLIC)
def test_a_public_page_is_english(reader, path):
    must_be_english(reader().see(path))


@pytest.mark.parametrize("path", OWN)
def test_an_own_page_is_english(reader, path):
    must_be_english(reader("ceper").see(path))


@pytest.mark.parametrize("tab", TABS)
def test_a_tab_of_a_case_is_english_to_its_customer(reader, drillers, tab):
    must_be_english(reader("ceper").see(address(drillers, tab)), content_of(drillers))


@pytest.mark.parametrize("tab", DESK)
def test_a_tab_of_a_case_is_english_to_its_officer(reader, drillers, tab):
    must_be_english(reader("handlaggare").see(address(drillers, tab)), content_of(drillers))


@pytest.mark.parametrize("user_name", ["ceper", "handlaggare", "beslutsfattare"])
def test_a_case_is_english_wherever_it_stands(reader, customer, user_name):
    person = reader(user_name)
    for case in cases.of_customer(customer("ceper")):
        view = "meddelanden" if user_name == "ceper" else "beslut"
        must_be_english(person.see(address(case, view)), content_of(case))


@pytest.mark.parametrize("name", LISTS)
def test_a_work_list_is_english(reader, name):
    must_be_english(reader("handlaggare").see(f"/arenden?lista={name}"))


def test_a_customer_is_english_to_an_officer(reader, customer):
    must_be_english(reader("handlaggare").see(address(customer("ceper"))))


def test_the_pages_of_an_administrator_are_english(reader, portal, drillers):
    person = reader("administrator")
    references = [one.rule.reference for one in types.all_types()]
    must_be_english(person.see("/typer"), references)
    page = person.see(address(types.by_id(drillers.type_id), "redigera"))
    must_be_english(page, [*content_of(drillers), *(kind.value for kind in DocumentType)])


def test_what_is_refused_is_refused_in_english(reader, drillers):
    public, person = reader(), reader("ceper")
    form = public.see("/login").forms["login"]
    form["user_name"], form["password"] = "ceper", "wrong"
    must_be_english(public.submit(form))
    form = person.see(address(drillers, "meddelanden?nytt=1")).forms["nytt"]
    page = person.submit(form, "do", "save")
    must_be_english(page)
    assert "Choose a message type." in words(page)


def test_english_keeps_numbers_and_names_in_their_places(portal):
    def english(message):
        return translate(message, target_language="en")

    rows = _("turn_rows", default="${count} rader", mapping={"count": 3})
    assert english(rows) == "3 rows under Upload documents wait for an answer."
    checked = _("text_checked_number", default="-", mapping={"day": "14 May 2026", "number": "SC1603-12"})
    assert english(checked) == "Certificate SC1603-12, checked 14 May 2026"
    inner = _("list_mine", default="Mina ärenden")
    outer = _("heading_oldest_first", default="${list}, äldst först", mapping={"list": inner})
    assert english(outer) == "My cases, oldest first"


def test_one_and_many_have_sentences_of_their_own(portal):
    said = [translate(waited(days), target_language="en") for days in (0, 1, 2)]
    assert said == ["today", "1 day", "2 days"]


@pytest.mark.parametrize("path", PUBLIC)
def test_whoever_chooses_nothing_reads_swedish(visitor, path):
    page = visitor().see(path)
    english = {entry.text for entry in read(ENGLISH).values()}
    assert tree(page).get("lang") == "sv"
    assert not pieces(tree(page)) & (english - SAME)


def test_a_message_that_is_sent_in_swedish_does_not_fall_back_to_english(portal):
    assert translate(_("button_save", default="Spara"), target_language="sv") == "Spara"
