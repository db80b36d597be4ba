"""What happens to customers: opening, e-mail addresses, privacy, records closed to members of the staff."""

from .addresses import (
    change_email,
    confirm_address,
    mark_address_bad,
    note_bounce,
    note_returned,
    tell_new_address,
)
from .closing import close_records, close_records_by_number
from .opening import connect_account, make_folder, normalized, open_customer
from .privacy import open_identity_number, protect_identity

__all__ = [
    "change_email",
    "close_records",
    "close_records_by_number",
    "confirm_address",
    "connect_account",
    "make_folder",
    "mark_address_bad",
    "normalized",
    "note_bounce",
    "note_returned",
    "open_customer",
    "open_identity_number",
    "protect_identity",
    "tell_new_address",
]
