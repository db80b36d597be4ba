"""The test layer's site behind a port of this process, for tests that change what no page changes."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import transaction
from plone import api
from webtest.http import StopableWSGIServer
from ZPublisher.WSGIPublisher import publish_module


@contextmanager
def opened(portal: Any) -> Iterator[str]:
    """Serve the site of a test; the address is its base URL meanwhile."""
    server = StopableWSGIServer.create(publish_module, expose_tracebacks=False)
    url = f"http://{server.adj.host}:{server.adj.port}/{portal.getId()}"
    api.portal.set_registry_record("sp.personcert.base_url", url)
    transaction.commit()
    try:
        yield url
    finally:
        server.shutdown()
        server.runner.join()
