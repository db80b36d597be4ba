"""The rules for passwords (H19–H23). They hold wherever a password is stored."""

import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from string import digits

from zxcvbn.frequency_lists import FREQUENCY_LISTS

from .typed import without_invisible_ends

SHORTEST = 12  # characters (H19)
LONGEST = 128
HISTORY = 7  # earlier passwords that do not come back (H23)
_SHORTEST_NAME = 4  # "Ann" stands in too many words
_FEWEST_SIGNS = 4
_LISTS = ("passwords", "english_wikipedia")


class Rule(StrEnum):
    """What can be wrong with a password."""

    SHORT = "short"  # H19
    LONG = "long"
    LOWER = "lower"  # H20
    UPPER = "upper"  # H20
    DIGIT_OR_SPECIAL = "digit_or_special"  # H21
    PERSON = "person"
    COMMON = "common"
    HISTORY = "history"  # H23


def normalized(password: str) -> str:
    """One form for one text, whichever keyboard typed it (Unicode NFC), without invisible ends (H14)."""
    return unicodedata.normalize("NFC", without_invisible_ends(password))


def broken_rules(password: str, names: Iterable[str] = (), words: Iterable[str] = ()) -> tuple[Rule, ...]:
    """Every rule that the password breaks, but for the history, which needs the stored hashes.

    :param names: what stands for the person: user name, name, customer number.
    :param words: on which this site's passwords are too often built.
    """
    password = normalized(password)
    held = {
        Rule.SHORT: len(password) >= SHORTEST,
        Rule.LONG: len(password) <= LONGEST,
        Rule.LOWER: any(sign.islower() for sign in password),
        Rule.UPPER: any(sign.isupper() for sign in password),
        Rule.DIGIT_OR_SPECIAL: any(not sign.isalpha() and not sign.isspace() for sign in password),
        Rule.PERSON: not _holds_a_name(password.casefold(), names),
        Rule.COMMON: len(password) > LONGEST or not _is_common(password.casefold(), words),
    }
    return tuple(rule for rule, is_held in held.items() if not is_held)


def _holds_a_name(folded: str, names: Iterable[str]) -> bool:
    parts = {part.casefold() for name in names for part in (name, *name.split())}
    bare = "".join(filter(str.isalnum, folded))
    return any(len(part) >= _SHORTEST_NAME and (part in folded or part in bare) for part in parts)


def _is_common(folded: str, words: Iterable[str]) -> bool:
    """Whether one well-known word, with figures and signs about it, or one pattern is all there is."""
    core = _once("".join(sign for sign in folded if sign.isalpha()))
    known = {folded, folded.strip(digits), core} & _well_known()
    own = core in {"".join(filter(str.isalpha, word.casefold())) for word in words}
    return bool(known) or own or _is_pattern(folded)


def _once(core: str) -> str:
    """A word that is written twice is one word."""
    half = core[: len(core) // 2]
    return half if half and half * 2 == core else core


def _is_pattern(folded: str) -> bool:
    """A few signs over and over, or a run along the alphabet or the keyboard."""
    if len(set(folded)) <= _FEWEST_SIGNS:
        return True
    rows = ("abcdefghijklmnopqrstuvwxyzåäö", f"{digits}0", "qwertyuiopå", "asdfghjklöä", "zxcvbnm")
    runs = {row[at : at + 3] for row in (*rows, *(row[::-1] for row in rows)) for at in range(len(row) - 2)}
    threes = [folded[at : at + 3] for at in range(len(folded) - 2)]
    return bool(threes) and sum(three in runs for three in threes) * 3 >= len(threes) * 2


@cache
def _well_known() -> frozenset[str]:
    """zxcvbn's lists of common passwords and words, in lower case."""
    lists = (FREQUENCY_LISTS[name] for name in _LISTS)
    return frozenset(word for words in lists for word in words if len(word) >= _SHORTEST_NAME)
