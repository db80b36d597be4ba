"""Closing records to members of the staff: their own, and those of people who are close to them."""

from collections.abc import Iterable
from typing import Any

from plone import api

from sp.personcert import _
from sp.personcert.foundation import audit
from sp.personcert.foundation.access import forget_closed_records, require
from sp.personcert.foundation.errors import Refused
from sp.personcert.foundation.identity import current_user_id
from sp.personcert.foundation.permissions import Permission

from .. import queries, storage
from ..domain import ClosedRecords

OWN_RECORDS = _(
    "refused_own_records", default="En annan administratör öppnar ärenden som är stängda för ditt eget konto."
)


def close_records(user_id: str, own: Any | None, relatives: Iterable[Any]) -> None:
    """Let these customers, and no other, be closed to the account's powers as staff.

    ISO/IEC 17024 asks that nobody takes part in what concerns themselves or people who are close to them.

    :param own: the customer that the member of the staff is, if any.
    :raises Refused: when one would open records to oneself.
    """
    require(Permission.MANAGE_ACCOUNTS, api.portal.get())
    own_id = own.getId() if own is not None else ""
    ids = {customer.getId() for customer in relatives} - {own_id}
    records = ClosedRecords(own_id, tuple(sorted(ids)))
    if records == storage.closed(user_id):
        return
    if user_id == current_user_id() and not storage.closed(user_id).ids <= records.ids:
        raise Refused(OWN_RECORDS)
    storage.close(user_id, records)
    forget_closed_records()
    audit.record(
        "account.close_records", api.portal.get(), account=user_id, customers=" ".join(sorted(records.ids))
    )


def close_records_by_number(user_id: str, own_number: str, relative_numbers: Iterable[str]) -> None:
    """The same by customer numbers such as C129289, as they are typed; "" for none.

    :raises Refused: for a number that no customer has.
    """
    require(Permission.MANAGE_ACCOUNTS, api.portal.get())
    own = _customer(own_number, "own_record") if own_number.strip() else None
    relatives = [_customer(number, "relatives") for number in relative_numbers if number.strip()]
    close_records(user_id, own, relatives)


def _customer(typed: str, field: str) -> Any:
    number = "".join(typed.split()).upper()
    customer = queries.with_number(number)
    if customer is None:
        raise Refused(
            _(
                "refused_unknown_customer_number",
                default="Det finns ingen kund med numret ${number}.",
                mapping={"number": number[:20]},
            ),
            field,
        )
    return customer
