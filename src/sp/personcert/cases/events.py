"""What the layers above hear about."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class CaseTaken:
    """Somebody became the officer of a case, in the present transaction."""

    case: Any
