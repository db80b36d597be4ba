"""What the walls ask: whose records are closed to a member of the staff."""

from zope.component.hooks import getSite
from zope.interface import implementer

from sp.personcert.foundation.access import IRecordsKeeper

from . import queries


@implementer(IRecordsKeeper)
class RecordsKeeper:
    """Registered once for all sites."""

    def closed_to(self, user_id: str) -> frozenset[str]:
        """Ids of customers; none outside a site."""
        return queries.closed_to(user_id) if getSite() is not None else frozenset()
