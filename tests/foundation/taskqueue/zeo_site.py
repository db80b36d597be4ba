"""A real site as several processes: ZEO, a server without a consumer, Redis, and two workers."""

import re
import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from scripts.instance import Instance
from ZEO.ClientStorage import ClientStorage

from tests.foundation.taskqueue.killed_server import START_SECONDS, Server, copy_site, opened
from tests.programs import TOP, Program, answers, free_port, wait_until
from tests.redis_server import RedisServer

ZEO_CONF = """\
<zeo>
    address 127.0.0.1:{port}
</zeo>
<blobstorage 1>
    blob-dir {var}/blobstorage
    <filestorage>
        path {var}/filestorage/Data.fs
    </filestorage>
</blobstorage>
"""

CLIENT = """\
    <zeoclient>
        server 127.0.0.1:{port}
        storage 1
        blob-dir $VAR/blobstorage
        shared-blob-dir on
    </zeoclient>
"""


class ZeoServer(Server):
    """A server whose database is another process."""

    def __init__(self, instance: Instance, zeo_port: int, broker: str) -> None:
        super().__init__(instance, broker, embedded=False)
        self.zeo_port = zeo_port

    @contextmanager
    def database(self) -> Iterator[Any]:
        """A connection as one more client of the database."""
        storage = ClientStorage(("127.0.0.1", self.zeo_port), read_only=True, wait_timeout=30)
        with opened(storage) as connection:
            yield connection


class Worker(Program):
    """A worker, started as README.md says."""

    def __init__(self, server: ZeoServer, broker: str, name: str) -> None:
        self.name = name
        log = server.instance.var / "log" / f"{name}.log"
        super().__init__(readme_command(server.instance.conf, name), log, {"SP_TASKQUEUE_URL": broker})
        self._seen = 0

    def start(self) -> None:
        """Start it; it is ready a while later."""
        self._seen = self.log.stat().st_size if self.log.exists() else 0
        super().start()

    def wait(self) -> None:
        """Wait until it takes tasks."""

        def is_ready() -> bool:
            assert self.is_running, f"the worker has ended; see {self.log}"
            return b"Started as" in self.log.read_bytes()[self._seen :]

        wait_until(is_ready, START_SECONDS, f"the worker; see {self.log}")


class ZeoSite:
    """``start`` all of it; ``close`` leaves nothing behind."""

    def __init__(self, made: Path, var: Path) -> None:
        instance, zeo_port = copy_site(made, var), free_port()
        instance.conf.write_text(with_client(instance.conf.read_text(), zeo_port))
        conf = instance.conf.with_name("zeo.conf")
        conf.write_text(ZEO_CONF.format(port=zeo_port, var=var))
        self.zeo = Program([sys.executable, "-m", "ZEO.runzeo", "-C", str(conf)], var / "log" / "zeo.log")
        self.redis = RedisServer(var)
        self.server = ZeoServer(instance, zeo_port, self.redis.address)
        self.workers = [Worker(self.server, self.redis.address, f"worker-{n}") for n in (1, 2)]

    def start(self) -> None:
        """Start everything, what takes longest at once."""
        self.redis.start()
        self.zeo.start()
        wait_until(lambda: answers(self.server.zeo_port), 30, "ZEO")
        for worker in self.workers:
            worker.start()
        self.server.start()
        for worker in self.workers:
            worker.wait()

    def start_workers(self) -> None:
        """Start those that were ended."""
        ended = [worker for worker in self.workers if not worker.is_running]
        for worker in ended:
            worker.start()
        for worker in ended:
            worker.wait()

    def close(self) -> None:
        """End everything."""
        for program in (*self.workers, self.server, self.redis, self.zeo):
            program.close()


def readme_command(conf: Path, name: str) -> list[str]:
    """The very command of README.md, for this zope.conf and name."""
    lines = re.findall(
        r"^.*\bpersoncert-worker .*zope\.conf.*$", (TOP / "README.md").read_text(), re.MULTILINE
    )
    assert lines, "README.md gives no command for a worker"
    words = shlex.split(lines[0], comments=True)
    words = words[next(at for at, word in enumerate(words) if word.endswith("personcert-worker")) :]
    words[words.index("--name") + 1] = name
    return [str(conf) if word.endswith("zope.conf") else word for word in words]


def with_client(conf: str, zeo_port: int) -> str:
    """zope.conf with ZEO instead of a file."""
    changed = re.sub(
        r" *<blobstorage>.*</blobstorage>\n", lambda _: CLIENT.format(port=zeo_port), conf, flags=re.DOTALL
    )
    assert changed != conf
    return changed
