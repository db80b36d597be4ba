"""Proposals, decisions and who may make them: plain values."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Proposal:
    """What the officer proposes."""

    level_key: str
    note: str
    proposed_by: str
    proposed_at: datetime


@dataclass(frozen=True)
class Decision:
    """What was decided, by whom, when and why (H166)."""

    granted: bool
    level_key: str
    reason: str
    decided_by: str
    decided_by_name: str
    decided_at: datetime
    valid_from: date | None = None
    valid_to: date | None = None


def is_independent(user_id: str, handled_by: Collection[str], customer_user_id: str) -> bool:
    """Whether the person took no part in handling or examining, and is not the customer."""
    return user_id not in handled_by and user_id != customer_user_id


def last_day(valid_from: date, years: int) -> date:
    """The last day of validity, ”till och med”: the same day so many years later."""
    try:
        return valid_from.replace(year=valid_from.year + years)
    except ValueError:  # 29 February
        return valid_from.replace(year=valid_from.year + years, day=28)
