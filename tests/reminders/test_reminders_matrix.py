"""Two simulated years: the same reminders, however often the night job runs."""

from datetime import date, datetime, time, timedelta

import pytest
import transaction

from sp.personcert.cases import operations as cases
from sp.personcert.certification_types import queries as types
from sp.personcert.foundation.clock import moved_to
from sp.personcert.messages.interfaces import IMessage
from sp.personcert.reminders import operations, queries, storage
from sp.personcert.reminders.domain import Outcome
from sp.personcert.testing.tasks import queued_urls
from tests.reminders.story import (
    Direct,
    answered,
    asked,
    at_noon,
    both,
    issued,
    kept,
    promised,
    renewal_opened,
    ruled,
    taken_back,
    withdrawn,
)

FIRST, LAST = date(2026, 10, 1), date(2028, 9, 30)
MORNING, EVENING = time(5, 30), time(17, 0)
JOBS = {"daily": (1, [MORNING]), "twice a day": (1, [MORNING, EVENING]), "every tenth day": (10, [MORNING])}

# A case, what happens on which day at noon, and what is said: its lead and the day that it is due.
# fmt: off
MATRIX = [
    # certificates: leap day, ends of months and years, the nights when the clock is changed
    ("enkel", "grundlaggare-safe", {"2026-10-01": issued("2028-02-29")},
     {"m6": "2027-08-29", "m3": "2027-11-29", "d30": "2028-01-30"}),
    ("enkel", "overlatelsebesiktningsman", {"2026-10-01": issued("2028-08-31")},
     {"m6": "2028-02-29", "m3": "2028-05-31", "d30": "2028-08-01"}),
    ("enkel", "brandskydd", {"2026-10-01": issued("2027-08-31")},
     {"m6": "2027-02-28", "m3": "2027-05-31", "d30": "2027-08-01"}),
    ("enkel", "entreprenadbesiktningsman", {"2026-10-01": issued("2028-03-31")},
     {"m6": "2027-09-30", "m3": "2027-12-31", "d30": "2028-03-01"}),
    ("enkel", "kontrollansvarig", {"2026-10-01": issued("2027-07-01")},
     {"m6": "2027-01-01", "m3": "2027-04-01", "d30": "2027-06-01"}),
    ("enkel", "trahusbyggare", {"2026-10-01": issued("2027-04-25")},
     {"m6": "2026-10-25", "m3": "2027-01-25", "d30": "2027-03-26"}),
    ("enkel", "utemiljo", {"2026-10-01": issued("2027-09-28")},
     {"m6": "2027-03-28", "m3": "2027-06-28", "d30": "2027-08-29"}),
    # certificates: a renewal, a short one, a withdrawn one, a newer one
    ("enkel", "funktionskontrollant",
     {"2026-10-01": issued("2028-03-15"), "2027-11-01": renewal_opened}, {"m6": "2027-09-15"}),
    ("enkel", "byggarbetsmiljo", {"2026-12-20": issued("2027-03-28", "2026-12-20")},
     {"m3": "2026-12-28", "d30": "2027-02-26"}),
    ("tom", "brunnsborrare",
     {"2026-10-01": issued("2027-09-30"), "2027-05-03": withdrawn}, {"m6": "2027-03-30"}),
    ("tom", "energiexpert",
     {"2026-10-01": issued("2027-10-15"), "2027-06-01": issued("2032-06-01", "2027-06-01")},
     {"m6": "2027-04-15"}),
    # supplements: not answered, answered, taken back and asked anew, due on a leap day, on a night of change
    ("ceper", "grundlaggare-safe", {"2026-12-01": asked()}, {"first": "2027-03-01"}),
    ("ceper", "overlatelsebesiktningsman", {"2026-12-05": asked(), "2027-02-01": answered}, {}),
    ("ceper", "brandskydd",
     {"2027-01-10": asked(), "2027-02-15": taken_back, "2027-05-01": asked("2027-06-30")},
     {"first": "2027-07-01"}),
    ("ceper", "entreprenadbesiktningsman", {"2027-12-01": asked()}, {"first": "2028-02-29"}),
    ("ceper", "kontrollansvarig", {"2027-12-27": asked()}, {"first": "2028-03-26"}),
    # a kind that the engine has never heard of: two at the turn of years, one that is moved, one that is kept
    ("ceper", "trahusbyggare",
     {"2026-10-02": promised(("p", "a", "2026-12-31"), ("p", "b", "2027-12-31"))},
     {"a": "2026-12-31", "b": "2027-12-31"}),
    ("ceper", "utemiljo",
     {"2026-10-02": promised(("p", "a", "2027-03-28")), "2027-03-01": promised(("p", "a", "2027-04-30"))},
     {"a": "2027-04-30"}),
    ("ceper", "byggarbetsmiljo",
     {"2026-10-02": promised(("p", "a", "2027-05-01"), ("p", "b", "2027-06-01")), "2027-05-15": kept},
     {"a": "2027-05-01"}),
]
# fmt: on


@pytest.fixture
def subjects(customer, case, acting):
    """The case of each row; those of others than the handbook's customer are opened."""
    with acting("handlaggare"), moved_to(at_noon(FIRST)):
        return [
            case(who, type_id) if who == "ceper" else cases.open_case(customer(who), types.by_id(type_id))
            for who, type_id, _story, _said in MATRIX
        ]


@pytest.fixture
def live(subjects, promises, monkeypatch):
    """Let two years pass for all of them."""
    stories = [(found, story) for found, (_who, _type, story, _said) in zip(subjects, MATRIX, strict=True)]
    return years(stories, promises, monkeypatch)


@pytest.fixture
def one(customer, acting, promises, monkeypatch):
    """Let two years pass for one new case: ``one(story)`` returns it with what passes them."""

    def begin(story):
        with acting("handlaggare"), moved_to(at_noon(FIRST)):
            case = cases.open_case(customer("enkel"), types.by_id("energiexpert"))
        return case, years([(case, story)], promises, monkeypatch)

    return begin


def years(stories, promises, monkeypatch):
    """Two years: deeds at noon, the job at its times. Passed, they return the number of the job's notices."""
    queue = Direct()
    monkeypatch.setattr(operations, "taskqueue", queue)

    def pass_years(gap, times):
        before, by_people = notices(), 0
        for number in range((LAST - FIRST).days + 1):
            day = FIRST + timedelta(days=number)
            for moment in times if number % gap == 0 else ():
                with moved_to(datetime.combine(day, moment)):
                    handled = queue.run()
                if handled:
                    transaction.commit()
            deeds = [(found, story[str(day)]) for found, story in stories if str(day) in story]
            if deeds:
                earlier = notices()
                with moved_to(at_noon(day)):
                    for found, deed in deeds:
                        deed(found, promises)
                by_people += notices() - earlier
        return notices() - before - by_people

    return pass_years


def ledger(case, wanted=Outcome.SENT):
    """Lead → day, of what was said of a case, or had another outcome."""
    return {
        lead: day
        for kind in queries.kinds()
        for subject in kind.subjects_of(case)
        for (_period, lead), (day, outcome) in storage.settled(kind.name, kind.key_of(subject)).items()
        if outcome is wanted
    }


def messages(case):
    """The days of the reminders among the messages of the case's type, oldest first."""
    of_type = [
        found for found in case.__parent__.objectValues() if getattr(found, "type_id", "") == case.type_id
    ]
    entries = [
        entry
        for one in of_type
        for message in one.objectValues()
        if IMessage.providedBy(message)
        for entry in message.sorted_entries()
        if entry.text.startswith(("Löfte", "Ditt certifikat SC", "Bästa kund"))
    ]
    return sorted(entry.sent_at.date() for entry in entries if not entry.sender_id)


def notices():
    """How many tasks of notices were ever queued."""
    return sum("@@send-notice" in url for url in queued_urls())


@pytest.mark.handbook("H6", "H54", "H62", "H137", "H175")
@pytest.mark.parametrize("job", JOBS)
def test_the_same_reminders_come_however_often_the_job_runs(live, subjects, job):
    gap, times = JOBS[job]
    queued = live(gap, times)
    for case, (who, type_id, _story, expected) in zip(subjects, MATRIX, strict=True):
        said = ledger(case)
        assert set(said) == set(expected), f"{who}, {type_id}"
        late = [(said[lead] - date.fromisoformat(due)).days for lead, due in expected.items()]
        assert all(0 <= days < gap for days in late), f"{who}, {type_id}: {said}"
        assert messages(case) == sorted(said.values()), f"{who}, {type_id}"
    assert queued == sum(len(expected) for *_story, expected in MATRIX)


@pytest.mark.handbook("H175")
@pytest.mark.parametrize(
    ("job", "said", "skipped"), [("daily", {"d7", "d3"}, set()), ("every tenth day", {"d3"}, {"d7"})]
)
def test_of_two_that_came_due_in_one_gap_the_later_is_said(one, job, said, skipped):
    # the tenth days: 2027-01-09 and 2027-01-19; due are 2027-01-12 and 2027-01-16
    case, live = one({"2026-10-01": both(ruled((), (7, 3)), issued("2027-01-19"))})
    live(*JOBS[job])
    assert set(ledger(case)) == said and set(ledger(case, Outcome.SKIPPED)) == skipped
    assert messages(case) == sorted(ledger(case).values())


@pytest.mark.handbook("H175")
@pytest.mark.parametrize("job", JOBS)
def test_leads_that_the_type_gets_after_others_were_said_are_not_said_of_what_has_passed(one, job):
    # six and three months before are said by the summer; four months before had been 2027-05-15
    story = {
        "2026-10-01": both(ruled((6, 3), ()), issued("2027-09-15")),
        "2027-07-01": ruled((6, 4), ()),
    }
    case, live = one(story)
    live(*JOBS[job])
    assert set(ledger(case)) == {"m6", "m3"}
    assert ledger(case)["m3"] < date(2027, 7, 1)
    assert messages(case) == sorted(ledger(case).values())
