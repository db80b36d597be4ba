"""The officers' page, and what the customer sees of it."""

from datetime import date, datetime

import pytest
from plone import api

from sp.personcert.cases import operations as cases
from sp.personcert.cases.domain import CaseState
from sp.personcert.checklist import operations as checklist
from sp.personcert.customers import operations as customers
from sp.personcert.foundation.content import new_id
from sp.personcert.foundation.transitions import state_of
from sp.personcert.supplements import queries
from sp.personcert.supplements.domain import Item
from tests.reading import address, tree, words
from tests.sending import form_to, reread
from tests.supplements.story import OLD

PAGES = ("komplettering", "ta-tillbaka-komplettering")


def form_of(person, case):
    """The form that asks."""
    return form_to(person.see(address(case, "komplettering")), "komplettering")


def error_at(page, field):
    """The sentence at a field."""
    return words(tree(page).get_element_by_id(f"{field}-error"))


def turn(page):
    """The line that says whose turn it is."""
    return words(tree(page).xpath("//*[contains(@class, 'kw-turn')]")[0])


@pytest.mark.handbook("H136")
def test_what_is_missing_or_insufficient_is_ticked_with_its_reason(visitor, drillers, judged, acting):
    form = form_of(visitor("handlaggare"), judged)
    assert [box.checked for box in form.fields["row"]] == [True]
    assert form["wish-welding"].value == OLD
    assert form["answer_by"].value == "2027-02-21"
    assert "wish-hot_work" not in form.fields


def test_a_row_without_an_answer_is_ticked_when_it_is_required(visitor, drillers, at):
    at(datetime(2026, 11, 24, 9, 0))
    page = visitor("handlaggare").see(address(drillers, "komplettering"))
    form = form_to(page, "komplettering")
    boxes = {box._value: box.checked for box in form.fields["row"]}
    assert boxes["hot_work"] and boxes["law"] and "welding" not in boxes
    assert "Svar som inte är bedömda" in words(page)


@pytest.mark.handbook("H136", "H163", "H55", "H58")
def test_the_officer_asks_and_the_customer_reads_what_and_by_when(visitor, judged):
    officer = visitor("handlaggare")
    form = form_of(officer, judged)
    form["wish-welding"], form["text"] = "Ett prov som är yngre än fem år.", "Ring om du undrar."
    form["answer_by"] = "2026-12-14"
    page = officer.submit(form).follow()
    assert "Begäran är skickad till kunden." in words(page)
    assert "Svetsprov: Ett prov som är yngre än fem år." in words(page) and "2026-12-14" in words(page)
    seen = words(visitor("ceper").see(address(judged, "meddelanden")))
    assert "Komplettering" in seen and "Handläggare Demo" in seen
    assert "– Svetsprov: Ett prov som är yngre än fem år." in seen and "Ring om du undrar." in seen
    assert "Vi behöver ditt svar senast 2026-12-14." in seen


@pytest.mark.handbook("H135")
def test_the_customers_pages_say_that_a_supplement_is_asked_for(visitor, judged, ask, at):
    ask(judged, answer_by=date(2026, 12, 14))
    ceper = visitor("ceper")
    page = ceper.see(address(judged, "ladda-upp-intyg"))
    assert turn(page).startswith(
        "Det är din tur. Komplettera senast 2026-12-14. En rad under Ladda upp intyg väntar på svar."
    )
    assert words(tree(page).xpath("//form[@id='klar']//button")[0]) == "MEDDELA OSS"
    start = words(ceper.see("/start"))
    assert "Komplettera din ansökan: en rad väntar på svar" in start and "Komplettera" in start
    at(datetime(2026, 12, 15, 9, 0))
    late = turn(visitor("ceper").see(address(judged, "ladda-upp-intyg")))
    assert "Sista dagen att komplettera var 2026-12-14." in late


@pytest.mark.handbook("H135")
def test_what_is_asked_in_words_alone_is_the_customers_turn_too(visitor, judged, ask, answer, at):
    at(datetime(2026, 11, 25, 9, 0))
    answer(judged)
    at(datetime(2026, 11, 26, 9, 0))
    ask(judged, (), "Vem är licensierad svetsare?", date(2026, 12, 14))
    ceper = visitor("ceper")
    page = ceper.see(address(judged, "ladda-upp-intyg"))
    assert "Det vi behöver står under Meddelanden." in turn(page)
    assert "Komplettera din ansökan: läs vad vi behöver" in words(ceper.see("/start"))
    page = ceper.submit(page.forms["klar"]).follow()
    reread()
    assert "Vi har fått din anmälan." in words(page)
    assert queries.requests(judged)[-1].answered_at and state_of(judged) == CaseState.IN_PROGRESS


def test_the_officers_pages_lead_to_it_and_say_what_is_waited_for(visitor, judged, ask):
    officer = visitor("handlaggare")
    link = tree(officer.see(address(judged, "handlaggning"))).xpath("//a[contains(@href, '@@komplettering')]")
    assert words(link[0]) == "Begär komplettering"
    ask(judged)
    page = visitor("handlaggare").see(address(judged, "handlaggning"))
    assert words(tree(page).xpath("//a[contains(@href, '@@komplettering')]")[0]) == "Begärd komplettering"
    assert "Komplettering begärdes 2026-11-24. Sista dagen att svara är 2027-02-21." in turn(page)


@pytest.mark.handbook("H136")
def test_the_officer_takes_it_back(visitor, judged, ask):
    ask(judged)
    officer = visitor("handlaggare2")
    form = form_to(officer.see(address(judged, "komplettering")), "ta-tillbaka-komplettering")
    page = officer.submit(form).follow()
    assert "Begäran är återtagen, och kunden har fått ett meddelande om det." in words(page)
    assert "2026-11-24 Handläggare Demo: återtagen 2026-11-24" in words(page)
    assert officer.submit(form).status_int == 303
    reread()
    assert queries.open_request(judged) is None and state_of(judged) == CaseState.IN_PROGRESS
    seen = words(visitor("ceper").see(address(judged, "meddelanden")))
    assert "Vi har tagit tillbaka vår begäran om komplettering från 2026-11-24" in seen


def test_what_was_answered_meanwhile_is_not_taken_back(visitor, judged, ask, answer):
    ask(judged)
    officer = visitor("handlaggare")
    form = form_to(officer.see(address(judged, "komplettering")), "ta-tillbaka-komplettering")
    answer(judged)
    visitor()
    page = officer.submit(form)
    assert page.status_int == 422 and "Kunden har redan svarat på begäran." in words(page)
    assert "Ingen begäran väntar på svar." in words(page)


def test_the_same_form_twice_asks_once(visitor, judged):
    officer = visitor("handlaggare")
    form = form_of(officer, judged)
    assert [officer.submit(form).status_int for _ in range(3)] == [303] * 3
    reread()
    assert len(queries.requests(judged)) == 1


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("i morgon", "Skriv dagen som ÅÅÅÅ-MM-DD"), ("2026-11-23", "Välj en dag från och med i dag")],
)
def test_a_day_that_will_not_do_is_told_at_its_field_and_the_rest_stays(visitor, judged, typed, sentence):
    officer = visitor("handlaggare")
    form = form_of(officer, judged)
    form["answer_by"], form["wish-welding"], form["text"] = typed, "Nytt prov.", "Mer."
    page = officer.submit(form)
    again = form_to(page, "komplettering")
    reread()
    assert page.status_int == 422 and error_at(page, "answer_by").startswith(sentence)
    assert (again["answer_by"].value, again["wish-welding"].value) == (typed, "Nytt prov.")
    assert (again["text"].value, again["row"].checked) == ("Mer.", True)
    assert queries.requests(judged) == ()


def test_without_a_row_or_a_text_nothing_is_asked(visitor, judged):
    officer = visitor("handlaggare")
    form = form_of(officer, judged)
    form["row"] = False
    page = officer.submit(form)
    assert page.status_int == 422
    assert error_at(page, "items") == "Välj minst en rad, eller skriv vad som behövs."
    assert not form_to(page, "komplettering")["row"].checked


def test_a_row_that_the_customer_answered_meanwhile_is_judged_first(visitor, judged, acting):
    officer = visitor("handlaggare")
    form = form_of(officer, judged)
    with acting("ceper"):
        checklist.answer_with_reason(judged, "welding", "Ett nytt kommer.", new_id())
    visitor()
    page = officer.submit(form)
    reread()
    assert page.status_int == 422 and "Kunden har svarat på Svetsprov." in error_at(page, "items")
    assert queries.requests(judged) == ()


@pytest.mark.wall
@pytest.mark.parametrize("who", ["ceper", "enkel", "tom", "beslutsfattare", "administrator"])
def test_nobody_but_officers_meets_the_pages(visitor, judged, ask, who):
    ask(judged)
    person = visitor(who)
    for page in PAGES:
        assert person.see(address(judged, page)).status_int == 404
        assert person.send(address(judged, page), {"text": "x"}).status_int == 404
    reread()
    assert queries.open_request(judged)


@pytest.mark.wall
def test_a_closed_record_is_closed_to_its_officer_here_too(visitor, judged, customer, acting, portal):
    with acting("administrator"):
        user_id = api.user.get(username="handlaggare2").getId()
        customers.close_records_by_number(user_id, "", [customer("ceper").customer_number])
    person = visitor("handlaggare2")
    for page in PAGES:
        assert person.see(address(judged, page)).status_int == 404
    assert visitor("handlaggare").see(address(judged, "komplettering")).status_int == 200


@pytest.mark.wall
def test_without_its_token_nothing_is_asked(visitor, judged):
    officer = visitor("handlaggare")
    form = form_of(officer, judged)
    form["form_token"] = "0" * 64
    assert officer.submit(form).status_int == 403
    reread()
    assert queries.requests(judged) == ()


@pytest.mark.wall
def test_what_was_written_is_text_on_every_page(visitor, judged, ask):
    nasty = "<script>kw(1)</script>{wanted}"
    ask(judged, (Item("welding", nasty),), nasty)
    for who, page in (("handlaggare", "komplettering"), ("ceper", "meddelanden")):
        found = visitor(who).see(address(judged, page))
        assert nasty in words(found) and "<script>kw(" not in found.text


@pytest.mark.wall
@pytest.mark.parametrize(("day", "status"), [("", 303), ("i morgon", 422)])
def test_control_signs_and_halves_of_signs_are_shown_or_stored_as_text(visitor, judged, day, status):
    officer = visitor("handlaggare")
    fields = [
        (name, value)
        for name, value in form_of(officer, judged).submit_fields()
        if name not in ("text", "wish-welding", "answer_by")
    ]
    sent = [(name, "a\0\x1b\udcff\nb".encode("utf-8", "surrogatepass")) for name in ("text", "wish-welding")]
    answer = officer.send(address(judged, "komplettering"), [*fields, *sent, ("answer_by", day)])
    reread()
    stored = queries.requests(judged)
    assert answer.status_int == status and len(stored) == (status == 303)
    texts = [part for asked in stored for part in (asked.text, asked.items[0].wish)]
    assert not any(sign in text for text in texts for sign in ("\0", "\x1b", "\udcff"))
    assert not any("\n" in asked.items[0].wish for asked in stored)


def test_a_case_that_waits_for_an_officer_or_a_decision_has_no_such_page(visitor, judged, acting):
    with acting("handlaggare"):
        cases.release(judged)
    officer = visitor("handlaggare")
    assert officer.see(address(judged, "komplettering")).status_int == 404
    page = officer.see(address(judged, "handlaggning"))
    assert tree(page).xpath("//a[contains(@href, 'komplettering')]") == []
