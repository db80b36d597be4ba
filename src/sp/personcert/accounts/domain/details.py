"""What a user name, a person's name and an address look like when somebody types them for another."""

import re
import unicodedata

LONGEST_USER_NAME = 50
LONGEST_NAME = 100
LONGEST_ADDRESS = 254  # RFC 5321, erratum 1690
_USER_NAME = re.compile(r"[a-z0-9][a-z0-9._-]+")
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LOCAL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")
_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")


def is_user_name(text: str) -> bool:
    """Small letters, figures, full stop, hyphen and underscore: typed alike on every keyboard."""
    return len(text) <= LONGEST_USER_NAME and _USER_NAME.fullmatch(text) is not None


def is_name(text: str) -> bool:
    """A name on one line."""
    is_plain = all(sign == " " or unicodedata.category(sign)[0] not in "CZ" for sign in text)
    return bool(text.strip()) and len(text) <= LONGEST_NAME and is_plain


def is_mail_address(text: str) -> bool:
    """An address that every mail server takes (RFC 5321 section 4.1.2, without quotes and literals)."""
    if len(text) > LONGEST_ADDRESS:
        return False
    local, _, domain = text.rpartition("@")
    labels = domain.split(".")
    is_local = len(local) <= 64 and _LOCAL.fullmatch(local) is not None
    return is_local and len(labels) > 1 and all(_LABEL.fullmatch(label) for label in labels)
