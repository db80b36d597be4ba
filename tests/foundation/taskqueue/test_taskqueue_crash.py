"""What the queue promises, kept by a real server that is killed in the middle."""

import signal

import pytest

from tests.foundation.taskqueue.killed_server import Server, copy_site
from tests.foundation.taskqueue.promises import AMOUNT, Killer, check
from tests.foundation.taskqueue.smtp_sink import Sink
from tests.programs import wait_until


@pytest.fixture(scope="module")
def server(bare_site, tmp_path_factory):
    """A server with the probes and a consumer in it, for both tests."""
    one = Server(copy_site(bare_site, tmp_path_factory.mktemp("killed") / "site"))
    try:
        one.start()
        yield one
    finally:
        one.close()


@pytest.fixture
def sink():
    """A mail server that holds a letter for a moment before and after it takes it."""
    one = Sink(before=0.15, after=0.15)
    one.open()
    yield one
    one.close()


@pytest.mark.torture
def test_killed_in_the_middle_every_task_is_done_once_and_no_letter_is_sent_twice(server, sink):
    server.set_up(sink.port)
    server.queue(AMOUNT.counts, AMOUNT.mails, seconds=0.05)
    killer = Killer(server, sink)
    for _ in range(AMOUNT.kills):
        killer.kill(server, "embedded")
        server.start()
    server.wait_for_the_end()
    check(server.tasks(), server.count(), sink.tasks, AMOUNT)
    killer.check_victims(server.tasks())


def test_sigterm_lets_the_running_task_finish_and_leaves_the_rest_for_the_next_start(server):
    if not server.is_running:
        server.start()
    before = {one.id for one in server.tasks()}
    server.queue(counts=4, seconds=1.0)
    wait_until(lambda: "running" in server.status())
    assert server.end(signal.SIGTERM, within=30) == 0
    ends = {(one.state, one.crashes) for one in server.tasks() if one.id not in before}
    assert ends == {("done", 0), ("queued", 0)}
