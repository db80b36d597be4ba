"""What follows from what the user folder and the customers tell."""

from sp.personcert.customers.events import AddressChanged

from .events import PasswordStored, UserGone
from .operations import addresses, administration, passwords


def tell_owner(event: PasswordStored) -> None:
    """By mail, whoever stored the password."""
    passwords.tell_owner(event.user_id)


def forget(event: UserGone) -> None:
    """What was kept beside the user."""
    administration.forget(event.user_id)


def leave_address(event: AddressChanged) -> None:
    """A customer's way in has moved with the address."""
    addresses.leave_address(event.customer.user_id, event.former)
