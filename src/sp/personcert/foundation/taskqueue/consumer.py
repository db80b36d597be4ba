"""Consumers: what takes jobs from the broker and runs them, in the server or in a process of its own."""

import logging
import os
import signal
import threading
import time
from types import FrameType
from typing import Any

from huey.consumer import Consumer
from zope.component import adapter
from zope.processlifetime import IProcessStarting

from ..clock import machine_seconds
from .broker import Broker, broker
from .naming import NameTaken, hold_name, release_name
from .running import stopping
from .sweep import last_sweep, sweep

logger = logging.getLogger(__name__)

SWEEP_SECONDS = 60.0
DRAIN_SECONDS = 30.0
"""How long an ending server waits for the task that runs; a longer one counts as crashed and runs anew."""


class TaskConsumer(Consumer):
    """huey's consumer with one thread that runs tasks; more in one process are slower, not faster.

    The sweep has a thread of its own: neither a long queue nor a broker that is away holds it up.
    """

    def __init__(self, here: Broker) -> None:
        times = {"initial_delay": 0.05, "max_delay": 0.5}
        super().__init__(here.huey, workers=1, worker_type="thread", periodic=False, **times)
        self._sweeper = threading.Thread(target=self._sweep, name="personcert-sweep", daemon=True)
        stopping.clear()
        for name in ("Worker", "Scheduler"):
            logging.getLogger(f"huey.consumer.{name}").addFilter(_say_once)

    def _set_signal_handlers(self) -> None:
        """Signals are ours, not huey's."""

    def run(self) -> None:
        """Take up what the last process left, then serve until stopped."""
        sweep(starting=True)
        self._sweeper.start()
        super().run()

    def _sweep(self) -> None:
        """Each minute, unless another consumer just did."""
        while not self.stop_flag.wait(SWEEP_SECONDS):
            if machine_seconds() - last_sweep() > SWEEP_SECONDS / 2:
                sweep()

    def drain(self, seconds: float | None = DRAIN_SECONDS) -> bool:
        """Begin no further task and wait for the one that runs; without ``seconds`` for ever.

        :returns: whether it ended in time.
        """
        stopping.set()
        self.stop_flag.set()
        worker = self.worker_threads[0][1]
        if worker.ident is not None:
            worker.join(seconds)
        return not worker.is_alive()


class EmbeddedConsumer(TaskConsumer):
    """A consumer in a thread of a process that belongs to Zope."""

    def __init__(self, here: Broker) -> None:
        super().__init__(here)
        self.thread = threading.Thread(target=self.run, name="personcert-consumer", daemon=True)


@adapter(IProcessStarting)
def start_with_server(event: Any) -> EmbeddedConsumer | None:
    """Zope says this when it is ready for requests. Only the server's own start script asks for it.

    Scripts, tests and one-off commands do not set SP_TASKQUEUE_EMBEDDED, or never come here.
    """
    if os.environ.get("SP_TASKQUEUE_EMBEDDED") != "1":
        return None
    here = broker()
    if here is None:
        logger.error("SP_TASKQUEUE_URL is empty: no task will run in this server.")
        return None
    release_name()
    try:
        name = hold_name()
    except NameTaken as error:
        logger.error("%s No task will run in this server.", error)
        return None
    consumer = EmbeddedConsumer(here)
    _drain_on_signals(consumer)
    consumer.thread.start()
    logger.info("Tasks run in this server, as %s.", name)
    return consumer


def _drain_on_signals(consumer: EmbeddedConsumer) -> None:
    """On SIGTERM and SIGINT let the running task finish, while the server goes on serving, then exit.

    Without this SIGTERM would end the process at once. A second signal does.
    """
    if threading.current_thread() is not threading.main_thread():
        return

    def end(number: int, frame: FrameType | None) -> None:
        if stopping.is_set():
            raise SystemExit(0)
        stopping.set()
        threading.Thread(target=_drain_and_repeat, args=(consumer, number), daemon=True).start()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)


def _drain_and_repeat(consumer: EmbeddedConsumer, number: int) -> None:
    if not consumer.drain():
        logger.warning("A task did not end within %d s; it will run again.", DRAIN_SECONDS)
    os.kill(os.getpid(), number)


class _OncePerMinute(logging.Filter):
    """huey asks a broker that is away several times a second, and tells of each with a traceback."""

    said = 0.0

    def filter(self, record: logging.LogRecord) -> bool:
        """Only the first error of a minute, in one line."""
        if record.levelno < logging.ERROR or record.exc_info is None:
            return True
        kind = record.exc_info[0]
        record.msg = f"{record.getMessage()} ({kind.__name__ if kind else ''})"
        record.args, record.exc_info, record.exc_text = (), None, None
        previous, self.said = self.said, max(self.said, time.monotonic())
        if self.said - previous < 60 and previous:
            self.said = previous
            return False
        return True


_say_once = _OncePerMinute()
