"""What the layers above hear about."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class ProtectionChanged:
    """The identity of a customer was protected, or is so no longer, in the present transaction."""

    customer: Any


@dataclass(frozen=True)
class AddressUsable:
    """Mail to a customer can be tried again: the address was confirmed or corrected."""

    customer: Any


@dataclass(frozen=True)
class AddressFoundBad:
    """Somebody has seen that mail to a customer comes back: what it told has not been read."""

    customer: Any


@dataclass(frozen=True)
class AddressChanged:
    """A customer who has an account is written to at another address: the way in has moved.

    ``former`` is the address of before, "" when there was none.
    """

    customer: Any
    former: str


@dataclass(frozen=True)
class NewAddressTold:
    """A customer has asked us, in the present transaction, to use another e-mail address.

    ``creation_id`` is that of the form, so that what follows from it is made once.
    """

    customer: Any
    address: str
    creation_id: str
