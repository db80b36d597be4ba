"""The night's reminder of a supplement that has not come."""

from datetime import date, datetime, timedelta

import pytest
from plone import api

from sp.personcert.cases import operations as cases
from sp.personcert.certification_types import operations as types
from sp.personcert.certification_types import queries as type_queries
from sp.personcert.foundation import texts
from sp.personcert.messages import queries as messages
from sp.personcert.messages.domain import MessageType
from sp.personcert.reminders import operations as reminders
from sp.personcert.reminders import queries as reminder_queries
from sp.personcert.reminders.domain import Outcome, Point
from sp.personcert.supplements import operations
from sp.personcert.supplements.domain import Item
from sp.personcert.supplements.reminders import KIND
from sp.personcert.testing.tasks import run_due
from tests.accounts.pages import body, letters
from tests.reading import address, tree, words
from tests.supplements.story import OLD

H62 = (
    "Bästa kund, vi vill härmed göra Dig uppmärksam på att du inte har kompletterat de uppgifter som vi "
    "eftersökt."
)
LAST = datetime(2027, 2, 22, 5, 30)


@pytest.fixture
def night(at):
    """Let the night job run on a day, with all that it queues."""

    def run(moment):
        at(moment)
        reminders.queue_due()
        run_due()
        run_due(after=700)

    return run


def reminded(case):
    """Sender and text of each reminder of the supplement since it was asked for, the oldest first."""
    found = [
        row.entries[0]
        for row in messages.threads(case, newest_first=False)
        if row.message.message_type == MessageType.SUPPLEMENT_REMINDER and row.sent_at.year > 2020
    ]
    return [(entry.sender_name, entry.text) for entry in found]


@pytest.mark.handbook("H62", "H137", "H175")
def test_after_ninety_days_the_night_job_reminds_once(judged, ask, night):
    ask(judged)
    night(LAST - timedelta(days=1))
    assert reminded(judged) == []
    for moment in (LAST, LAST, LAST + timedelta(days=1), LAST + timedelta(days=100)):
        night(moment)
    ((sender, text),) = reminded(judged)
    assert sender == "SPPER" and text.startswith(H62)
    assert "2026-11-24" in text and "2027-02-21" in text and f"– Svetsprov: {OLD}" in text
    ((day, outcome),) = [(one.day, one.outcome) for one in reminder_queries.sent(judged)]
    assert (day, outcome) == (LAST.date(), Outcome.SENT)


@pytest.mark.handbook("H62", "H54", "H58")
def test_the_customer_reads_the_handbooks_words_in_the_case(visitor, judged, ask, night):
    ask(judged)
    night(LAST)
    page = visitor("ceper").see(address(judged, "meddelanden"))
    thread = tree(page).xpath("//li[contains(@class, 'kw-thread')]")[0]
    assert "2027-02-22" in words(thread) and "Kompletteringspåminnelse" in words(thread)
    entry = words(thread.xpath(".//article")[0])
    assert "SPPER" in entry and H62 in entry
    assert H62 not in words(visitor("enkel").see("/start"))


@pytest.mark.handbook("H59", "H62")
def test_a_mail_says_that_something_waits_and_nothing_of_the_case(judged, ask, night):
    run_due(after=700)
    letters()  # of the demonstration
    ask(judged)
    run_due(after=700)
    asked = letters()
    night(LAST)
    (reminder,) = letters()
    assert [letter["Subject"] for letter in asked] == ["Ditt ärende behöver kompletteras"]
    assert reminder["Subject"] == "Påminnelse: vi väntar på din komplettering"
    assert "På Kundwebben står vad vi behöver." in body(reminder)
    for letter in (*asked, reminder):
        assert not any(word in str(letter) for word in ("Svetsprov", judged.case_number, "Brunnsborrare"))


@pytest.mark.handbook("H137")
@pytest.mark.parametrize("end", ["answered", "withdrawn"])
def test_what_ended_is_not_reminded_of(judged, ask, answer, acting, night, at, end):
    ask(judged)
    at(datetime(2027, 2, 21, 9, 0))
    if end == "answered":
        answer(judged)
    else:
        with acting("handlaggare"):
            operations.withdraw(judged)
    night(LAST)
    assert reminded(judged) == [] and reminder_queries.forecast(judged, date(2030, 1, 1)) == []


def test_an_answer_after_the_task_was_queued_stops_the_reminder(judged, ask, answer, at):
    ask(judged)
    at(LAST)
    reminders.queue_due()
    answer(judged)
    run_due()
    assert reminded(judged) == []


def test_a_decided_case_is_not_reminded_of(judged, ask, night, portal):
    ask(judged)
    with api.env.adopt_user(username="handlaggare"):
        cases.release(judged)
    cases.move(judged, "close")
    night(LAST)
    assert reminded(judged) == [] and KIND.points(judged) == ()


@pytest.mark.handbook("H137")
def test_a_day_that_the_officer_chose_is_over_when_the_reminder_comes(judged, ask, night):
    ask(judged, answer_by=date(2026, 12, 14))
    night(datetime(2026, 12, 14, 5, 30))
    assert reminded(judged) == []
    night(datetime(2026, 12, 15, 5, 30))
    assert len(reminded(judged)) == 1


def test_each_request_has_a_reminder_of_its_own(judged, ask, acting, night, at):
    for day in (date(2026, 12, 1), date(2026, 12, 20)):
        ask(judged, answer_by=day)
        night(datetime(2026, 12, day.day + 1, 5, 30))
        with acting("handlaggare"):
            operations.withdraw(judged)
    assert len(reminded(judged)) == 2


def test_nothing_is_said_of_another_request_than_the_open_one(judged, ask):
    (point,) = KIND.points(judged) if ask(judged) else ()
    assert KIND.reminder(judged, point).message_type == MessageType.SUPPLEMENT_REMINDER
    assert KIND.reminder(judged, Point("another", point.lead, point.due)) is None


def test_a_case_that_was_given_back_is_reminded_of_too(judged, ask, acting, night):
    ask(judged)
    with acting("handlaggare"):
        cases.release(judged)
    night(LAST)
    assert len(reminded(judged)) == 1


@pytest.mark.handbook("H137", "H171")
@pytest.mark.parametrize(("days", "due"), [(120, date(2027, 3, 24)), (30, date(2027, 2, 22))])
def test_the_types_setting_counts_as_it_stands_now_but_not_before_the_last_day_has_passed(
    judged, ask, acting, night, days, due
):
    ask(judged)
    found = type_queries.by_id("brunnsborrare")
    with acting("administrator"):
        rule = found.rule.__class__(slots=found.rule.slots, supplement_reminder_days=days)
        types.change_type(found, found.title, rule)
    run_due()
    night(datetime.combine(due - timedelta(days=1), LAST.time()))
    assert reminded(judged) == []
    night(datetime.combine(due, LAST.time()))
    assert len(reminded(judged)) == 1


def test_the_officer_can_see_it_coming(judged, ask):
    ask(judged)
    (coming,) = reminder_queries.forecast(judged, date(2027, 2, 22))
    assert (coming.day, coming.reminder.text.startswith(H62)) == (date(2027, 2, 22), True)
    assert reminder_queries.forecast(judged, date(2027, 2, 21)) == []
    assert reminded(judged) == []


def test_the_reminder_is_in_the_customers_language(judged, ask, customer, night):
    customer("ceper").customer_language = "en"
    ask(judged)
    night(LAST)
    ((_sender, text),) = reminded(judged)
    assert text.startswith("Dear customer, we would hereby like to draw your attention")


@pytest.mark.handbook("H62")
@pytest.mark.parametrize("name", ["supplement_request_message", "supplement_reminder_message"])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_default_texts_fill_in_what_they_name(portal, name, language):
    text = texts.default_text(name, language)
    assert texts.unknown_placeholders(texts.kind_of(name), text) == ()
    assert all(f"{{{field}}}" in text.body for field in texts.kind_of(name).required)


def test_an_item_needs_no_wish(judged, ask, night):
    ask(judged, (Item("welding"),))
    night(LAST)
    assert "– Svetsprov\n" in reminded(judged)[0][1]
