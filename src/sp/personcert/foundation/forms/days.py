"""Days as people type them."""

import re
from datetime import date

_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})|(\d{4})[-/. ]+(\d{1,2})[-/. ]+(\d{1,2})")
EARLIEST_YEAR = 1900


def typed_day(text: str) -> date | None:
    """The day in ``2026-12-14``, ``20261214``, ``2026/12/14`` or ``2026.12.14``; None for anything else."""
    found = _DAY.fullmatch(text.strip())
    if found is None:
        return None
    year, month, day = (int(part) for part in found.groups() if part)
    try:
        return date(year, month, day) if year >= EARLIEST_YEAR else None
    except ValueError:
        return None
