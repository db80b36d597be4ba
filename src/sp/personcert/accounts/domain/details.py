"""What a user name and a person's name look like when somebody types them for another."""

import re
import unicodedata

LONGEST_USER_NAME = 50
LONGEST_NAME = 100
_USER_NAME = re.compile(r"[a-z0-9][a-z0-9._-]+")


def is_user_name(text: str) -> bool:
    """Small letters, figures, full stop, hyphen and underscore: typed alike on every keyboard."""
    return len(text) <= LONGEST_USER_NAME and _USER_NAME.fullmatch(text) is not None


def is_name(text: str) -> bool:
    """A name on one line."""
    is_plain = all(sign == " " or unicodedata.category(sign)[0] not in "CZ" for sign in text)
    return bool(text.strip()) and len(text) <= LONGEST_NAME and is_plain
