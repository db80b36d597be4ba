"""What the layers above hear about."""

from dataclasses import dataclass
from typing import Any

from .domain import Decision


@dataclass(frozen=True)
class CaseGranted:
    """A case was granted, in the present transaction."""

    case: Any
    decision: Decision
