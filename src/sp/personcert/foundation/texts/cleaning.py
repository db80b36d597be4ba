"""What people type, as it is stored."""

from unicodedata import category

_NOT_TEXT = frozenset({"Cc", "Cs"})


def cleaned(typed: str) -> str:
    """With one kind of line break, a space for what no text can hold, and nothing around it."""
    lines = typed.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign if sign == "\n" or category(sign) not in _NOT_TEXT else " " for sign in lines).strip()


def one_line(typed: str) -> str:
    """All of it on one line."""
    return " ".join(cleaned(typed).split())
