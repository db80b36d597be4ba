"""A real server in a folder of its own, for tests that end it in ugly ways."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

TOP = Path(__file__).resolve().parents[3]
START_SECONDS = 90.0


@dataclass
class Server:
    """``make`` once, then ``start`` and ``end`` as often as wanted."""

    var: Path
    port: int
    process: subprocess.Popen[bytes] | None = field(default=None)

    @property
    def lines(self) -> list[str]:
        """What the tasks did outside: their ids."""
        path = self.var / "outside.txt"
        return path.read_text().split() if path.exists() else []

    def make(self) -> None:
        """A bare site with the probes."""
        maker = [sys.executable, str(TOP / "scripts" / "make_site.py"), str(self.var), "--bare"]
        made = subprocess.run([*maker, "--port", str(self.port)], capture_output=True, text=True)
        assert made.returncode == 0, made.stdout + made.stderr
        zcml = self.var / "instance" / "etc" / "site.zcml"
        probes = f'  <include file="{Path(__file__).with_name("crash_probes.zcml")}" />\n</configure>'
        zcml.write_text(zcml.read_text().replace("</configure>", probes))

    def start(self) -> None:
        """Start and wait until it answers."""
        environment = {
            **os.environ,
            "SP_TASKQUEUE_URL": f"sqlite://{self.var}/taskqueue.sqlite",
            "SP_TASKQUEUE_EMBEDDED": "1",
            "SP_CONSUMER_NAME": "killed",
            "SP_CRASH_FILE": str(self.var / "outside.txt"),
            "PYTHONPATH": str(TOP),
        }
        ini = self.var / "instance" / "etc" / "zope.ini"
        command = [sys.executable, "-m", "Zope2.Startup.serve", "--quiet", str(ini)]
        with (self.var / "log" / "output.log").open("ab") as output:
            self.process = subprocess.Popen(command, env=environment, stdout=output, stderr=output)
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end and self.process.poll() is None:
            try:
                self.status()
                return
            except OSError:
                time.sleep(0.2)
        raise RuntimeError(f"The server did not start; see {self.var}/log.")

    def end(self, number: int = signal.SIGKILL, within: float = 60.0) -> int:
        """Send a signal and wait for the end."""
        self.process.send_signal(number)
        return self.process.wait(within)

    def queue(self, n: int, seconds: float) -> None:
        """Queue tasks over the web."""
        self._get(f"@@crash-queue?n={n}&seconds={seconds}")

    def status(self) -> tuple[int, dict[str, tuple[str, int]]]:
        """The counter, and the tasks' states and crashes by id."""
        answer = json.loads(self._get("@@crash-status"))
        return answer["count"], {task_id: tuple(state) for task_id, state in answer["tasks"].items()}

    def states(self) -> Counter[str]:
        """How many tasks stand in which state."""
        return Counter(state for state, _ in self.status()[1].values())

    def wait_for(self, state: str, gone: bool = False, within: float = 120.0) -> None:
        """Wait until some task, or with ``gone`` no task, is in a state."""
        end = time.monotonic() + within
        while bool(self.states()[state]) == gone and time.monotonic() < end:
            time.sleep(0.1)

    def _get(self, address: str) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/kundwebb/{address}", timeout=30) as answer:
            return answer.read().decode()


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
