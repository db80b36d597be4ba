"""What follows from what the user folder tells."""

from .events import PasswordStored, UserGone
from .operations import administration, passwords


def tell_owner(event: PasswordStored) -> None:
    """By mail, whoever stored the password."""
    passwords.tell_owner(event.user_id)


def forget(event: UserGone) -> None:
    """What was kept beside the user."""
    administration.forget(event.user_id)
