"""``personcert-worker``: a process that runs tasks and serves no page.

Several may run, on one machine or many, beside servers that run none. They share the database, so it
is one for several processes (ZEO or RelStorage), and the broker (Redis, or a file on one machine). On
SIGTERM or SIGINT the running task finishes and nothing new begins; a second signal breaks it off.
"""

import argparse
import logging
import os
import signal
import sys
from types import FrameType

from zc.lockfile import LockError
from ZConfig import ConfigurationError
from ZODB.POSException import StorageError
from Zope2.Startup.run import configure_wsgi

from ..logs.records import MaskingFormatter
from .broker import Broker, BrokerRefused, broker
from .consumer import TaskConsumer
from .naming import NameTaken, hold_name
from .running import stopping

logger = logging.getLogger("personcert-worker")

LINE = "%(asctime)s %(levelname)s [%(name)s] %(message)s"


class NoWork(Exception):
    """The worker cannot begin; the text says what to do."""


def main(argv: list[str] | None = None) -> int:
    """Run tasks until a signal; the exit status."""
    parser = argparse.ArgumentParser(prog="personcert-worker", description=__doc__)
    parser.add_argument("zope_conf", help="the zope.conf of the site's servers or one like it")
    parser.add_argument("--name", default="", help="instead of SP_CONSUMER_NAME")
    given = parser.parse_args(argv)
    _log_to_stderr()
    try:
        here, name = _start_zope(given.zope_conf, given.name)
    except (NoWork, NameTaken) as reason:
        print(f"personcert-worker: {reason}", file=sys.stderr)
        return 1
    _work(here, name)
    return 0


def _log_to_stderr() -> None:
    """zope.conf says nothing of logs; in a server that is the business of the other file, wsgi.ini."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(MaskingFormatter(LINE))
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    logging.getLogger("huey").setLevel(logging.WARNING)


def _start_zope(zope_conf: str, given_name: str) -> tuple[Broker, str]:
    """Load everything, take a name and open the database; the broker, and the name.

    :raises NoWork: when that cannot be.
    :raises NameTaken: when another process has the name.
    """
    try:
        starter = configure_wsgi(zope_conf)
        os.environ.pop("SP_TASKQUEUE_EMBEDDED", None)  # also what zope.conf set
        here, name = _broker(), hold_name(given_name)
        starter.prepare()
    except LockError as error:
        raise NoWork(
            "The database is locked by another process. A FileStorage is for one process alone: let "
            "the server run the tasks (SP_TASKQUEUE_EMBEDDED=1), or use ZEO or RelStorage."
        ) from error
    except (ConfigurationError, OSError) as error:
        raise NoWork(f"{zope_conf} cannot be used: {error}") from error
    except StorageError as error:
        raise NoWork(f"The database does not answer ({type(error).__name__}).") from error
    return here, name


def _broker() -> Broker:
    try:
        here = broker()
    except BrokerRefused as error:
        raise NoWork(str(error)) from error
    if here is None or here.is_immediate:
        raise NoWork(
            "SP_TASKQUEUE_URL must name a broker that processes share: redis://host:6379/0, or "
            "sqlite:///absolute/path on one machine."
        )
    return here


def _work(here: Broker, name: str) -> None:
    consumer = TaskConsumer(here)

    def end(number: int, frame: FrameType | None) -> None:
        if stopping.is_set():
            raise SystemExit(1)
        logger.info("%s: the running task may finish.", signal.Signals(number).name)
        stopping.set()
        consumer.stop_flag.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    logger.info("Started as %s, process %d.", name, os.getpid())
    consumer.run()
    consumer.drain(seconds=None)
    logger.info("Stopped: %s.", name)


if __name__ == "__main__":
    sys.exit(main())
