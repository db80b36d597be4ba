"""The frame of a case: information field, turn, steps and tabs."""

from datetime import date

import pytest
from plone import api

from sp.personcert.cases.domain import Exam, ExamResult
from sp.personcert.checklist import queries as checklist
from sp.personcert.checklist.domain import unanswered
from sp.personcert.customers.domain import ContactMode
from tests.reading import address, tree, words

LABELS = [
    "Namn:",
    "Personnummer:",
    "Handläggare:",
    "Ärende:",
    "Vi når dig:",
    "Certifikat nr:",
    "Certifieringstyp:",
    "Plastkort:",
    "Publicerad:",
    "Giltig t.o.m.:",
    "Order nr:",
    "Behörighet:",
    "Tentamen:",
]


def field(page) -> dict[str, str]:
    """The information field."""
    pairs = tree(page).xpath("//dl[contains(@class, 'kw-info__list')]/div")
    return {words(pair.find("dt")): words(pair.find("dd")) for pair in pairs}


def tabs(page) -> list[str]:
    """The tabs of the work field."""
    return [words(link) for link in tree(page).xpath("//nav[@class='kw-tabs']/a")]


@pytest.fixture
def see(visitor, case):
    """A tab of a demonstration case, as somebody sees it."""

    def look(user_name: str, type_id: str = "brunnsborrare", tab: str = "din-adress", owner: str = "ceper"):
        return visitor(user_name).see(address(case(owner, type_id), tab))

    return look


@pytest.mark.handbook("H35", "H36", "H37", "H38", "H39", "H40", "H41", "H44", "H47", "H48")
def test_the_field_shows_thirteen_facts_in_the_handbooks_order(see):
    shown = field(see("ceper"))
    assert list(shown) == LABELS
    assert list(shown.values()) == [
        "CE Person Test",
        "811218-9876",
        "Handläggare Demo",
        "behandlas",
        "Digital",
        "–saknas",
        "Brunnsborrare",
        "Nej",
        "Nej",
        "Saknar giltighetsdatum",
        "FX216494",
        "–saknas",
        "–saknas",
    ]


@pytest.mark.handbook("H39", "H40")
def test_a_case_that_nobody_has_taken_waits_for_an_officer(see):
    shown = field(see("enkel", owner="enkel"))
    assert (shown["Handläggare:"], shown["Ärende:"]) == ("–saknas", "väntar på handläggare")


@pytest.mark.handbook("H43", "H45", "H46", "H49", "H50", "H51")
def test_a_granted_case_shows_certificate_level_validity_and_exam(see):
    shown = field(see("ceper", "energiexpert"))
    assert shown["Certifikat nr:"].startswith("SC") and shown["Certifikat nr:"].endswith("-25")
    assert shown["Giltig t.o.m.:"] == "2030-02-03"
    assert shown["Behörighet:"] != "–saknas"
    assert shown["Tentamen:"] == "2025-01-20 godkänd"
    assert (shown["Plastkort:"], shown["Publicerad:"], shown["Ärende:"]) == ("Nej", "Ja", "avslutat")


@pytest.mark.handbook("H41")
def test_who_is_reached_by_post_reads_analog(see, customer):
    customer("ceper").contact_mode = ContactMode.ANALOG
    assert field(see("ceper"))["Vi når dig:"] == "Analog"


@pytest.mark.handbook("H49")
def test_the_latest_marking_of_an_exam_counts(see, case):
    found = case("ceper", "brunnsborrare")
    found.exams = (
        Exam(date(2026, 5, 2), ExamResult.PASSED, "x"),
        Exam(date(2026, 3, 1), ExamResult.FAILED, "x"),
    )
    assert field(see("ceper"))["Tentamen:"] == "2026-05-02 godkänd"


@pytest.mark.handbook("H52", "H35")
@pytest.mark.parametrize("tab", ["meddelanden", "arkiv", "din-adress", "ladda-upp-intyg"])
def test_the_four_tabs_stand_under_the_field_in_order(see, tab):
    page = see("ceper", tab=tab)
    assert tabs(page) == ["Meddelanden", "Arkiv", "Din adress", "Ladda upp intyg"]
    assert list(field(page)) == LABELS
    here = tree(page).xpath("//nav[@class='kw-tabs']/a[@aria-current='page']")
    assert [link.get("href").rpartition("@@")[2] for link in here] == [tab]


@pytest.mark.handbook("H143")
def test_the_upload_tab_goes_with_the_decision(see):
    assert tabs(see("ceper", "energiexpert")) == ["Meddelanden", "Arkiv", "Din adress"]


def test_the_first_line_says_whose_turn_it_is(see, case):
    turn = words(tree(see("ceper")).xpath("//*[contains(@class, 'kw-turn')]")[0])
    count = len(unanswered(checklist.rows(case("ceper", "brunnsborrare"))))
    assert turn == f"Det är din tur. {count} rader under Ladda upp intyg väntar på svar. Till Ladda upp intyg"
    turn = words(tree(see("ceper", "energiexpert")).xpath("//*[contains(@class, 'kw-turn')]")[0])
    assert turn.startswith("Ärendet är avslutat.")


@pytest.mark.handbook("H38")
def test_staff_see_other_tabs_and_a_masked_number(see):
    page = see("handlaggare", tab="handlaggning")
    assert tabs(page) == ["Handlingar", "Meddelanden", "Arkiv", "Tentamen", "Beslut"]
    assert field(page)["Personnummer:"] == "811218-**** Visa personnummer"
    assert "9876" not in page.text
    assert "kund C129289" in words(page)


@pytest.mark.handbook("H45")
def test_the_level_applied_for_is_for_staff_alone(see):
    assert "(sökt)" in field(see("handlaggare", tab="handlaggning"))["Behörighet:"]
    assert "(sökt)" not in see("ceper").text


@pytest.mark.handbook("H159")
def test_an_officer_takes_and_gives_back_with_a_button(visitor, case):
    found, officer = case("enkel", "brunnsborrare"), visitor("handlaggare")
    page = officer.see(address(found, "handlaggning"))
    form = next(form for form in page.forms.values() if form.action.endswith("@@ta-arendet"))
    assert officer.submit(form).status_int == 303
    page = officer.see(address(found, "handlaggning"))
    assert field(page)["Handläggare:"] == "Handläggare Demo"
    form = next(form for form in page.forms.values() if form.action.endswith("@@lamna-tillbaka"))
    assert officer.submit(form).status_int == 303
    assert field(officer.see(address(found, "handlaggning")))["Ärende:"] == "väntar på handläggare"


def test_the_address_of_a_case_leads_to_a_tab(visitor, case):
    found = address(case("ceper", "brunnsborrare"))
    assert visitor("ceper").see(found).location.endswith("/@@meddelanden")
    assert visitor("handlaggare").see(found).location.endswith("/@@handlaggning")


def test_the_address_of_a_customer_leads_customers_home_and_staff_to_the_cases(visitor, customer):
    found = address(customer("ceper"))
    assert visitor("ceper").see(found).location.endswith("/start")
    page = visitor("handlaggare").see(found)
    assert len(tree(page).xpath("//tbody/tr")) == 11 and "ca555436" in words(page)


@pytest.mark.handbook("H34")
@pytest.mark.parametrize("tab", ["", "din-adress", "personcert-case"])
def test_somebody_elses_case_is_not_there(visitor, case, tab):
    assert visitor("enkel").see(address(case("ceper", "brunnsborrare"), tab)).status_int == 404


def test_an_officers_own_case_is_shown_as_to_any_customer(see, customer):
    customer("ceper").user_id = api.user.get(username="handlaggare").getId()
    assert tabs(see("handlaggare")) == ["Meddelanden", "Arkiv", "Din adress", "Ladda upp intyg"]
