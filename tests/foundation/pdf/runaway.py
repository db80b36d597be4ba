"""A child that misbehaves as the question asks, under the same limits as the one that checks documents."""

import json
import os
import resource
import time

from sp.personcert.foundation.pdf.child import LARGEST_ANSWER, answer_once


def misbehave(question: bytes) -> bytes:
    """Do one thing that a parser led astray might do; return an answer only where that is the point."""
    match question:
        case b"spin":
            while True:
                pass
        case b"sleep":
            time.sleep(60)
        case b"grow":
            return bytes([len(bytearray(2 * 1024**3)) % 256])
        case b"chatter":
            return b"x" * 10 * LARGEST_ANSWER
        case b"crash":
            os.abort()
        case b"open":
            return bytes(os.open(os.devnull, os.O_RDONLY) for _ in range(100))
        case b"limits":
            kinds = ("RLIMIT_CPU", "RLIMIT_AS", "RLIMIT_FSIZE", "RLIMIT_NOFILE", "RLIMIT_CORE")
            return json.dumps([resource.getrlimit(getattr(resource, kind)) for kind in kinds]).encode()
        case b"environment":
            return json.dumps(dict(os.environ)).encode()
    return question


if __name__ == "__main__":
    answer_once(misbehave)
