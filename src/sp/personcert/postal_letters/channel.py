"""What the mail hands over for those whom e-mail does not reach."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from zope.interface import implementer

from sp.personcert.foundation.mail import IPostalChannel

from . import operations


@implementer(IPostalChannel)
class PostalChannel:
    """Registered once for all sites."""

    def put(
        self, recipient: Any, kinds: Sequence[str], language: str, from_day: date | None, key: str
    ) -> None:
        """Let the notices become one letter."""
        operations.put(recipient, kinds, language, from_day, key)
