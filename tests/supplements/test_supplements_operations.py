"""Asking, answering and taking back: what is stored, who is told, and what may not be done."""

from datetime import date, datetime, timedelta

import pytest

from sp.personcert.cases import operations as cases
from sp.personcert.cases.domain import CaseState
from sp.personcert.cases.queries import WorkList, work_list
from sp.personcert.checklist import queries as checklist
from sp.personcert.foundation.audit.reading import entries_for
from sp.personcert.foundation.content import new_id
from sp.personcert.foundation.errors import NotAllowed, Refused
from sp.personcert.foundation.transitions import state_of
from sp.personcert.messages import operations as messages
from sp.personcert.messages import queries as message_queries
from sp.personcert.messages.domain import MessageType
from sp.personcert.supplements import operations, queries
from sp.personcert.supplements.domain import Item
from tests.supplements.story import MORNING, OLD


def said(case):
    """Type, sender and text of the newest message."""
    row = message_queries.threads(case)[0]
    return row.message.message_type, row.entries[0].sender_name, row.entries[0].text


def notified(case, acting):
    """Whether the case stands among those whose customer pressed MEDDELA OSS."""
    with acting("handlaggare"):
        return case.case_number in [found.case_number for found in work_list(WorkList.NOTIFIED)]


def deeds(case):
    """What the audit says was done to the case."""
    return [entry.action for entry in entries_for(case, below=False)]


@pytest.mark.handbook("H136", "H163")
def test_one_step_asks_tells_and_sets_a_day(judged, ask):
    asked = ask(judged, text="Skicka gärna båda sidorna.")
    assert queries.open_request(judged) == asked
    assert (asked.requested_by_name, asked.requested_at.replace(tzinfo=None)) == ("Handläggare Demo", MORNING)
    assert (asked.answer_by, asked.is_day_chosen) == (date(2027, 2, 21), False)
    assert state_of(judged) == CaseState.SUPPLEMENT_REQUESTED
    message_type, sender, text = said(judged)
    assert (message_type, sender) == (MessageType.SUPPLEMENT, "Handläggare Demo")
    assert f"– Svetsprov: {OLD}\n\nSkicka gärna båda sidorna." in text and "senast 2027-02-21" in text


@pytest.mark.handbook("H135")
def test_meddela_oss_is_armed_and_an_answer_ends_the_request(judged, ask, answer, acting, at):
    assert not notified(judged, acting)
    ask(judged, (), "Vem är licensierad svetsare?")
    assert checklist.may_notify(judged)
    at(datetime(2026, 12, 1, 20, 0))
    answer(judged)
    (ended,) = queries.requests(judged)
    assert (ended.answered_at.date(), queries.open_request(judged)) == (date(2026, 12, 1), None)
    assert state_of(judged) == CaseState.IN_PROGRESS
    assert not checklist.may_notify(judged) and notified(judged, acting)


def test_the_same_form_twice_asks_once(judged, ask):
    creation_id = new_id()
    first = ask(judged, creation_id=creation_id)
    count = len(message_queries.threads(judged))
    assert ask(judged, creation_id=creation_id) == first
    assert len(queries.requests(judged)) == 1 and len(message_queries.threads(judged)) == count


def test_a_second_request_waits_for_the_first(judged, ask):
    first = ask(judged)
    with pytest.raises(Refused, match="refused_supplement_open") as refusal:
        ask(judged, (), "En sak till.")
    assert refusal.value.message.default.endswith("Ta tillbaka den först.")
    assert queries.requests(judged) == (first,)


@pytest.mark.parametrize(
    ("items", "text", "day", "code", "field"),
    [
        ((), " \n\x00", None, "refused_supplement_empty", "items"),
        ((Item("no_such"),), "", None, "refused_unknown_slot", "items"),
        ((Item("hot_work", "Nytt."),), "", None, "refused_supplement_row", "items"),
        ((), "Ring oss.", date(2026, 11, 23), "refused_supplement_day", "answer_by"),
        ((), "Ring oss.", date(2028, 11, 24), "refused_supplement_day", "answer_by"),
        ((), "x" * 5000, None, "refused_long_message", "text"),
    ],
)
def test_what_cannot_be_asked_is_refused_and_nothing_is_stored(judged, ask, items, text, day, code, field):
    with pytest.raises(Refused, match=code) as refusal:
        ask(judged, items, text, day)
    assert refusal.value.field == field
    assert queries.requests(judged) == () and state_of(judged) == CaseState.IN_PROGRESS


@pytest.mark.wall
def test_what_is_stored_is_text_and_a_wish_is_one_line(judged, ask):
    forged = "Nytt\r\n– Intyg om lagar: Alla.\u2028– Sist\x00\udcff"
    asked = ask(judged, (Item("welding", forged),), " Ring\r\noss.\x1b\udcff ")
    assert asked.items == (Item("welding", "Nytt – Intyg om lagar: Alla. – Sist"),)
    assert asked.text == "Ring\noss."
    assert [line for line in said(judged)[2].splitlines() if line.startswith("–")] == [
        "– Svetsprov: Nytt – Intyg om lagar: Alla. – Sist"
    ]


@pytest.mark.parametrize("days", [0, 730])
def test_today_and_two_years_ahead_are_days_that_can_be_chosen(judged, ask, days):
    asked = ask(judged, answer_by=MORNING.date() + timedelta(days))
    assert asked.is_day_chosen and asked.answer_by == MORNING.date() + timedelta(days)


@pytest.mark.handbook("H136")
def test_what_is_taken_back_is_told_and_leaves_the_case_as_it_was(judged, ask, acting, at):
    ask(judged)
    at(datetime(2026, 11, 26, 9, 0))
    with acting("handlaggare2"):
        operations.withdraw(judged, new_id())
        operations.withdraw(judged, new_id())
    message_type, sender, text = said(judged)
    assert (message_type, sender) == (MessageType.SUPPLEMENT, "Handläggare Demo Två")
    assert text.startswith("Vi har tagit tillbaka vår begäran om komplettering från 2026-11-24")
    assert state_of(judged) == CaseState.IN_PROGRESS and queries.open_request(judged) is None
    assert [row.entries[0].text for row in message_queries.threads(judged)].count(text) == 1
    assert not judged.armed_again and not notified(judged, acting)


def test_taken_back_while_answers_wait_the_notice_is_open_again(judged, ask, answer, acting, at):
    at(datetime(2026, 11, 25, 9, 0))
    answer(judged)
    ask(judged, (), "Vem är licensierad svetsare?")
    assert not notified(judged, acting)
    with acting("handlaggare"):
        operations.withdraw(judged)
    assert notified(judged, acting) and not checklist.may_notify(judged)


def test_another_request_is_not_taken_back_unseen(judged, ask, answer, acting):
    first = ask(judged)
    with acting("handlaggare"):
        operations.withdraw(judged)
        second = operations.request(judged, (), "Ring oss.")
        with pytest.raises(Refused, match="refused_other_supplement"):
            operations.withdraw(judged, new_id(), seen=first.request_id)
    answer(judged)
    with acting("handlaggare"), pytest.raises(Refused, match="refused_supplement_answered"):
        operations.withdraw(judged, new_id(), seen=second.request_id)
    assert queries.requests(judged)[-1].withdrawn_at is None


def test_a_case_that_is_given_back_keeps_its_request(judged, ask, acting):
    asked = ask(judged)
    with acting("handlaggare"):
        cases.release(judged)
    assert (state_of(judged), queries.open_request(judged)) == (CaseState.WAITING, asked)
    with acting("handlaggare2"):
        cases.take(judged)
    assert (state_of(judged), queries.open_request(judged)) == (CaseState.SUPPLEMENT_REQUESTED, asked)


def test_an_answer_to_a_case_that_was_given_back_is_received(judged, ask, answer, acting, at):
    ask(judged)
    with acting("handlaggare"):
        cases.release(judged)
    at(datetime(2026, 11, 30, 9, 0))
    answer(judged)
    assert (state_of(judged), queries.open_request(judged)) == (CaseState.WAITING, None)
    with acting("handlaggare2"):
        cases.take(judged)
    assert state_of(judged) == CaseState.IN_PROGRESS


def test_whoever_asks_or_takes_back_has_handled_the_case(judged, ask, acting):
    ask(judged)
    with acting("handlaggare2"):
        operations.withdraw(judged)
        ids = judged.handled_by
    assert len(ids) == 2


@pytest.mark.handbook("H178")
def test_each_step_leaves_an_entry(judged, ask, answer, acting, at):
    ask(judged)
    with acting("handlaggare"):
        operations.withdraw(judged)
    ask(judged)
    at(datetime(2026, 11, 30, 9, 0))
    answer(judged)
    found = deeds(judged)
    assert [found.count(f"supplement.{verb}") for verb in ("request", "withdraw", "answer")] == [2, 1, 1]


def test_the_officers_unsent_message_stays(judged, ask, acting):
    with acting("handlaggare"):
        messages.keep_draft(judged, "Hej, vi", "Notering")
    ask(judged)
    with acting("handlaggare"):
        assert message_queries.draft(judged).text == "Hej, vi"


def test_the_customer_reads_it_in_english(judged, ask, customer):
    customer("ceper").customer_language = "en"
    ask(judged)
    assert said(judged)[2].startswith("We need more from you") and "by 2027-02-21" in said(judged)[2]


@pytest.mark.wall
@pytest.mark.parametrize("who", ["ceper", "enkel", "beslutsfattare", "administrator"])
def test_only_officers_ask_and_take_back(judged, ask, acting, who):
    with pytest.raises(NotAllowed):
        ask(judged, who=who)
    asked = ask(judged)
    with acting(who), pytest.raises(NotAllowed):
        operations.withdraw(judged)
    assert queries.requests(judged) == (asked,)


@pytest.mark.wall
def test_nothing_is_asked_of_a_case_that_waits_or_is_decided(judged, ask, acting, case):
    with acting("handlaggare"):
        cases.release(judged)
    for closed in (judged, case("ceper", "energiexpert")):
        with pytest.raises(NotAllowed):
            ask(closed, (), "Ring oss.")
        assert queries.requests(closed) == ()
