"""The clock: Swedish time, frozen by tests, moved by a demo only."""

import os
import subprocess
import sys
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from sp.personcert.foundation import clock
from sp.personcert.foundation.clock import STOCKHOLM

SCRIPT = "from sp.personcert.foundation import clock; print(clock.today().isoformat(), clock.now().tzinfo)"


def run(**environment: str) -> subprocess.CompletedProcess[str]:
    """A fresh process that prints its day."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SP_")}
    return subprocess.run(
        [sys.executable, "-c", SCRIPT], env=kept | environment, capture_output=True, text=True, check=False
    )


def test_now_is_aware_and_swedish() -> None:
    assert clock.now().tzinfo is STOCKHOLM
    assert abs(clock.now() - datetime.now(STOCKHOLM) - clock.SHIFT) < timedelta(seconds=5)


def test_a_demo_lives_on_another_day() -> None:
    assert run(SP_TODAY="2027-03-01", SP_DEMO="1").stdout.startswith("2027-03-01 Europe/Stockholm")


def test_whatever_is_not_a_demo_refuses_to_start_on_another_day() -> None:
    refused = run(SP_TODAY="2027-03-01")
    assert refused.returncode != 0
    assert "SP_TODAY moves the clock of a demo only" in refused.stderr


def test_a_day_that_is_no_day_is_refused() -> None:
    assert run(SP_TODAY="2027-02-30", SP_DEMO="1").returncode != 0


def test_the_fixture_freezes_every_thread(at: Any) -> None:
    at(datetime(2026, 12, 31, 23, 59, 59))
    assert clock.today() == date(2026, 12, 31)
    assert clock.now().utcoffset() == timedelta(hours=1)


@pytest.mark.parametrize(("month", "hours"), [(1, 1), (7, 2)])
def test_summer_time_counts(at: Any, month: int, hours: int) -> None:
    at(datetime(2026, month, 15, 12, 0))
    assert clock.now().utcoffset() == timedelta(hours=hours)
