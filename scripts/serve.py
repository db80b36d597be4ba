"""Serve the demo site on this machine: ``make run``.

The first start makes the site in ``var/.building`` and moves it into place with the database last,
so a start that was broken off leaves either a whole site or none.
"""

import argparse
import fcntl
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import IO

from instance import SITE_ID, Instance
from visitor import read_accounts

QUEUE = ("taskqueue.sqlite", "taskqueue.sqlite-shm", "taskqueue.sqlite-wal")
MADE = ("blobstorage", "demo", "mail", "signing", *QUEUE, "admin-password", "filestorage")
READY_WITHIN = 180.0


class Stop(Exception):
    """The start cannot go on; the text says what to do."""


def lock(var: Path) -> IO[str]:
    """Hold this folder until the process ends, so that two starts never write it at once."""
    var.mkdir(parents=True, exist_ok=True)
    handle = (var / ".lock").open("w")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise Stop(f"Another start is using {var}. Stop it first.") from None
    return handle


def check_port(port: int) -> None:
    """Refuse a port that something else listens on."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise Stop(f"Port {port} is in use. Choose another: make run PORT={port + 1}") from None


def set_aside(var: Path) -> None:
    """Move what an earlier start left without a database out of the way; nothing is deleted."""
    left = [var / name for name in MADE if (var / name).exists()]
    if not left:
        return
    aside = var / f"left-over-{time.strftime('%Y%m%d-%H%M%S')}"
    aside.mkdir()
    for path in left:
        path.rename(aside / path.name)
    print(f"An earlier start left files without a database; they are now in {aside}.")


def make_site(instance: Instance, more: Sequence[str] = ()) -> None:
    """Make the site beside its final place, then move it there, the database last."""
    building = instance.var / ".building"
    shutil.rmtree(building, ignore_errors=True)
    set_aside(instance.var)
    print("Making the site with demo data (once):", flush=True)
    maker = Path(__file__).with_name("make_site.py")
    command = [sys.executable, str(maker), str(building), "--port", str(instance.port), *more]
    if subprocess.run(command, check=False).returncode:
        raise Stop(f"The site could not be made; see the lines above and {building}/log/server.log.")
    for name in MADE:
        if (building / name).exists():
            (building / name).rename(instance.var / name)
    shutil.rmtree(building)


def day_to_live() -> date:
    """The day that the server will live on: SP_TODAY, or the machine's."""
    given = os.environ.get("SP_TODAY", "")
    try:
        return date.fromisoformat(given) if given else date.today()
    except ValueError:
        raise Stop(f"SP_TODAY={given} is not a day; write it as 2026-11-23.") from None


def note_day(instance: Instance, day: date) -> None:
    """Keep the latest day that this site was used on, and warn when it would go back in time."""
    given = os.environ.get("SP_TODAY", "")
    before = json.loads(instance.clock.read_text()) if instance.clock.exists() else {}
    latest = date.fromisoformat(before.get("latest", day.isoformat()))
    if day < latest:
        print(
            f"WARNING: this site was last used on {latest} and now lives on {day}. Due dates, reminders and "
            f"histories will not fit. Use SP_TODAY={latest} or later, or make clean for a new site."
        )
    elif before.get("moved") and not given:
        print(f"WARNING: the last start had SP_TODAY={before['moved']}; this one lives on {day}.")
    instance.clock.parent.mkdir(parents=True, exist_ok=True)
    instance.clock.write_text(json.dumps({"latest": max(day, latest).isoformat(), "moved": given}) + "\n")


def wait_until_served(url: str) -> bool:
    """Ask for the page until it answers; False when it does not within the time allowed."""
    end = time.monotonic() + READY_WITHIN
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(url, timeout=READY_WITHIN):
                return True
        except urllib.error.HTTPError as answer:
            return answer.code < 500
        except OSError:
            time.sleep(0.3)
    return False


def account_lines(instance: Instance) -> list[str]:
    """The demo accounts as lines to print."""
    accounts = read_accounts(instance.accounts)
    rows = [(one.login, one.password, f"{one.name} ({', '.join(one.roles)})") for one in accounts]
    return [f"  {login:20} {password:24} {who}" for login, password, who in rows]


def announce(instance: Instance) -> None:
    """Once the site answers, say where it is and who can log in."""
    url = f"http://127.0.0.1:{instance.port}/{SITE_ID}"
    if not wait_until_served(url):
        print(f"The site does not answer as it should; see {instance.log}.", flush=True)
        return
    lines = ["", f"Kundwebben: {url}", *account_lines(instance)]
    lines.append("Stop with Ctrl-C; the data stays in " + str(instance.var))
    print("\n".join(lines), flush=True)


def stop_on_signal(number: int, frame: object) -> None:
    """End the server in its own way: requests finish, the database closes."""
    raise SystemExit(0)


def run_server(instance: Instance) -> int:
    """Serve until stopped."""
    os.environ.update(instance.environment(embedded_tasks=True))
    from Zope2.Startup.serve import main as serve

    threading.Thread(target=announce, args=(instance,), daemon=True).start()
    status = serve(["serve", "--quiet", str(instance.ini)])
    print("Stopped.", flush=True)
    return int(status or 0)


def start(instance: Instance, more: Sequence[str] = ()) -> int:
    """Make the site when there is none, then serve it."""
    held = lock(instance.var)
    check_port(instance.port)
    day = day_to_live()
    if not instance.database.exists():
        make_site(instance, more)
    note_day(instance, day)
    instance.write()
    status = run_server(instance)
    held.close()
    return status


def main(argv: list[str]) -> int:
    """Read the options and start; what stops the start is said in one line."""
    top = Path(__file__).resolve().parent.parent
    parser = argparse.ArgumentParser(description="Serve the demo site on this machine.")
    parser.add_argument("--port", type=int, default=8080)
    parser.add_argument("--var", type=Path, default=top / "var")
    options, more = parser.parse_known_args(argv)  # the rest is for make_site.py
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop_on_signal)
    # a shell starts background jobs with Ctrl-C ignored
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return start(Instance(options.var.resolve(), options.port), more)
    except Stop as reason:
        print(f"make run: {reason}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped before the site was ready; the next start begins where it can.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
