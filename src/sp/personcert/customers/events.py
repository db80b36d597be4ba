"""What the layers above hear about."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class ProtectionChanged:
    """The identity of a customer was protected, or is so no longer, in the present transaction."""

    customer: Any
