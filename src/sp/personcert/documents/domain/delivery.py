"""The headers of a file that is handed out: it is saved, never shown inside the site."""

import re
import unicodedata
from urllib.parse import quote

SANDBOX = "sandbox; default-src 'none'"


def headers(file_name: str, media_type: str, length: int) -> dict[str, str]:
    """Header name → value.

    :param file_name: goes out in NFC as ``filename*`` (RFC 6266, RFC 8187), with a plain form beside
        it for old programs.
    :param length: in bytes.
    """
    return {
        "Content-Type": media_type,
        "Content-Length": str(length),
        "Content-Disposition": disposition(file_name),
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": SANDBOX,
        "Cache-Control": "private, no-store",
        "Cross-Origin-Resource-Policy": "same-origin",
    }


def disposition(file_name: str) -> str:
    """``attachment`` with both forms of the name."""
    name = unicodedata.normalize("NFC", file_name)
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^\w.-]", "_", plain)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
