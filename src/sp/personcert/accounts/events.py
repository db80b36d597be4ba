"""What the user folder tells."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PasswordStored:
    """A user has another password, by whatever way. Sessions and links of before are gone."""

    user_id: str


@dataclass(frozen=True)
class UserGone:
    """A user was deleted."""

    user_id: str
