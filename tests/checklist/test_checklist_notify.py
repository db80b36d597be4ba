"""MEDDELA OSS: one notice, however often it is pressed."""

from datetime import datetime

import pytest
import transaction

from sp.personcert.cases import queries as cases
from sp.personcert.checklist import operations, queries
from sp.personcert.checklist.domain import Verdict
from sp.personcert.foundation.content import new_id
from sp.personcert.messages import queries as messages
from tests.reading import address, tree, words

MISSING = ["Juridik och Hydrogeologi", "Heta arbeten", "Säkerhet på väg", "Projektlista/Uppdragslista"]


@pytest.fixture
def answered(drillers, acting):
    """The case with every row answered."""
    with acting("ceper"):
        for row in queries.rows(drillers):
            if row.is_open:
                operations.answer_with_reason(drillers, row.slot.key, "Kommer med post.", new_id())
    return drillers


def button_form(page):
    """The form with MEDDELA OSS."""
    return page.forms["klar"]


def notices(case) -> int:
    """How many threads the notice has made."""
    transaction.begin()
    return sum("dina handlingar är inskickade" in row.entries[-1].text for row in messages.threads(case))


@pytest.mark.handbook("H119", "H133")
def test_below_the_table_stands_meddela_oss(visitor, drillers):
    page = visitor("ceper").see(address(drillers, "ladda-upp-intyg"))
    form = tree(page).xpath("//form[@id='klar']")[0]
    assert [words(button) for button in form.xpath(".//button")] == ["MEDDELA OSS"]
    assert "Klicka endast en gång!" in words(form)
    assert all(title in words(form) for title in MISSING)


@pytest.mark.handbook("H134")
def test_unanswered_rows_are_named_and_nothing_is_sent(visitor, drillers):
    ceper = visitor("ceper")
    page = ceper.submit(button_form(ceper.see(address(drillers, "ladda-upp-intyg"))))
    assert page.status_int == 422
    box = words(tree(page).xpath("//*[@role='alert']")[0])
    assert all(title in box for title in MISSING) and "Svetsprov" not in box
    assert notices(drillers) == 0 and drillers.notified_at is None


@pytest.mark.handbook("H132", "H133")
def test_one_press_tells_the_officers_and_the_page_confirms_it(visitor, answered, at):
    at(datetime(2013, 3, 18, 9, 20))
    ceper = visitor("ceper")
    page = ceper.submit(button_form(ceper.see(address(answered, "ladda-upp-intyg")))).follow()
    said = words(tree(page).xpath("//main//*[@role='status']")[0])
    assert said.startswith("Vi har fått din anmälan. Den kom in 2013-03-18 09:20.")
    assert not tree(page).xpath("//button[contains(., 'MEDDELA OSS')]")
    assert notices(answered) == 1
    assert cases.length(cases.WorkList.NOTIFIED) == 1


@pytest.mark.handbook("H133")
def test_many_presses_make_one_notice(visitor, answered):
    ceper = visitor("ceper")
    form = button_form(ceper.see(address(answered, "ladda-upp-intyg")))
    assert [ceper.submit(form).status_int for _ in range(4)] == [303] * 4
    assert notices(answered) == 1


@pytest.mark.handbook("H135")
def test_an_answer_that_must_be_supplemented_arms_the_button_again(visitor, answered, acting, at):
    at(datetime(2013, 3, 18, 9, 20))
    with acting("ceper"):
        operations.notify_us(answered)
    at(datetime(2013, 3, 19, 9, 20))
    with acting("handlaggare"):
        answer = queries.newest(answered, "welding")
        operations.judge(answered, "welding", answer.answer_id, Verdict.INSUFFICIENT, "För gammalt.")
    at(datetime(2013, 3, 20, 9, 20))
    with acting("ceper"):
        operations.answer_with_reason(answered, "welding", "Ett nytt kommer.", new_id())
    ceper = visitor("ceper")
    page = ceper.submit(button_form(ceper.see(address(answered, "ladda-upp-intyg")))).follow()
    assert "Den kom in 2013-03-20 09:20." in words(page) and notices(answered) == 2
    assert not queries.may_notify(answered)


@pytest.mark.wall
def test_without_its_token_nothing_is_sent(visitor, answered):
    ceper = visitor("ceper")
    form = button_form(ceper.see(address(answered, "ladda-upp-intyg")))
    form["form_token"] = "0" * 64
    page = ceper.submit(form)
    assert page.status_int == 403 and "Sidan var för gammal" in words(page)
    assert notices(answered) == 0
    assert ceper.submit(button_form(page)).status_int == 303 and notices(answered) == 1


@pytest.mark.wall
def test_an_officer_cannot_press_for_the_customer(visitor, answered):
    assert visitor("handlaggare").send(address(answered, "meddela-oss"), {"a": "b"}).status_int == 404
    assert notices(answered) == 0
