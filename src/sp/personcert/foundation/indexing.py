"""Keeps our content out of portal_catalog when the ZMI clears and rebuilds it."""

from typing import Any

from Products.CMFCore.indexing import PortalCatalogProcessor

from sp.personcert.interfaces import IOwnContent


class StockContentOnly(PortalCatalogProcessor):
    """The rebuild hands every object over without asking it."""

    def index(self, obj: Any, attributes: Any = None) -> None:
        """Index stock content."""
        if not IOwnContent.providedBy(obj):
            super().index(obj, attributes)

    def reindex(self, obj: Any, attributes: Any = None, update_metadata: int = 1) -> None:
        """Reindex stock content."""
        if not IOwnContent.providedBy(obj):
            super().reindex(obj, attributes, update_metadata)
