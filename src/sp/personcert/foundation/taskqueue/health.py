"""``/health``: what monitoring asks with a token. Without it it is an address like any unknown one."""

import hmac
import json
import logging
import os
from collections.abc import Iterator
from functools import cache
from typing import Any

from Products.Five.browser import BrowserView
from zExceptions import NotFound
from zope.component import getUtilitiesFor
from zope.interface import implementer

from sp.personcert.interfaces import IOwnView

from ..clock import machine_seconds
from ..walls.headers import set_security_headers
from .interfaces import IHealthCheck
from .queries import Overview, TaskGroup, overview

logger = logging.getLogger(__name__)

SHORTEST_TOKEN = 20
SWEEP_SECONDS = 180.0
DUE_SECONDS = 600.0


@implementer(IOwnView)
class Health(BrowserView):
    """JSON and 200, or 503 when somebody must look. Reads the index, however many tasks there are."""

    def __call__(self) -> str:
        if not _is_known(self.request):
            raise NotFound
        seen, now = overview(per_group=0), machine_seconds()
        reasons = list(_reasons(seen, now))
        response = self.request.response
        set_security_headers(response)
        self.request.environ["plone.transformchain.disable"] = True
        response.setHeader("Content-Type", "application/json")
        response.setHeader("Cache-Control", "no-store")
        response.setStatus(503 if reasons else 200, lock=1)
        return "" if self.request.method == "HEAD" else json.dumps(_answer(seen, now, reasons))


def _answer(seen: Overview, now: float, reasons: list[str]) -> dict[str, Any]:
    return {
        "status": "failing" if reasons else "ok",
        "reasons": reasons,
        "swept_seconds_ago": round(now - seen.swept) if seen.swept else None,
        "oldest_due_seconds": round(now - seen.oldest_due) if seen.oldest_due else 0,
        "dead": seen.counts[TaskGroup.DEAD],
        "uncertain": seen.counts[TaskGroup.UNCERTAIN],
        "queued": seen.counts[TaskGroup.QUEUED],
        "retrying": seen.counts[TaskGroup.RETRYING],
    }


def _reasons(seen: Overview, now: float) -> Iterator[str]:
    """Codes for why it fails; none when all is well."""
    if now - seen.swept > SWEEP_SECONDS:
        yield "not_swept"
    if seen.oldest_due and now - seen.oldest_due > DUE_SECONDS:
        yield "overdue"
    if seen.counts[TaskGroup.DEAD]:
        yield "dead"
    if seen.counts[TaskGroup.UNCERTAIN]:
        yield "uncertain"
    for _, check in sorted(getUtilitiesFor(IHealthCheck)):
        if check.is_failing():
            yield check.code


def _is_known(request: Any) -> bool:
    """Whether the request carries the configured token; compared in constant time."""
    token = os.environ.get("SP_HEALTH_TOKEN", "")
    if not token or not _is_long_enough(token):
        return False
    given = str(getattr(request, "_auth", "") or request.environ.get("HTTP_AUTHORIZATION", ""))
    return hmac.compare_digest(given.encode(), f"Bearer {token}".encode())


@cache
def _is_long_enough(token: str) -> bool:
    """Said once: a short token would be guessed."""
    if len(token) < SHORTEST_TOKEN:
        logger.error("SP_HEALTH_TOKEN is shorter than %d signs: /health stays closed.", SHORTEST_TOKEN)
    return len(token) >= SHORTEST_TOKEN
