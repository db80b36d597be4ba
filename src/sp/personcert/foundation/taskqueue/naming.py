"""Names of consumers: no two that run have the same, and a name returns after a crash.

What a name was running when its process died is known for sure, since the name is held by a lock on a file
in the instance's client home, which the system lets go with the process. A consumer that starts takes those
tasks up at once; a name that never returns has them until their lease ends.
"""

import fcntl
import hashlib
import os
import socket
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import IO

from App.config import getConfiguration

FOLDER = "consumers"


class NameTaken(Exception):
    """Another process that runs has this name."""


@dataclass(frozen=True)
class _Held:
    name: str
    lock: IO[str]


_held: list[_Held] = []


def consumer_name() -> str:
    """The name that this process holds, or that it would ask for."""
    return _held[0].name if _held else _wanted() or _place()


def hold_name(given: str = "") -> str:
    """Take a name until this process ends: the given one, or the first free number of this instance.

    :param given: goes before SP_CONSUMER_NAME.
    :raises NameTaken: when a process that runs has it.
    """
    wanted = given or _wanted()
    names = [wanted] if wanted else (f"{_place()}:{number}" for number in count(1))
    for name in names:
        lock = _locked(name)
        if lock is not None:
            _held[:] = [_Held(name, lock)]
            return name
    raise NameTaken(f"Another consumer that runs has the name {wanted}.")


def release_name() -> None:
    """Let it go while the process goes on."""
    while _held:
        _held.pop().lock.close()


def _wanted() -> str:
    return os.environ.get("SP_CONSUMER_NAME", "")


def _home() -> Path:
    return Path(getConfiguration().clienthome)


def _place() -> str:
    return f"{socket.gethostname()}:{_home()}"


def _locked(name: str) -> IO[str] | None:
    """The name's file, locked; None when another process has the lock."""
    folder = _home() / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    file = (folder / hashlib.sha256(name.encode()).hexdigest()[:32]).open("a+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    file.truncate(0)
    file.write(f"{name}\n{os.getpid()}\n")
    file.flush()
    return file
