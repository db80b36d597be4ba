"""Which reminder is sent, and when it is due: without Plone."""

from datetime import date

import pytest

from sp.personcert.reminders.domain import Point, Verdict, decide, months_after, months_before

M6, M3, D30 = (
    Point("2027-08-31", "m6", date(2027, 2, 28)),
    Point("2027-08-31", "m3", date(2027, 5, 31)),
    Point("2027-08-31", "d30", date(2027, 8, 1)),
)
ALL = (D30, M6, M3)


@pytest.mark.handbook("H175")
@pytest.mark.parametrize(
    ("day", "settled", "sent", "skipped"),
    [
        (date(2027, 2, 27), {}, None, ()),
        (date(2027, 2, 28), {}, M6, ()),
        (date(2027, 2, 28), {"m6": M6.due}, None, ()),
        (date(2027, 5, 30), {"m6": M6.due}, None, ()),
        (date(2027, 5, 31), {"m6": M6.due}, M3, ()),
        (date(2027, 6, 9), {"m6": M6.due}, M3, ()),
        (date(2027, 6, 9), {}, M3, (M6,)),
        (date(2027, 8, 5), {}, D30, (M6, M3)),
        (date(2027, 8, 5), {"m6": date(2027, 3, 9)}, D30, (M3,)),
        (date(2027, 8, 5), {"m6": M6.due, "m3": M3.due, "d30": D30.due}, None, ()),
        (date(2028, 8, 5), {"m6": M6.due, "m3": M3.due, "d30": D30.due}, None, ()),
        (date(2027, 5, 31), {"m3": M3.due}, None, (M6,)),
        (date(2027, 8, 5), {"d30": D30.due}, None, (M6, M3)),
        (date(2027, 8, 5), {"m3": M3.due}, D30, (M6,)),
        (date(2027, 5, 31), {"m4": date(2027, 4, 30)}, M3, (M6,)),
        (date(2027, 5, 31), {"m2": date(2027, 6, 30)}, None, (M6, M3)),
        (date(2027, 3, 1), {"m7": date(2027, 3, 1)}, None, (M6,)),
    ],
)
def test_at_most_one_is_sent_and_it_is_the_latest_that_is_due(day, settled, sent, skipped):
    assert decide(ALL, settled, day) == Verdict(sent, skipped)


def test_leads_that_a_rule_gets_later_are_not_said_after_what_was_said_meanwhile():
    m4 = Point("2027-08-31", "m4", date(2027, 4, 30))
    assert decide((M6, m4), {"m6": M6.due, "m3": M3.due}, date(2027, 7, 1)) == Verdict(None, (m4,))


def test_of_two_points_on_one_day_one_is_sent():
    days = Point("p", "d90", date(2027, 5, 31)), Point("p", "m3", date(2027, 5, 31))
    assert decide(days, {}, date(2027, 5, 31)) == Verdict(days[1], (days[0],))


@pytest.mark.parametrize(
    ("day", "months", "due"),
    [
        (date(2027, 8, 31), 6, date(2027, 2, 28)),
        (date(2028, 8, 31), 6, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2027, 2, 28)),
        (date(2028, 2, 29), 48, date(2024, 2, 29)),
        (date(2027, 7, 31), 1, date(2027, 6, 30)),
        (date(2027, 1, 15), 1, date(2026, 12, 15)),
        (date(2027, 6, 30), 6, date(2026, 12, 30)),
        (date(2027, 12, 31), 12, date(2026, 12, 31)),
        (date(2027, 9, 28), 6, date(2027, 3, 28)),
        (date(2027, 4, 25), 6, date(2026, 10, 25)),
    ],
)
def test_months_end_on_the_same_day_or_the_months_last(day, months, due):
    assert months_before(day, months) == due


def test_months_also_go_forward():
    assert months_after(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert months_after(date(2026, 11, 24), 12) == date(2027, 11, 24)


def test_a_point_holds_nothing_that_parts_the_keys_of_the_ledger():
    with pytest.raises(ValueError, match="ledger"):
        Point("a|b", "m6", date(2027, 1, 1))
