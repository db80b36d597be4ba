"""What the queue promises, kept by a real server that is killed in the middle."""

import os
import random
import signal
import time
from collections import Counter

import pytest

from tests.foundation.taskqueue.killed_server import Server, free_port

ROUNDS = int(os.environ.get("SP_TORTURE", "1"))
TASKS = 16


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A server with the probes, made once."""
    one = Server(tmp_path_factory.mktemp("killed"), free_port())
    one.make()
    yield one
    if one.process is not None and one.process.poll() is None:
        one.end()


@pytest.mark.torture
def test_killed_in_the_middle_every_task_is_done_once_or_shown_as_uncertain(server):
    server.start()
    server.queue(TASKS, 0.2)
    for _ in range(ROUNDS):
        time.sleep(random.uniform(0.3, 1.0))
        server.end(signal.SIGKILL)
        server.start()
    server.wait_for("queued", gone=True)
    server.wait_for("running", gone=True)
    count, tasks = server.status()
    server.end(signal.SIGKILL)
    done = {task_id for task_id, (state, _) in tasks.items() if state == "done"}
    outside = Counter(server.lines)
    assert len(tasks) == TASKS and {state for state, _ in tasks.values()} <= {"done", "uncertain", "dead"}
    assert count == len(done), "an effect in the database happened twice or not at all"
    assert max(outside.values()) == 1, "an effect outside happened twice"
    assert done <= set(outside), "a done task's effect outside did not happen"


def test_sigterm_lets_the_running_task_finish_and_leaves_the_rest_for_the_next_start(server):
    server.start()
    before, tasks_before = server.status()
    server.queue(3, 1.0)
    server.wait_for("running")
    begun = time.monotonic()
    assert server.end(signal.SIGTERM, within=30) == 0
    assert time.monotonic() - begun < 10
    server.start()
    server.wait_for("queued", gone=True)
    server.wait_for("running", gone=True)
    count, tasks = server.status()
    server.end(signal.SIGTERM)
    assert count == before + 3
    assert [tasks[task_id] for task_id in tasks.keys() - tasks_before.keys()] == [("done", 0)] * 3
