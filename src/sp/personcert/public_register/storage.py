"""The register's own BTrees: by number, by word of the name, by digest of each released file."""

from collections.abc import Iterator

from BTrees.OOBTree import OOBTree, OOTreeSet
from plone import api
from zope.annotation.interfaces import IAnnotations

from .domain import PublicEntry, folded

KEY = "sp.personcert.public_register"
NUMBERS, WORDS, NAMES, FILES = "numbers", "words", "names", "files"


def _tables() -> OOBTree:
    annotations = IAnnotations(api.portal.get())
    if KEY not in annotations:
        annotations[KEY] = OOBTree(
            {NUMBERS: OOBTree(), WORDS: OOTreeSet(), NAMES: OOTreeSet(), FILES: OOBTree()}
        )
    return annotations[KEY]


def enter(entry: PublicEntry, digests: tuple[str, ...]) -> None:
    """Put an entry in the place of the one with its number."""
    tables = _tables()
    earlier = tables[NUMBERS].get(entry.number)
    if earlier is not None:
        for table, key in _keys(earlier):
            tables[table].remove(key)
    tables[NUMBERS][entry.number] = entry
    for table, key in _keys(entry):
        tables[table].insert(key)
    for digest in digests:
        tables[FILES][digest] = entry.number


def by_number(number: str) -> PublicEntry | None:
    """The entry with a number, published or not."""
    return _tables()[NUMBERS].get(number)


def by_digest(digest: str) -> PublicEntry | None:
    """The entry whose released file has a SHA-256."""
    number = _tables()[FILES].get(digest)
    return by_number(number) if number else None


def in_order() -> Iterator[PublicEntry]:
    """Published entries by name."""
    for _name, number in _tables()[NAMES]:
        yield _tables()[NUMBERS][number]


def with_word(prefix: str) -> list[PublicEntry]:
    """Published entries with a word of the name that begins so, by name."""
    numbers = {number for _word, number in _tables()[WORDS].keys((prefix, ""), (prefix + "\U0010ffff", ""))}
    return sorted(
        (_tables()[NUMBERS][number] for number in numbers), key=lambda entry: (_sorted(entry), entry.number)
    )


def _keys(entry: PublicEntry) -> list[tuple[str, tuple[str, str]]]:
    if not entry.published:
        return []
    words = [(WORDS, (word, entry.number)) for word in set(folded(entry.name))]
    return [(NAMES, (_sorted(entry), entry.number)), *words]


def _sorted(entry: PublicEntry) -> str:
    return " ".join(folded(entry.name))
