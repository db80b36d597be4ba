"""The officers' page: what will be sent until a day, and what was."""

from datetime import date, datetime

import pytest
import transaction

from sp.personcert.customers.domain import ContactMode
from sp.personcert.foundation.clock import moved_to
from sp.personcert.reminders import operations, storage
from sp.personcert.reminders.queries import key_of
from tests.reading import address, column, tree, words
from tests.reminders.promises import NAME

VIEW = "paminnelser"
POINTS = (("june", "m6", date(2026, 12, 1)), ("june", "m3", date(2028, 3, 1)))


@pytest.fixture(autouse=True)
def november(at):
    """The day of the tests."""
    at(datetime(2026, 11, 24, 9, 0))


@pytest.fixture
def officer(drillers, promise, visitor):
    """An officer, once something is promised in the handbook's case."""
    promise(drillers, *POINTS)
    return visitor("handlaggare")


@pytest.mark.handbook("H6", "H175")
def test_the_page_foresees_a_year(officer, drillers):
    page = officer.see(address(drillers, VIEW))
    assert page.status_int == 200
    assert column(page, "Vad") == ["Löften Varför: löftet m6 är inte infriat"]
    assert column(page, "Hur") == ["Meddelande och e-post"]
    assert column(page, "Text") == ["Löfte june m6"]
    assert [words(day) for day in tree(page).xpath("//tbody//time")] == ["2026-12-01"]


def test_another_day_is_asked_for_in_the_form(officer, drillers):
    page = officer.see(address(drillers, VIEW))
    form = next(
        form for form in page.forms.values() if form.method.lower() == "get" and "till" in form.fields
    )
    assert form["till"].value == "2027-11-24"
    form["till"] = "2028-03-01"
    page = officer.submit(form)
    assert column(page, "Text") == ["Löfte june m6", "Löfte june m3"]
    page = officer.see(address(drillers, VIEW) + "?till=2026-11-30")
    assert "Inga påminnelser skickas till och med den dagen." in words(page)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("i morgon", "Skriv dagen som 2027-11-24."),
        ("2027-02-30", "Skriv dagen som 2027-11-24."),
        ("", "Skriv dagen som 2027-11-24."),
        ("2026-11-23", "Välj en dag från och med i dag."),
        ("<script>", "Skriv dagen som 2027-11-24."),
    ],
)
def test_a_day_that_means_nothing_is_explained_at_the_field(officer, drillers, typed, sentence):
    page = officer.see(f"{address(drillers, VIEW)}?till={typed}")
    (shown,) = tree(page).xpath("//p[@id='till-error']|//*[@id='till-error']")
    assert sentence in words(shown)
    assert tree(page).xpath("//input[@id='till']/@value") == [typed]
    assert column(page, "Text") == []


def test_what_was_handled_stands_below_with_its_reason(officer, drillers):
    with moved_to(datetime(2028, 3, 1, 5, 30)):
        operations.send(NAME, key_of(drillers), "june", "m3")
    transaction.commit()
    page = officer.see(address(drillers, VIEW))
    assert column(page, "Vad det blev") == ["Skickad", "Inte skickad: en senare gick i stället"]
    assert column(page, "Vad") == [
        "Löften Varför: löftet m3 är inte infriat",
        "Löften Varför: löftet m6 är inte infriat",
    ]


def test_a_customer_who_is_reached_by_post_gets_letters(officer, drillers):
    drillers.__parent__.contact_mode = ContactMode.ANALOG
    transaction.commit()
    assert column(officer.see(address(drillers, VIEW)), "Hur") == ["Meddelande och brev"]


def test_the_way_to_the_page_is_on_the_case(officer, drillers):
    page = officer.see(address(drillers, "handlaggning"))
    assert page.click(href="@@paminnelser").status_int == 200


def test_looking_leaves_everything_as_it_was(officer, drillers):
    before = list(storage.due(NAME, date(2040, 1, 1)))
    officer.see(address(drillers, VIEW))
    transaction.begin()
    assert list(storage.due(NAME, date(2040, 1, 1))) == before
    assert storage.settled(NAME, key_of(drillers)) == {}


@pytest.mark.wall
@pytest.mark.parametrize("who", ["ceper", "enkel", "administrator"])
def test_nobody_but_the_desk_sees_it(officer, visitor, drillers, who):
    assert visitor(who).see(address(drillers, VIEW)).status_int == 404


def test_decision_makers_read_it_too(officer, visitor, drillers):
    assert visitor("beslutsfattare").see(address(drillers, VIEW)).status_int == 200
