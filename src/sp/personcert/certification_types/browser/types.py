"""The list of certification types for administrators (H171)."""

from functools import cached_property
from typing import Any

from sp.personcert.foundation.forms.page import Page

from .. import queries


class Types(Page):
    """``/typer``."""

    @cached_property
    def types(self) -> list[Any]:
        """Every type, in the order of the handbook."""
        return queries.all_types()
