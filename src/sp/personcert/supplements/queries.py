"""Reading requests for supplements. The caller has checked that the case may be seen."""

from datetime import date
from typing import Any

from sp.personcert.certification_types import queries as types
from sp.personcert.foundation.clock import today

from . import domain, storage
from .domain import Request


def requests(case: Any) -> tuple[Request, ...]:
    """Every request of a case, the newest last."""
    return storage.requests(case)


def with_id(case: Any, request_id: str) -> Request | None:
    """The request that a form made."""
    return next((one for one in storage.requests(case) if one.request_id == request_id), None)


def open_request(case: Any) -> Request | None:
    """The request that waits for the customer's answer."""
    return domain.open_request(storage.requests(case))


def reminder_days(case: Any) -> int:
    """After how many days the type of the case reminds, as it stands now; else as the case began."""
    rule = types.rule_of(case.type_id) or case.rule
    return int(rule.supplement_reminder_days)


def default_day(case: Any) -> date:
    """The last day of a request that is made today."""
    return domain.default_day(today(), reminder_days(case))
