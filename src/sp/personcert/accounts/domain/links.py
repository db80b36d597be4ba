"""One-use links: the mail holds the code, the site only its hash."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from enum import StrEnum

CODE_BYTES = 32


class LinkKind(StrEnum):
    """What a link is for."""

    ACTIVATION = "activation"
    RESET = "reset"
    HELP = "help"  # somebody who works here sent it


@dataclass(frozen=True)
class OneUseLink:
    """The newest link of an account; a newer one takes its place, its use takes it away."""

    kind: LinkKind
    code_hash: str
    expires: float  # seconds of the epoch

    @classmethod
    def make(cls, kind: LinkKind, user_id: str, expires: float) -> tuple["OneUseLink", str]:
        """A link and its code, which is not kept."""
        secret = secrets.token_urlsafe(CODE_BYTES)
        return cls(kind, _hash(secret), expires), f"{user_id}.{secret}"

    def opens_with(self, secret: str, moment: float) -> bool:
        """Whether this is the code, in time."""
        return hmac.compare_digest(self.code_hash, _hash(secret)) and moment < self.expires


def holder_and_secret(code: str) -> tuple[str, str]:
    """Whose link a code claims to be, and the secret part."""
    user_id, _, secret = code.partition(".")
    return user_id, secret


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
