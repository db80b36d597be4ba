"""Zope's error_log without a memory."""

import traceback
from typing import Any

from ..clock import machine_seconds


def raising(self: Any, info: tuple[Any, Any, Any]) -> None:
    """Log where something went wrong and keep nothing; takes the place of ``SiteErrorLog.raising``.

    Stock keeps the last errors in memory for the ZMI, each with the form, the cookies and the headers
    of its request.
    """
    kind = str(getattr(info[0], "__name__", info[0]))
    if kind in self._ignored_exceptions:
        return
    request = getattr(self, "REQUEST", None)
    url = request.get("URL") if request else None
    was_read = request is not None and "ACTUAL_URL" in request.other  # else the error repeats what was typed
    text = "".join(traceback.format_exception(*info)) if was_read else "A form could not be read."
    self._do_copy_to_zlog(machine_seconds(), kind, f"{kind}:", str(url), text)  # logs no kind too often
