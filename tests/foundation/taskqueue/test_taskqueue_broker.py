"""The broker, with a real Redis."""

import json
import pickle
import time

import pytest
from huey.registry import Message

from sp.personcert.foundation.taskqueue import broker as brokers
from tests.redis_server import RedisServer


@pytest.fixture(scope="module")
def redis(tmp_path_factory):
    """A real Redis for these tests."""
    server = RedisServer(tmp_path_factory.mktemp("redis"))
    try:
        server.start()
        yield server
    finally:
        server.close()


@pytest.fixture
def connected(redis, monkeypatch):
    """The broker of this process, on an empty Redis."""
    redis.flush()
    monkeypatch.setenv("SP_TASKQUEUE_URL", redis.address)
    brokers.broker.cache_clear()
    yield brokers.broker()
    brokers._silent.clear()
    brokers.broker.cache_clear()


def woken(here):
    """The ids of the next job, None when there is none."""
    job = here.huey.dequeue()
    return None if job is None else job.args[0]


def test_a_wake_up_comes_out_as_it_went_in(connected):
    assert brokers.wake(["a", "b"])
    assert brokers.is_busy()
    assert woken(connected) == ["a", "b"]
    assert not brokers.is_busy()


def test_a_late_wake_up_comes_when_its_time_has_come(connected):
    assert brokers.wake(["a"], delay=1.0)
    connected.huey.execute(connected.huey.dequeue())
    assert connected.huey.read_schedule() == []
    time.sleep(1.1)
    assert [job.args[0] for job in connected.huey.read_schedule()] == [["a"]]


def test_an_empty_queue_is_waited_at_for_a_second_without_an_error(connected):
    begun = time.monotonic()
    assert woken(connected) is None
    assert 0.8 < time.monotonic() - begun < brokers.ANSWER_SECONDS


@pytest.mark.wall
def test_whoever_writes_to_the_broker_runs_no_code(connected):
    class Evil:
        def __reduce__(self):
            return (pytest.fail, ("unpickled",))

    connected.huey.storage.enqueue(pickle.dumps(Evil()))
    assert woken(connected) == []
    brokers.wake(["a"])
    assert json.loads(connected.huey.storage.dequeue())[1].endswith(".run")


@pytest.mark.wall
@pytest.mark.parametrize(
    "forged",
    [
        {"args": [["zz", 7, None], -5], "retries": 10**9, "retry_delay": 0},
        {"args": [["x"] * 5000, 10**6], "on_complete": ["1", "sp.evil"], "expires": "1999-01-01"},
        {"args": "text"},
        {"args": [None, 0], "eta": "yesterday"},
        {"name": "os.system", "args": [["a"], 0], "kwargs": {"x": 1}},
    ],
)
def test_a_forged_job_wakes_at_most_some_ids_once(connected, forged, monkeypatch):
    ran = []
    monkeypatch.setattr("sp.personcert.foundation.taskqueue.running.run_all", lambda *job: ran.append(job))
    sent = json.loads(connected.huey.serialize_task(connected.run.s(["a"], 0)))
    real = dict(zip(Message._fields, sent, strict=True))
    connected.huey.storage.enqueue(json.dumps([*(real | forged).values()]).encode())
    job = connected.huey.dequeue()
    connected.huey.execute(job)
    task_ids, tries = job.args
    assert len(task_ids) <= 1000 and 0 <= tries <= 5
    assert (job.retries, job.on_complete, job.kwargs) == (0, None, {})
    assert len(ran) == 1 and not brokers.is_busy(), "it came back"


@pytest.mark.wall
def test_nobody_revokes_our_jobs_at_the_broker(connected, monkeypatch):
    ran = []
    monkeypatch.setattr("sp.personcert.foundation.taskqueue.running.run_all", lambda *job: ran.append(job))
    brokers.wake(["a"])
    job = connected.huey.dequeue()
    for key in connected.huey._revoke_keys(job):
        connected.huey.storage.put_data(key, b"[null, false]")
    connected.huey.execute(job)
    assert ran == [(["a"], 0)]


def test_two_sites_share_a_redis_by_names(connected, redis, monkeypatch):
    monkeypatch.setenv("SP_TASKQUEUE_NAME", "other")
    other = brokers.connect(redis.address)
    brokers.wake(["a"])
    assert woken(other) is None
    assert woken(connected) == ["a"]


def test_it_comes_back_with_redis(tmp_path, monkeypatch, caplog):
    server = RedisServer(tmp_path)
    monkeypatch.setenv("SP_TASKQUEUE_URL", server.address)
    brokers.broker.cache_clear()
    try:
        begun = time.monotonic()
        assert not brokers.wake(["a"])
        assert not brokers.is_busy()
        assert time.monotonic() - begun < 3
        server.start()
        assert brokers.wake(["a"])
        server.end()
        server.start()
        assert brokers.wake(["b"])
        assert woken(brokers.broker()) == ["b"]
    finally:
        server.close()
        brokers.broker.cache_clear()
    assert caplog.text.count("were not woken") == caplog.text.count("answers again") == 1


@pytest.mark.parametrize("url", ["rediss://example.se:6380/0", "unix:///run/redis.sock?db=1"])
def test_other_ways_to_redis_are_known(url):
    pool = brokers.connect(url).huey.storage.pool
    assert pool.connection_kwargs["socket_timeout"] == brokers.ANSWER_SECONDS


@pytest.mark.parametrize("url", ["amqp://localhost", "http://example.se", "redis"])
def test_an_unknown_broker_is_refused(url):
    with pytest.raises(brokers.BrokerRefused):
        brokers.connect(url)


def test_no_address_is_no_broker(monkeypatch):
    assert brokers.connect("") is None
