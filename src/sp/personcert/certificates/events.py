"""What the layers above hear about."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class CertificateChanged:
    """A certificate was released, or what the public may know of it changed, in the present transaction."""

    certificate: Any
