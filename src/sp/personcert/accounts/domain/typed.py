"""What a person types or follows on the way in."""

import unicodedata

INVISIBLE = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})  # controls, zero width and byte order marks, spaces
LONGEST_PATH = 2000


def without_invisible_ends(pasted: str) -> str:
    """The text without what cannot be seen before and after it; it follows along when one pastes (H14)."""
    begin, end = 0, len(pasted)
    while begin < end and unicodedata.category(pasted[begin]) in INVISIBLE:
        begin += 1
    while end > begin and unicodedata.category(pasted[end - 1]) in INVISIBLE:
        end -= 1
    return pasted[begin:end]


def site_path(address: str) -> str:
    """The address when it is a path on this host, else "": never a way to somewhere else.

    Browsers read a backslash as a slash and drop control characters, and headers hold ASCII alone: none of
    them is let through. Addresses that the site makes are quoted.
    """
    is_path = address.startswith("/") and not address.startswith("//")
    is_plain = address.isascii() and address.isprintable() and not {" ", "\\"} & set(address)
    return address if is_path and is_plain and len(address) <= LONGEST_PATH else ""
