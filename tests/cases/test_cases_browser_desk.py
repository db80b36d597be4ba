"""The officers' work lists, taking a case and giving it back."""

import pytest

from sp.personcert.cases import operations, queries
from sp.personcert.cases.domain import CaseState
from sp.personcert.cases.queries import WorkList
from sp.personcert.foundation.transitions import state_of
from tests.reading import address, tree, words
from tests.sending import form_to, forms_to, reread


@pytest.fixture
def waiting(case):
    """A case that nobody has taken."""
    return case("enkel", "brunnsborrare")


def numbers(page):
    """The case numbers of the list, from top to bottom."""
    return [words(link) for link in tree(page).xpath("//tbody//th/a")]


@pytest.mark.handbook("H160")
def test_a_work_list_shows_what_has_waited_longest_first(visitor, acting):
    with acting("handlaggare"):
        expected = [case.case_number for case in queries.work_list(WorkList.WAITING.value)]
    page = visitor("handlaggare").see("/arenden?lista=waiting")
    assert len(expected) > 3
    assert numbers(page) == expected


@pytest.mark.handbook("H160")
def test_a_pressed_meddela_oss_stands_in_its_list_with_the_day(visitor, acting, waiting):
    with acting("ceper"):
        operations.mark_notified(waiting)
    page = visitor("handlaggare").see("/arenden?lista=notified")
    assert waiting.case_number in numbers(page)
    assert waiting.notified_at.date().isoformat() in words(page)


def test_every_list_has_a_tile_with_its_number(visitor):
    page = visitor("handlaggare").see("/arenden")
    tiles = [words(tile) for tile in tree(page).xpath("//ul[@class='kw-tiles']/li")]
    titles = [tile.partition(" ")[2] for tile in tiles]
    assert titles == [
        "MEDDELA OSS",
        "Väntar på handläggare",
        "Meddelanden att besvara",
        "Inför beslut",
        "Mina ärenden",
    ]


def test_an_own_list_shows_what_the_officer_has_taken(visitor, case):
    page = visitor("handlaggare").see("/arenden?lista=mine")
    assert case("ceper", "brunnsborrare").case_number in numbers(page)
    assert forms_to(page, "ta-arendet") == []


def test_a_list_goes_on_over_pages(visitor, monkeypatch):
    monkeypatch.setattr("sp.personcert.cases.browser.desk.PAGE_SIZE", 4)
    person = visitor("handlaggare")
    first, second = (person.see(f"/arenden?lista=waiting&sida={n}") for n in (1, 2))
    assert len(numbers(first)) == 4
    assert not set(numbers(first)) & set(numbers(second))
    assert "sida=2" in first.text and "sida=1" in second.text


@pytest.mark.handbook("H159", "H39", "H40")
def test_an_officer_takes_a_case_from_the_list(visitor, waiting):
    person = visitor("handlaggare")
    page = person.see("/arenden?lista=waiting")
    answer = person.submit(form_to(page, "ta-arendet", waiting.getId()))
    reread()
    assert answer.status_int == 303
    assert answer.location.endswith(f"{waiting.getId()}/@@handlaggning")
    assert state_of(waiting) == CaseState.IN_PROGRESS
    assert waiting.officer_name == "Handläggare Demo"


def test_taking_twice_with_one_form_is_taking_once(visitor, waiting):
    person = visitor("handlaggare")
    form = form_to(person.see("/arenden?lista=waiting"), "ta-arendet", waiting.getId())
    assert [person.submit(form).status_int for _ in range(2)] == [303, 303]
    reread()
    assert len(waiting.handled_by) == 1


def test_a_case_that_a_colleague_took_meanwhile_is_not_taken_over_unseen(visitor, waiting):
    first, second = visitor("handlaggare"), visitor("handlaggare2")
    form = form_to(second.see("/arenden?lista=waiting"), "ta-arendet", waiting.getId())
    first.submit(form_to(first.see("/arenden?lista=waiting"), "ta-arendet", waiting.getId()))
    answer = second.submit(form)
    reread()
    assert answer.status_int == 422
    assert "Handläggare nu: Handläggare Demo" in words(answer)
    assert waiting.officer_name == "Handläggare Demo"
    assert second.submit(form_to(answer, "ta-arendet")).status_int == 303
    reread()
    assert waiting.officer_name == "Handläggare Demo Två"


@pytest.mark.handbook("H159", "H40")
def test_an_officer_gives_a_case_back(visitor, case):
    taken = case("ceper", "brunnsborrare")
    person = visitor("handlaggare")
    answer = person.submit(form_to(person.see(address(taken, "lamna-tillbaka")), "lamna-tillbaka"))
    reread()
    assert answer.status_int == 303
    assert (taken.officer_id, state_of(taken)) == ("", CaseState.WAITING)


def test_a_form_without_its_token_takes_nothing(visitor, waiting):
    answer = visitor("handlaggare").send(address(waiting, "ta-arendet"))
    reread()
    assert answer.status_int == 403
    assert (waiting.officer_id, state_of(waiting)) == ("", CaseState.WAITING)


def test_a_decision_maker_reads_the_lists_and_takes_nothing(visitor):
    page = visitor("beslutsfattare").see("/arenden?lista=waiting")
    assert page.status_int == 200
    assert numbers(page)
    assert forms_to(page, "ta-arendet") == []


@pytest.mark.wall
def test_the_lists_are_for_staff_alone(visitor):
    assert visitor("ceper").see("/arenden").status_int == 404
    answer = visitor().see("/arenden")
    assert answer.status_int in (302, 303)
    assert "login" in answer.location


@pytest.mark.wall
def test_a_customer_finds_no_officers_form_on_the_own_case(visitor, case):
    own = case("ceper", "brunnsborrare")
    person = visitor("ceper")
    for view in ("ta-arendet", "lamna-tillbaka", "tentamen", "handlaggning", "bedom", "beslut", "bevilja"):
        assert person.see(address(own, view)).status_int == 404, view
