"""The request that runs a task: made at the site's configured address, never at a visitor's."""

import random
import sys
import time
from io import BytesIO
from typing import Any
from urllib.parse import unquote

from plone.protect.interfaces import IDisableCSRFProtection
from zope.component.hooks import setSite
from zope.interface import implementer
from ZPublisher.HTTPRequest import WSGIRequest

from ..addresses import Address
from .interfaces import ENVIRON_ACTOR, ENVIRON_ID, ENVIRON_RUN, ENVIRON_USER, ITaskQueueLayer
from .records import Task


@implementer(ITaskQueueLayer, IDisableCSRFProtection)
class TaskRequest(WSGIRequest):
    """Carries the layer of task views. There is no form that a stranger could have sent."""

    retry_max_count = 5

    def delay_retry(self) -> None:
        """Wait a moment after a conflict; ZPublisher's own seconds would hold up the queue."""
        time.sleep(random.uniform(0, 0.05 * 2**self.retry_count))

    def close(self) -> None:
        """Leave the site first: its connection is closed by now, and closing asks for subscribers."""
        setSite(None)
        super().close()


def environ_for(task: Task, run: str, address: Address) -> dict[str, Any]:
    """The WSGI environment of one run of a task."""
    path, _, query = task.url.partition("?")
    environ = {
        "REQUEST_METHOD": task.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote(path).encode().decode("latin-1"),
        "QUERY_STRING": query,
        "SERVER_NAME": address.host,
        "SERVER_PORT": str(address.port),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "SERVER_SOFTWARE": "personcert",
        "GATEWAY_INTERFACE": "CGI/1.1",
        "REMOTE_ADDR": "",
        "CONTENT_LENGTH": str(len(task.payload)),
        "wsgi.version": (1, 0),
        "wsgi.input": BytesIO(task.payload),
        "wsgi.errors": sys.stderr,
        "wsgi.url_scheme": address.scheme,
        # No page is shown: no transforms, and an error comes to us instead of an error page.
        "plone.transformchain.disable": True,
        "x-wsgiorg.throw_errors": True,
        ENVIRON_ID: task.id,
        ENVIRON_RUN: run,
        ENVIRON_USER: task.user_id,
        ENVIRON_ACTOR: task.actor,
    }
    environ.update(
        {f"HTTP_{name.upper().replace('-', '_')}": str(value) for name, value in task.headers.items()}
    )
    return environ
