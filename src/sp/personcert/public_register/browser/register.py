"""The public register: who is certified today (H2, H51)."""

from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from sp.personcert.certification_types import queries as certification_types
from sp.personcert.foundation.forms.page import Page

from .. import queries
from ..domain import PublicEntry

PAGE_SIZE = 50


class Register(Page):
    """``/register``: search and pages."""

    @cached_property
    def name(self) -> str:
        """What was searched for."""
        return str(self.request.form.get("q", "")).strip()[:100]

    @cached_property
    def type_id(self) -> str:
        """The certification that was chosen, "" for all."""
        asked = str(self.request.form.get("typ", ""))
        return asked if any(asked == type_id for type_id, _title in self.types) else ""

    @cached_property
    def types(self) -> list[tuple[str, str]]:
        """Id and title of every certification type."""
        return [(found.getId(), found.title) for found in certification_types.all_types()]

    @cached_property
    def page_number(self) -> int:
        """The page, from 1."""
        asked = str(self.request.form.get("sida", ""))
        return max(1, int(asked)) if asked.isdecimal() and len(asked) < 7 else 1

    @cached_property
    def first(self) -> int:
        """The position of the first row, from 0."""
        return (self.page_number - 1) * PAGE_SIZE

    @cached_property
    def _found(self) -> list[PublicEntry]:
        """The rows and one more, which tells whether a page follows."""
        return queries.search(self.name, self.type_id, self.first, PAGE_SIZE + 1)

    @property
    def entries(self) -> list[PublicEntry]:
        """The rows of the page."""
        return self._found[:PAGE_SIZE]

    @property
    def has_next(self) -> bool:
        """Whether a page follows."""
        return len(self._found) > PAGE_SIZE

    def address(self, page_number: int) -> str:
        """The same search, another page."""
        query: dict[str, Any] = {"q": self.name, "typ": self.type_id, "sida": page_number}
        return f"{self.site_url}/register?{urlencode(query)}"
