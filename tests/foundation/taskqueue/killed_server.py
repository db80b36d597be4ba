"""A real site in a folder of its own, served by a process that tests end in ugly ways."""

import json
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import transaction
from scripts.instance import SITE_ID, Instance
from ZODB.DB import DB
from ZODB.FileStorage import FileStorage

from sp.personcert.foundation.taskqueue.outbox import outbox_of
from tests.programs import TOP, Program, free_port, wait_until

START_SECONDS = 120.0


@dataclass(frozen=True)
class Seen:
    """A task as it lies in the database."""

    id: str
    view: str
    state: str
    crashes: int
    consumer: str
    effects: tuple[str, ...] = ()


class Server(Program):
    """The server of one folder; tasks run in it unless there are workers."""

    def __init__(self, instance: Instance, broker: str = "", embedded: bool = True) -> None:
        self.instance = instance
        environment = {"SP_TASKQUEUE_URL": broker or f"sqlite://{instance.var}/taskqueue.sqlite"}
        if embedded:
            environment |= {"SP_TASKQUEUE_EMBEDDED": "1", "SP_CONSUMER_NAME": "embedded"}
        command = [sys.executable, "-m", "Zope2.Startup.serve", "--quiet", str(instance.ini)]
        super().__init__(command, instance.var / "log" / "output.log", environment)

    def start(self) -> None:
        """Start and wait until it answers."""
        super().start()
        wait_until(self.answers, START_SECONDS, f"the server; see {self.log}")

    def answers(self) -> bool:
        """Whether this very process serves."""
        assert self.is_running, f"the server has ended; see {self.log}"
        try:
            return self.status()["pid"] == self.process.pid
        except OSError:
            return False

    def set_up(self, smtp_port: int) -> None:
        """Say where the mail server is."""
        self._get(f"@@crash-setup?smtp_port={smtp_port}")

    def queue(self, counts: int = 0, mails: int = 0, seconds: float = 0.0, within: float = 60.0) -> None:
        """Queue tasks over the web, in one request."""
        self._get(f"@@crash-queue?counts={counts}&mails={mails}&seconds={seconds}", within)

    def status(self) -> dict[str, int]:
        """The counter, and how many tasks stand in which state."""
        return json.loads(self._get("@@crash-status"))

    def wait_for_the_end(self, within: float = 240.0) -> None:
        """Wait until no task is queued or runs."""
        wait_until(lambda: not {"queued", "running"} & set(self.status()), within, "the end of all tasks")

    @contextmanager
    def database(self) -> Iterator[Any]:
        """A connection to the data as it lies on the disk, whatever the process does."""
        with opened(FileStorage(str(self.instance.database), read_only=True)) as connection:
            yield connection

    def tasks(self) -> list[Seen]:
        """Every task, read from the disk."""
        with self.database() as connection:
            records = [record for shard in outbox_of(connection).shards for record in shard.values()]
            views = [record.task.url.partition("?")[0].rpartition("@@")[2] for record in records]
            return [
                Seen(
                    record.task.id,
                    view,
                    str(record.state),
                    record.crashes,
                    record.consumer,
                    tuple(record.effects.values()),
                )
                for view, record in zip(views, records, strict=True)
            ]

    def count(self) -> int:
        """The counter, read from the disk."""
        with self.database() as connection:
            return getattr(connection.root()["Application"][SITE_ID], "crash_count", 0)

    def _get(self, address: str, within: float = 60.0) -> str:
        url = f"http://127.0.0.1:{self.instance.port}/{SITE_ID}/{address}"
        with urllib.request.urlopen(url, timeout=within) as answer:
            return answer.read().decode()


@contextmanager
def opened(storage: Any) -> Iterator[Any]:
    """A connection for reading; all of it is closed at the end."""
    database = DB(storage)
    connection = database.open(transaction.TransactionManager())
    try:
        yield connection
    finally:
        connection.close()
        database.close()


def make_bare_site(var: Path) -> None:
    """A site without people, to be copied."""
    maker = [sys.executable, str(TOP / "scripts" / "make_site.py"), str(var), "--bare"]
    program = Program(maker, var.with_suffix(".log"))
    try:
        program.start()
        assert program.process.wait(START_SECONDS) == 0, program.log.read_text()
    except subprocess.TimeoutExpired:
        program.close()
        raise


def copy_site(made: Path, var: Path) -> Instance:
    """A copy on a port of its own, with the probes."""
    shutil.copytree(made, var)
    instance = Instance(var, free_port())
    instance.write()
    zcml = instance.conf.parent / "site.zcml"
    probes = f'  <include file="{Path(__file__).with_name("crash_probes.zcml")}" />\n</configure>'
    zcml.write_text(zcml.read_text().replace("</configure>", probes))
    return instance
