"""Checks a stranger's file in a process of its own, which may be slow, be greedy or crash without harm.

PDF is a large format and its parsers meet files made to hurt them. The child gets the file on standard
input, limits itself before it reads the first byte, has no secrets in its environment, needs no network,
and answers with a verdict and nothing else. The parent needs no PDF library.

The child limits itself, and is not limited between fork and exec: Python code there (``preexec_fn``) may
deadlock in a process with threads, and Zope has threads.
"""

import base64
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sp.personcert.foundation.pdf.keys import Trust
from sp.personcert.foundation.pdf.verdicts import Reason, Verdict

MODULE = "sp.personcert.foundation.pdf.child"
GIBIBYTE = 1024**3
LARGEST_ANSWER = 4096
OPEN_FILES = 32


@dataclass(frozen=True)
class Limits:
    """How much a child may use: processor and wall time in seconds, memory in bytes."""

    seconds: int
    memory: int

    def arguments(self) -> list[str]:
        """Return the limits as the child's command line takes them."""
        return [str(self.seconds), str(self.memory)]

    def apply(self) -> None:
        """Limit this process, for good: hard limits cannot be raised again."""
        resource.setrlimit(resource.RLIMIT_CPU, (self.seconds, self.seconds))
        resource.setrlimit(resource.RLIMIT_AS, (self.memory, self.memory))
        resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_ANSWER, LARGEST_ANSWER))
        resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def check_in_child(pdf: bytes, trust: Trust, seconds: int = 8, memory: int = GIBIBYTE) -> Verdict:
    """Judge a document as ``checking.check`` does, but safely.

    A crash, silence or nonsense is a verdict too: Reason.ERROR.
    """
    answer = ask(MODULE, encode_question(pdf, trust), Limits(seconds, memory))
    return decode_answer(answer)


def ask(module: str, question: bytes, limits: Limits) -> bytes:
    """Run a module as a limited child with the question on standard input; an empty answer is a failure.

    The answer goes to a file, so that the limit of file size bounds it; a pipe could be filled without end.
    """
    # -B: the limit of file size would cut short the byte code that Python caches. -P, -s: nothing from the
    # working or home folder.
    command = [sys.executable, "-B", "-P", "-s", "-m", module, *limits.arguments()]
    with tempfile.TemporaryFile() as answer:
        try:
            finished = subprocess.run(
                command,
                input=question,
                stdout=answer,
                stderr=subprocess.DEVNULL,
                timeout=limits.seconds,
                env=_environment(),
                cwd=os.sep,
                check=False,
            )
        except (subprocess.TimeoutExpired, OSError):  # run() has killed the child by then
            return b""
        if finished.returncode != 0:
            return b""
        answer.seek(0)
        return answer.read(LARGEST_ANSWER)


def answer_once(handle: Callable[[bytes], bytes]) -> None:
    """Be the child: limit this process, read the question, write what ``handle`` makes of it."""
    seconds, memory = (int(argument) for argument in sys.argv[1:3])
    Limits(seconds, memory).apply()
    answer = handle(sys.stdin.buffer.read())
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()


def encode_question(pdf: bytes, trust: Trust) -> bytes:
    """Write one line of JSON with whom to trust, and then the document as it is."""
    header = {
        "roots": [base64.b64encode(root).decode("ascii") for root in trust.roots],
        "pinned": sorted(trust.pinned),
    }
    return json.dumps(header).encode("ascii") + b"\n" + pdf


def decode_question(question: bytes) -> tuple[bytes, Trust]:
    """Undo encode_question."""
    header, _, pdf = question.partition(b"\n")
    fields = json.loads(header)
    roots = tuple(base64.b64decode(root) for root in fields["roots"])
    return pdf, Trust(roots=roots, pinned=frozenset(fields["pinned"]))


def encode_answer(verdict: Verdict) -> bytes:
    """Write a verdict as JSON."""
    fields = {
        "reason": verdict.reason.value,
        "unchanged": verdict.unchanged,
        "ours": verdict.ours,
        "signed_at": verdict.signed_at.isoformat() if verdict.signed_at else None,
    }
    return json.dumps(fields).encode("ascii")


def decode_answer(answer: bytes) -> Verdict:
    """Undo encode_answer; whatever is not a whole verdict is Reason.ERROR."""
    try:
        fields = json.loads(answer)
        signed_at = fields["signed_at"]
        verdict = Verdict(
            reason=Reason(fields["reason"]),
            unchanged=fields["unchanged"],
            ours=fields["ours"],
            signed_at=datetime.fromisoformat(signed_at) if signed_at is not None else None,
        )
    except (ValueError, KeyError, TypeError):
        return Verdict(Reason.ERROR)
    if verdict.unchanged not in (True, False, None) or not isinstance(verdict.ours, bool):
        return Verdict(Reason.ERROR)
    return verdict


def _environment() -> dict[str, str]:
    """Give the child the parent's import path and a character set, and none of the service's settings."""
    return {"PYTHONPATH": os.pathsep.join(entry for entry in sys.path if entry), "LC_ALL": "C.UTF-8"}


def _check(question: bytes) -> bytes:
    # Imported here, under the limits: the parent imports this module and has no use for pyHanko.
    from sp.personcert.foundation.pdf.checking import check

    return encode_answer(check(*decode_question(question)))


if __name__ == "__main__":
    answer_once(_check)
