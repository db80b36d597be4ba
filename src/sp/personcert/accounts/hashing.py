"""argon2id for Plone's user folder: how a password is kept, and the one place where one is verified."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from AuthEncoding import AuthEncoding

from .domain import normalized

SCHEME = "ARGON2ID"
_PREFIX = f"{{{SCHEME}}}".encode()
UNUSABLE = _PREFIX + b"!"
"""Of an account without a password. Nothing verifies against it."""


class Argon2idScheme:
    """A scheme of AuthEncoding with OWASP's first choice of parameters: 19 MiB, two passes, one lane."""

    hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)

    def encrypt(self, pw: str | bytes) -> bytes:
        """The encoded hash, with its salt and parameters."""
        return self.hasher.hash(_text(pw)).encode()

    def validate(self, reference: bytes, attempt: str | bytes) -> bool:
        """Whether the attempt is the password."""
        try:
            return self.hasher.verify(reference, _text(attempt))
        except (VerificationError, InvalidHashError):
            return False


_SCHEME = Argon2idScheme()
if SCHEME not in AuthEncoding.listSchemes():
    AuthEncoding.registerScheme(SCHEME, _SCHEME)


def encode(password: str) -> bytes:
    """What is stored."""
    return bytes(AuthEncoding.pw_encrypt(_text(password), SCHEME))


def verify(reference: bytes, password: str) -> bool:
    """Whether a password belongs to what is stored, in whichever scheme; costs the same for ``UNUSABLE``."""
    usable = reference != UNUSABLE
    held = AuthEncoding.pw_validate(reference if usable else _nobodys(), _text(password))
    return bool(held and usable)


def is_outdated(reference: bytes) -> bool:
    """Whether it should be stored anew: another scheme, or weaker parameters than today's."""
    if not reference.startswith(_PREFIX):
        return True
    return _SCHEME.hasher.check_needs_rehash(reference[len(_PREFIX) :].decode())


def looks_stored(password: str) -> bool:
    """Whether the text is an encoded hash: stock code would store it as it is, unchecked."""
    return bool(AuthEncoding.is_encrypted(_text(password)))


@cache
def _nobodys() -> bytes:
    return encode("nobody has this password")


def _text(password: str | bytes) -> str:
    text = password.decode("utf-8", "surrogatepass") if isinstance(password, bytes) else password
    return normalized(text).encode("utf-8", "surrogatepass").decode("utf-8", "replace")
