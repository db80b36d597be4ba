"""Days as people type them."""

from datetime import date

import pytest

from sp.personcert.foundation.forms.days import typed_day


@pytest.mark.parametrize(
    "text", ["2026-12-14", " 2026-12-14 ", "20261214", "2026/12/14", "2026.12.14", "2026 12 14", "2026-12-14"]
)
def test_a_day_is_understood_as_people_write_it(text):
    assert typed_day(text) == date(2026, 12, 14)


def test_single_digits_are_understood():
    assert typed_day("2026-1-5") == date(2026, 1, 5)


@pytest.mark.parametrize(
    "text", ["", "26-12-14", "14/12 2026", "2026-02-30", "2026-13-01", "1026-12-14", "snart"]
)
def test_anything_else_is_no_day(text):
    assert typed_day(text) is None
