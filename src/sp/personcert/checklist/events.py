"""What the layers above hear about."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class CustomerNotified:
    """The customer pressed MEDDELA OSS (H132), in the present transaction."""

    case: Any
