"""The worker as a process: how it starts, what it says when it cannot, and how it ends."""

import signal
import sys
from collections import Counter

import pytest
from ZODB.FileStorage import FileStorage

from tests.foundation.taskqueue.killed_server import Server, copy_site
from tests.programs import Program, wait_until

MODULE = "sp.personcert.foundation.taskqueue.worker"
HOLDER = """
import sys, time
from Zope2.Startup.run import configure_wsgi
configure_wsgi(sys.argv[1])
from sp.personcert.foundation.taskqueue.naming import hold_name
hold_name("taken")
print("held", flush=True)
time.sleep(600)
"""


@pytest.fixture(scope="module")
def instance(bare_site, tmp_path_factory):
    """A site whose server is not running."""
    return copy_site(bare_site, tmp_path_factory.mktemp("worked") / "site")


@pytest.fixture
def worker(instance, tmp_path):
    """Start one; what it says is in its ``log``."""
    started = []

    def start(*options, conf=instance.conf, url=f"sqlite://{instance.var}/taskqueue.sqlite", **environment):
        command = [sys.executable, "-m", MODULE, str(conf), *options]
        given = {"SP_TASKQUEUE_URL": url, "SP_TASKQUEUE_EMBEDDED": "1", **environment}
        one = Program(command, tmp_path / f"worker-{len(started)}.log", given)
        started.append(one)
        one.start()
        return one

    yield start
    for one in started:
        one.close()


def refused(one):
    """What it says when it does not begin; one line, and no traceback."""
    assert one.process.wait(60) == 1
    said = one.log.read_text()
    assert "Traceback" not in said
    return said.splitlines()[-1]


@pytest.mark.parametrize("url", ["", "memory://"])
def test_a_broker_that_no_two_processes_share_is_refused(worker, url):
    assert "SP_TASKQUEUE_URL must name a broker that processes share" in refused(worker(url=url))


def test_an_unknown_broker_is_refused(worker):
    assert "unknown scheme 'amqp'" in refused(worker(url="amqp://localhost"))


def test_a_configuration_that_is_not_there_is_refused(worker, tmp_path):
    assert "cannot be used" in refused(worker(conf=tmp_path / "zope.conf"))


def test_beside_a_server_with_a_file_storage_it_says_what_is_needed(worker, instance):
    storage = FileStorage(str(instance.database))
    try:
        said = refused(worker())
    finally:
        storage.close()
    assert "use ZEO or RelStorage" in said


def test_a_name_that_another_process_has_is_refused(worker, instance, tmp_path):
    held = Program([sys.executable, "-c", HOLDER, str(instance.conf)], tmp_path / "held.log")
    try:
        held.start()
        wait_until(lambda: "held" in held.log.read_text())
        assert "has the name taken" in refused(worker("--name", "taken"))
        assert "has the name taken" in refused(worker(SP_CONSUMER_NAME="taken"))
    finally:
        held.close()


def test_it_runs_what_waits_and_ends_when_the_running_task_has_finished(worker, instance):
    server = Server(instance, embedded=False)
    server.start()
    server.queue(counts=6, seconds=1.0)
    server.end(signal.SIGTERM)
    for number in (signal.SIGTERM, signal.SIGINT):
        one = worker("--name", "worker-a")
        wait_until(lambda: "running" in {task.state for task in server.tasks()}, what=one.log)
        one.signal(number)
        assert one.process.wait(20) == 0
        said = one.log.read_text()
        assert "Started as worker-a" in said and "Stopped: worker-a." in said and "Traceback" not in said
    ends = Counter((task.state, task.crashes, task.consumer) for task in server.tasks())
    assert set(ends) == {("done", 0, "worker-a"), ("queued", 0, "")}
    assert ends["done", 0, "worker-a"] >= 2
