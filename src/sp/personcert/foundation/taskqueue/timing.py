"""How long to wait after which failure.

Leases and retries are about this machine, not about the body's business: they count real
seconds also where a demo lives on another day.
"""

LEASE_SECONDS = 900.0
"""After this long a running task is taken for dead, unless its own consumer restarts before."""

FAILURE_LIMIT = 8
CRASH_LIMIT = 2
WAITING_LIMIT_SECONDS = 5 * 86400.0
LONGEST_PAUSE_SECONDS = 3600.0
CRASH_PAUSE_SECONDS = 5.0


def pause_after_failure(failures: int) -> float:
    """Seconds until the next try after the n-th failure: 5, 15, 45 ... at most an hour."""
    return min(LONGEST_PAUSE_SECONDS, 5.0 * 3 ** (failures - 1))


def pause_while_waiting(waited: float) -> float:
    """Seconds until something outside is asked again: as long as it was waited, 30 s to an hour."""
    return min(LONGEST_PAUSE_SECONDS, max(30.0, waited))
