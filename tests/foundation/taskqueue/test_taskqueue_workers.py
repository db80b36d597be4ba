"""What the queue promises, kept by worker processes on ZEO and Redis, whoever is killed."""

import signal
import time
from itertools import cycle, islice

import pytest

from tests.foundation.taskqueue.promises import AMOUNT, IS_FULL, Amount, Killer, check
from tests.foundation.taskqueue.smtp_sink import Sink
from tests.foundation.taskqueue.zeo_site import ZeoSite
from tests.programs import wait_until

QUICKLY = 3.0
"""Seconds within which a request answers, whatever is wrong with Redis."""


@pytest.fixture(scope="module")
def sink():
    """A mail server that holds a letter for a moment before and after it takes it."""
    one = Sink(before=0.15, after=0.15)
    one.open()
    yield one
    one.close()


@pytest.fixture(scope="module")
def all_of_it(bare_site, sink, tmp_path_factory):
    """The processes, started once."""
    one = ZeoSite(bare_site, tmp_path_factory.mktemp("workers") / "site")
    try:
        one.start()
        one.server.set_up(sink.port)
        yield one
    finally:
        one.close()


@pytest.fixture
def site(all_of_it):
    """All processes run; every queued task has come to its end."""
    if not all_of_it.redis.is_running:
        all_of_it.redis.start()
    all_of_it.start_workers()
    all_of_it.server.wait_for_the_end()
    return all_of_it


@pytest.fixture
def check_new(site, sink):
    """Wait for the end, and check what was queued since the test began."""
    server = site.server
    known, counted, taken = {one.id for one in server.tasks()}, server.count(), len(sink.tasks)

    def check_since(amount):
        server.wait_for_the_end()
        new = [one for one in server.tasks() if one.id not in known]
        check(new, server.count() - counted, sink.tasks[taken:], amount)

    return check_since


def queue_quickly(server, counts):
    """A request that queues; how many seconds it took."""
    begun = time.monotonic()
    server.queue(counts=counts)
    return time.monotonic() - begun


@pytest.mark.torture
def test_killed_by_turns_every_task_is_done_once_and_no_letter_is_sent_twice(site, sink, check_new):
    counts, mails, kills = AMOUNT.counts, AMOUNT.mails, AMOUNT.kills
    site.server.queue(counts % kills, mails % kills, seconds=0.05)
    killer = Killer(site.server, sink)
    for worker in islice(cycle(site.workers), kills):
        if not worker.is_running:
            worker.start()
        worker.wait()
        site.server.queue(counts // kills, mails // kills, seconds=0.05)
        killer.kill(worker, worker.name, [other for other in site.workers if other is not worker])
        worker.start()
    check_new(AMOUNT)
    killer.check_victims(site.server.tasks())


@pytest.mark.torture
def test_redis_stops_and_dies_and_forgets_and_nothing_is_lost(site, sink, check_new):
    server, redis = site.server, site.redis
    redis.signal(signal.SIGSTOP)
    assert queue_quickly(server, 3) < QUICKLY, "Redis does not answer"
    redis.end(signal.SIGKILL)
    assert queue_quickly(server, 3) < QUICKLY, "there is no Redis"
    redis.start()
    before = server.status()["done"]
    assert queue_quickly(server, 3) < QUICKLY
    wait_until(lambda: server.status()["done"] >= before + 3, 30, "the workers to find Redis again")
    if IS_FULL:  # the sweep alone finds what was not woken
        check_new(Amount(counts=9, mails=0, kills=0))

    for worker in site.workers:
        worker.end(signal.SIGKILL)
    server.queue(counts=30, mails=5)
    redis.flush()
    site.start_workers()
    check_new(Amount(counts=39, mails=5, kills=0))
