"""Wake-ups of one process are gathered and sent by a thread of its own: no request waits for the broker."""

import atexit
import os
import queue
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from .broker import MOST_IN_A_JOB, broker, wake

GATHER_SECONDS = 0.02
EXIT_SECONDS = 1.0


class WakeUp(NamedTuple):
    """A task that is to be woken, so many seconds from now."""

    task_id: str
    delay: float = 0.0


class Gatherer:
    """Takes what came within a moment and sends it as one job."""

    def __init__(self, send: Callable[[Sequence[WakeUp]], None]) -> None:
        self._send = send
        self._waiting: queue.Queue[WakeUp] = queue.Queue()
        threading.Thread(target=self._work, name="personcert-wake-ups", daemon=True).start()

    def put(self, wake_ups: Iterable[WakeUp]) -> None:
        """Leave them to the thread."""
        for wake_up in wake_ups:
            self._waiting.put(wake_up)

    def flush(self, seconds: float = EXIT_SECONDS) -> bool:
        """Wait until all is sent, for so long at most; whether it was."""
        sent = self._waiting.all_tasks_done
        with sent:
            return sent.wait_for(lambda: not self._waiting.unfinished_tasks, seconds)

    def _work(self) -> None:
        while True:
            gathered = [self._waiting.get()]
            time.sleep(GATHER_SECONDS)
            gathered += [self._waiting.get() for _ in range(self._waiting.qsize())]
            self._send(gathered)
            for _ in gathered:
                self._waiting.task_done()


def gather(wake_ups: Sequence[WakeUp]) -> None:
    """Have them sent soon; in memory at once, so that tests know when."""
    here = broker()
    if here is not None and here.is_immediate:
        send(wake_ups)
    elif here is not None:
        _gatherer_of_this_process().put(wake_ups)


def send(wake_ups: Sequence[WakeUp]) -> None:
    """One job for each delay. When the broker does not answer, the rest is left to the sweep too."""
    by_delay: dict[float, list[str]] = {}
    for task_id, delay in wake_ups:
        by_delay.setdefault(delay, []).append(task_id)
    for delay, task_ids in by_delay.items():
        for start in range(0, len(task_ids), MOST_IN_A_JOB):
            if not wake(task_ids[start : start + MOST_IN_A_JOB], delay):
                return


_lock = threading.Lock()
_gatherer: Gatherer | None = None


def _gatherer_of_this_process() -> Gatherer:
    global _gatherer
    with _lock:
        if _gatherer is None:
            _gatherer = Gatherer(send)
            atexit.register(_gatherer.flush)
        return _gatherer


def _begin_anew() -> None:
    """A forked child has no thread of its parent's, and perhaps its lock."""
    global _lock, _gatherer
    if _gatherer is not None:
        atexit.unregister(_gatherer.flush)
    _lock, _gatherer = threading.Lock(), None


os.register_at_fork(after_in_child=_begin_anew)
