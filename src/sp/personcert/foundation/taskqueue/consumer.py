"""The consumer inside the server: one thread that runs tasks while the server serves."""

import logging
import os
import signal
import threading
from types import FrameType
from typing import Any

from huey.consumer import Consumer
from zope.component import adapter
from zope.processlifetime import IProcessStarting

from .broker import Broker, broker
from .claiming import consumer_name
from .running import stopping
from .sweep import sweep

logger = logging.getLogger(__name__)

DRAIN_SECONDS = 30.0
"""How long an ending server waits for the task that runs; a longer one counts as crashed and runs anew."""


class EmbeddedConsumer(Consumer):
    """huey's consumer in a thread of a process that belongs to Zope."""

    def __init__(self, here: Broker) -> None:
        super().__init__(here.huey, workers=1, worker_type="thread", initial_delay=0.05, max_delay=0.5)
        self.thread = threading.Thread(target=self.run, name="personcert-consumer", daemon=True)

    def _set_signal_handlers(self) -> None:
        """Only the main thread may set them, and the process is not huey's."""

    def run(self) -> None:
        """Take up what the last process left, then serve until stopped."""
        try:
            sweep(starting=True)
        except Exception:
            logger.exception("The first sweep failed; the next one comes within a minute.")
        super().run()

    def drain(self, seconds: float = DRAIN_SECONDS) -> bool:
        """Begin no further task and wait for the one that runs.

        :returns: whether it ended in time.
        """
        stopping.set()
        self.stop_flag.set()
        worker = self.worker_threads[0][1]
        if worker.ident is not None:
            worker.join(seconds)
        return not worker.is_alive()


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
    consumer = EmbeddedConsumer(here)
    stopping.clear()
    _drain_on_signals(consumer)
    consumer.thread.start()
    logger.info("Tasks run in this server, as %s.", consumer_name())
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
