"""What an e-mail address looks like when somebody types one."""

import re

LONGEST = 254  # RFC 5321, erratum 1690
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LOCAL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")
_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")


def is_mail_address(text: str) -> bool:
    """An address that every mail server takes (RFC 5321 section 4.1.2, without quotes and literals)."""
    if len(text) > LONGEST:
        return False
    local, _, domain = text.rpartition("@")
    labels = domain.split(".")
    is_local = len(local) <= 64 and _LOCAL.fullmatch(local) is not None
    return is_local and len(labels) > 1 and all(_LABEL.fullmatch(label) for label in labels)
