"""Other programs that a test starts, stops and kills."""

import os
import socket
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from signal import SIGKILL

TOP = Path(__file__).resolve().parents[1]


@dataclass
class Program:
    """A command in a process group of its own; ``start`` and ``end`` it as often as wanted."""

    command: list[str]
    log: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, without the settings of the test's own process."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("SP_")}
        paths = {"PYTHONPATH": f"{TOP}{os.pathsep}{TOP / 'src'}"}
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                self.command,
                cwd=TOP,
                env={**inherited, **paths, **self.environment},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    @property
    def is_running(self) -> bool:
        """Whether it was started and has not ended."""
        return self.process is not None and self.process.poll() is None

    def signal(self, number: int) -> None:
        """Send a signal to all of it."""
        os.killpg(self.process.pid, number)

    def end(self, number: int = SIGKILL, within: float = 60.0) -> int:
        """Send a signal and wait for the end; its status."""
        if self.is_running:
            self.signal(number)
        return self.process.wait(within)

    def close(self) -> None:
        """Leave nothing behind, also when it is stopped or was never started."""
        if self.is_running:
            self.end()


def wait_until(true: Callable[[], object], within: float = 60.0, what: str = "") -> None:
    """Ask again and again.

    :raises AssertionError: when the time is over.
    """
    end = time.monotonic() + within
    while not true():
        assert time.monotonic() < end, f"not within {within:.0f} s: {what or true}"
        time.sleep(0.1)


def answers(port: int) -> bool:
    """Whether something listens on a port of this machine."""
    with socket.socket() as probe:
        return not probe.connect_ex(("127.0.0.1", port))


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
