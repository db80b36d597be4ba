"""How long the queue waits."""

from sp.personcert.foundation.clock import later, machine_seconds
from sp.personcert.foundation.taskqueue.timing import FAILURE_LIMIT, pause_after_failure, pause_while_waiting


def test_pauses_grow_to_an_hour():
    pauses = [pause_after_failure(n) for n in range(1, FAILURE_LIMIT + 1)]
    assert pauses == [5, 15, 45, 135, 405, 1215, 3600, 3600]


def test_waiting_asks_soon_at_first_and_hourly_at_last():
    assert [pause_while_waiting(waited) for waited in (0, 100, 9000)] == [30, 100, 3600]


def test_a_test_can_let_time_pass():
    before = machine_seconds()
    with later(100):
        assert 100 <= machine_seconds() - before < 110
    assert machine_seconds() - before < 10
