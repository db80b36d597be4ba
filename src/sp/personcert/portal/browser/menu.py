"""The left menu of a customer (H27, H30)."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from Acquisition import aq_chain, aq_inner

from sp.personcert.cases import queries as cases
from sp.personcert.cases.interfaces import ICase
from sp.personcert.customers import queries as customers
from sp.personcert.foundation.addresses import path_of_site
from sp.personcert.foundation.forms.views import CompiledView


@dataclass(frozen=True)
class Entry:
    """One certification of the person."""

    title: str
    url: str
    is_current: bool


class Menu(CompiledView):
    """Found by name in templates; the macro ``menu`` has the list for wide and narrow windows."""

    @cached_property
    def entries(self) -> list[Entry]:
        """One for each certification type, the open one marked (H29, H33)."""
        customer = customers.of_current_user()
        if customer is None:
            return []
        here = self._type_here()
        return [
            Entry(case.type_title, f"{case.absolute_url_path()}/@@meddelanden", type_id == here)
            for type_id, case in cases.newest_by_type(customer).items()
        ]

    @property
    def current(self) -> str:
        """The title of the open certification, or ""."""
        return next((entry.title for entry in self.entries if entry.is_current), "")

    @property
    def list_url(self) -> str:
        """The list of all of them."""
        return f"{path_of_site()}/mina-certifieringar"

    @property
    def is_list(self) -> bool:
        """Whether the list is what the page shows."""
        return str(self.request["ACTUAL_URL"]).rstrip("/").endswith("/mina-certifieringar")

    def _type_here(self) -> Any:
        chain = aq_chain(aq_inner(self.context))
        return next((found.type_id for found in chain if ICase.providedBy(found)), None)
