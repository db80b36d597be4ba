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
class NewAddressTold:
    """A customer has asked us, in the present transaction, to use another e-mail address.

    ``creation_id`` is that of the form, so that what follows from it is made once.
    """

    customer: Any
    address: str
    creation_id: str
