"""What happens to customers: opening them, privacy, and records closed to members of the staff."""

from .closing import close_records, close_records_by_number
from .opening import connect_account, make_folder, normalized, open_customer
from .privacy import open_identity_number, protect_identity

__all__ = [
    "close_records",
    "close_records_by_number",
    "connect_account",
    "make_folder",
    "normalized",
    "open_customer",
    "open_identity_number",
    "protect_identity",
]
