"""Fixtures of the task queue's tests."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import transaction
from plone import api
from ZPublisher.WSGIPublisher import publish_module

from sp.personcert.foundation import taskqueue
from sp.personcert.foundation.taskqueue.outbox import ROOT_KEY, Outbox
from sp.personcert.testing.tasks import forget_wake_ups, in_thread
from tests.foundation.taskqueue.killed_server import make_bare_site
from tests.foundation.taskqueue.probes import Probe, register


@pytest.fixture(scope="session")
def bare_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a site in it that real servers work on copies of."""
    var = tmp_path_factory.mktemp("bare") / "site"
    make_bare_site(var)
    return var


@pytest.fixture
def site(portal: Any) -> Any:
    """The site, at a public address, with the probes and an empty queue."""
    register()
    portal.getPhysicalRoot()._p_jar.root()[ROOT_KEY] = Outbox()
    forget_wake_ups()
    Probe.runs, Probe.behaviour = 0, lambda view: "done"
    api.portal.set_registry_record("sp.personcert.base_url", "https://kund.example.se")
    transaction.commit()
    return portal


@pytest.fixture
def queue_probe(site: Any) -> Callable[..., str]:
    """Queue the probe on the site, with any argument of ``add``."""

    def queue(behaviour: Callable[[Any], Any] | None = None, **arguments: Any) -> str:
        if behaviour is not None:
            Probe.behaviour = behaviour
        return taskqueue.add(taskqueue.task_path(site, "probe"), **arguments)

    return queue


@pytest.fixture
def get(site: Any) -> Callable[..., int]:
    """The status of a GET from the web, in a thread of its own."""

    def request(path: str, query: str = "", host: str = "localhost", **headers: str) -> int:
        environ = {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": host,
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": host,
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": io.StringIO(),
            "wsgi.url_scheme": "http",
            **headers,
        }
        answers: list[str] = []
        in_thread(lambda: publish_module(environ, lambda status, *rest: answers.append(status)))
        transaction.begin()
        return int(answers[0].split()[0])

    return request
