"""What follows for an account when its owner is written to at another address."""

from .. import storage
from ..letters import LetterKind
from ..queries import user_name_of
from .entries import note
from .letters import queue_letter


def leave_address(user_id: str, former: str) -> None:
    """Drop the link that may lie in the former mailbox, and tell its reader (ASVS 5.0 V6.3.7).

    For operations that change an address and have asked for the permission: whoever reads the mailbox can
    have a new password sent.

    :param former: the address of before, "" when there was none.
    """
    if not user_name_of(user_id):
        return
    account = storage.ensure_account(user_id)
    account.link = None
    note("address_changed", user_id)
    if former:
        account.former_email = former
        queue_letter(user_id, LetterKind.ADDRESS_CHANGED)
