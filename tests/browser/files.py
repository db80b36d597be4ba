"""Files that a person sends, and what a PDF says."""

import io
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from playwright.sync_api import FilePayload
from reportlab.pdfgen.canvas import Canvas

from sp.personcert.foundation.pdf import checking, keys


def paper(title: str) -> bytes:
    """A PDF of one page."""
    stream = io.BytesIO()
    canvas = Canvas(stream)
    canvas.drawString(72, 720, title)
    canvas.save()
    return stream.getvalue()


def as_file(name: str, data: bytes) -> FilePayload:
    """A file on the person's computer, its type told by nobody."""
    return {"name": name, "mimeType": "application/octet-stream", "buffer": data}


def tool(*command: str | Path) -> str:
    """What a command says; it must succeed."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def verdict(data: bytes, signing: Path) -> checking.Verdict:
    """What the strict check says. In a thread, because the browser occupies this one's event loop."""
    trust = keys.load_trust(signing)
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(checking.check, data, trust).result()
