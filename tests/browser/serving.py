"""The site as ``make run`` serves it: a fresh one, in a folder and on a port of its own."""

import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

SERVE = Path(__file__).resolve().parents[2] / "scripts" / "serve.py"
READY_WITHIN = 180.0
STOPPED_WITHIN = 30.0


@dataclass(frozen=True)
class Site:
    """A running site: its address, and the folder that it writes."""

    url: str
    var: Path

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        return self.url.rpartition("/")[0]

    def letters(self, address: str, subject: str) -> list[EmailMessage]:
        """What was mailed to somebody with a subject, oldest first."""
        paths = sorted((self.var / "mail").glob("*.eml"), key=lambda path: path.stat().st_mtime)
        found = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in paths]
        return [letter for letter in found if (letter["To"], letter["Subject"]) == (address, subject)]

    def complaints(self) -> list[str]:
        """Errors in the log of the server, but for bodies that Zope refused to read."""
        lines = (self.var / "log" / "server.log").read_text(encoding="utf-8").splitlines()
        bad = [line for line in lines if " ERROR " in line or " CRITICAL " in line]
        return [line for line in bad if not line.endswith("[Zope.SiteErrorLog] BadRequest: None")]


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(folder: Path) -> Iterator[Site]:
    """Make the site, serve it, and see that it ends in its own way when it is told to."""
    port, said = free_port(), folder / "said.txt"
    command = [sys.executable, str(SERVE), "--port", str(port), "--var", str(folder / "site")]
    command += ["--notice-minutes", "0"]  # nobody waits for what may come within ten minutes
    with said.open("w") as out:
        server = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT)
    try:
        site = Site(f"http://127.0.0.1:{port}/kundwebb", folder / "site")
        _wait_for(site.url, server, said)
        yield site
        server.send_signal(signal.SIGTERM)
        status = server.wait(STOPPED_WITHIN)
        assert (status, said.read_text().splitlines()[-1]) == (0, "Stopped."), said.read_text()
    finally:
        server.kill()
        server.wait()


def _wait_for(url: str, server: subprocess.Popen[bytes], said: Path) -> None:
    end = time.monotonic() + READY_WITHIN
    while time.monotonic() < end:
        assert server.poll() is None, said.read_text()
        try:
            with urllib.request.urlopen(url, timeout=30):
                return
        except urllib.error.HTTPError as answer:
            raise AssertionError(f"the first page answers {answer.code}\n{said.read_text()}") from answer
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"no site within {READY_WITHIN} s\n{said.read_text()}")


def eventually(look: Callable[[], Any], seconds: float = 20.0) -> Any:
    """What ``look`` finds, as soon as it finds something; else what it found last."""
    end = time.monotonic() + seconds
    while not (found := look()) and time.monotonic() < end:
        time.sleep(0.25)
    return found
