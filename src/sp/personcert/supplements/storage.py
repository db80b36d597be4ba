"""Requests, kept on the case, the newest last.

One value: two officers who ask at once meet in a conflict, and the second is told of the first.
"""

from typing import Any

from zope.annotation.interfaces import IAnnotations

from .domain import Request

KEY = "sp.personcert.supplements"


def requests(case: Any) -> tuple[Request, ...]:
    """Every request of a case."""
    return IAnnotations(case).get(KEY, ())


def put(case: Any, request: Request) -> None:
    """Keep a new request, or another state of one that is kept."""
    others = tuple(one for one in requests(case) if one.request_id != request.request_id)
    IAnnotations(case)[KEY] = (*others, request)
