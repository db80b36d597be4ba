"""One-time codes of an app (TOTP, RFC 6238) and the codes for when the app is gone."""

import secrets
from dataclasses import dataclass

import pyotp

STEP = 30  # seconds
RECOVERY_CODES = 10
RECOVERY_LENGTH = 12
_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # nothing that is mistaken for another


@dataclass(frozen=True)
class Enrolment:
    """What an app needs. ``uri`` is for its camera, ``secret`` (base 32) for typing."""

    secret: str
    uri: str

    @classmethod
    def of(cls, secret: str, user_name: str, issuer: str) -> "Enrolment":
        """For one person."""
        return cls(secret, pyotp.TOTP(secret).provisioning_uri(name=user_name, issuer_name=issuer))


def new_secret() -> str:
    """160 bits in base 32."""
    return pyotp.random_base32()


def matching_step(secret: str, code: str, moment: float, last_step: int) -> int | None:
    """The step that a code belongs to: the present one or a neighbour, and later than the last one used.

    A code counts once (RFC 6238 section 5.2).
    """
    totp, present = pyotp.TOTP(secret), int(moment) // STEP
    for step in (present - 1, present, present + 1):
        if step > last_step and pyotp.utils.strings_equal(totp.at(step * STEP), code):
            return step
    return None


def recovery_codes() -> tuple[str, ...]:
    """Codes like ``k7mq-w2xp-9hde`` (59 bits), to be shown once."""
    return tuple(
        "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(3))
        for _ in range(RECOVERY_CODES)
    )


def plain_code(code: str) -> str:
    """A recovery code however it was typed: case, spaces and dashes do not count."""
    return "".join(sign for sign in code.casefold() if sign.isalnum())


def is_app_code(code: str) -> bool:
    """Six digits; spaces do not count."""
    return len(code) == 6 and code.isascii() and code.isdigit()
