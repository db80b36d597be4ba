"""What happens when Zope has started, in a server as in a script."""

from typing import Any

from zope.component import adapter
from zope.processlifetime import IDatabaseOpenedWithRoot

from .records import mask_every_record


@adapter(IDatabaseOpenedWithRoot)
def keep_secrets_out(event: Any) -> None:
    """Mask the log of any deployment, however it is configured."""
    mask_every_record()
