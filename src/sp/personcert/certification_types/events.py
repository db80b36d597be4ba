"""What the layers above hear about."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class RuleChanged:
    """A certification type got a new version of its rule in the present transaction."""

    certification_type: Any
