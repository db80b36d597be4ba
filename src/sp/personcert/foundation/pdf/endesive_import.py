"""Imports the signing half of endesive, without the verifying half and what that drags in.

``import endesive.pdf`` also imports endesive's verifier, which imports ``certvalidator`` 0.11, which
imports ``oscrypto`` 1.3.0, and that cannot read the version "3.0.22" of OpenSSL: LibraryNotFoundError.
There is no newer release of either. We never use endesive's verifier (it accepts documents changed after
signing, and any root of the public web), so an empty module stands in for ``certvalidator`` while endesive
is imported, and is taken away again: whoever else imports ``certvalidator`` gets the real one. pyHanko is
not concerned; its own validator is another package, ``pyhanko_certvalidator``.
"""

import importlib
import sys
import threading
from types import ModuleType

_VERIFIER_DEPENDENCY = "certvalidator"
_lock = threading.Lock()


def _import_cms() -> ModuleType:
    """Import ``endesive.pdf.cms``; the lock is for threads that import it at the same time."""
    with _lock:
        absent = object()
        before: object = sys.modules.get(_VERIFIER_DEPENDENCY, absent)
        if before is absent:
            sys.modules[_VERIFIER_DEPENDENCY] = ModuleType(
                _VERIFIER_DEPENDENCY, "Stands in while endesive is imported."
            )
        try:
            return importlib.import_module("endesive.pdf.cms")
        finally:
            if before is absent:
                del sys.modules[_VERIFIER_DEPENDENCY]


cms = _import_cms()
