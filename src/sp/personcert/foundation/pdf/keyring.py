"""The body's signing key and what its signatures are trusted by, loaded once per process.

``SP_SIGNING_DIR`` names the folder. A demo makes its own test key there; elsewhere a missing key is
an error of the task that needs it, which is retried and shown.
"""

import os
from functools import lru_cache
from pathlib import Path

from . import keys
from .keys import SigningKey, Trust


def folder() -> Path:
    """The folder of the key.

    :raises keys.KeyMissing: when the environment names none.
    """
    named = os.environ.get("SP_SIGNING_DIR", "")
    if not named:
        raise keys.KeyMissing("SP_SIGNING_DIR names no folder")
    found = Path(named)
    if os.environ.get("SP_DEMO") == "1":
        keys.make_test_key(found)
    return found


@lru_cache(maxsize=1)
def signing_key() -> SigningKey:
    """The key that signs now. Only the worker needs it."""
    return keys.load_key(folder())


@lru_cache(maxsize=1)
def trust() -> Trust:
    """Our own root and every signer that the body ever used."""
    return keys.load_trust(folder())
