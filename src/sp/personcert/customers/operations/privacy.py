"""Reading a personnummer, and protecting an identity."""

from collections.abc import Collection
from typing import Any

from zope.event import notify

from sp.personcert import _
from sp.personcert.foundation import audit
from sp.personcert.foundation.access import require
from sp.personcert.foundation.clock import today
from sp.personcert.foundation.errors import NotAllowed, Refused
from sp.personcert.foundation.permissions import Permission

from .. import queries
from ..domain import shown_number
from ..events import ProtectionChanged

NOBODY_NAMED = _(
    "refused_nobody_named", default="Välj minst en person som ska kunna läsa kontaktuppgifterna."
)
UNKNOWN_OFFICER = _("refused_unknown_officer", default="Välj bland dem som står i listan.")
NOT_NAMED = _(
    "refused_not_named",
    default="Personuppgifterna är skyddade. Bara en handläggare som är utsedd kan ändra skyddet.",
)


def open_identity_number(customer: Any) -> str:
    """Read a personnummer in the line of work, which is noted every time; gives it as NNNNNN-NNNN (H38).

    :raises NotAllowed: for whoever is not named, when the identity is protected.
    """
    require(Permission.OPEN_IDENTITY_NUMBER, customer)
    if not queries.shows_contact(customer):
        raise NotAllowed
    audit.record("customer.identity_number_opened", customer)
    return shown_number(customer.personal_identity_number, today())


def protect_identity(customer: Any, protected: bool, named_officers: Collection[str]) -> None:
    """Protect an identity (sekretessmarkering, skyddad folkbokföring), name others, or lift the protection.

    The register follows in the same transaction.

    :param named_officers: user ids of those who read contact data and personnummer meanwhile.
    :raises NotAllowed: for whoever is not named, when the identity is protected already.
    :raises Refused: when nobody is named, or somebody who may not see the customer.
    """
    require(Permission.PROTECT_IDENTITY, customer)
    if not queries.may_change_protection(customer):
        raise NotAllowed(NOT_NAMED)
    named = frozenset(named_officers) if protected else frozenset()
    if protected and not named:
        raise Refused(NOBODY_NAMED, "named")
    if not named <= queries.desk_staff_for(customer).keys():
        raise Refused(UNKNOWN_OFFICER, "named")
    if (protected, named) == (customer.protected_identity, customer.named_officers):
        return
    customer.protected_identity, customer.named_officers = protected, named
    notify(ProtectionChanged(customer))
    action = "customer.protect_identity" if protected else "customer.lift_protection"
    audit.record(action, customer, named=" ".join(sorted(named)))
