"""Base of every tab of a case: the information field above, the tab below (H35, H52)."""

from functools import cached_property
from typing import Any

from zope.component import getMultiAdapter

from sp.personcert.foundation.forms.form import Form
from sp.personcert.foundation.forms.page import Page


class CasePage(Page):
    """A tab. Its template uses the macro ``view/case_frame`` and fills the slot ``tab``."""

    tab = ""

    @property
    def case(self) -> Any:
        """The case that the page is about; the context, or the case above it."""
        return self.context

    @cached_property
    def case_info(self) -> Any:
        """Who the case is about, its fields, whose turn it is, its steps and tabs: made by the portal."""
        return getMultiAdapter((self.case, self.request), name="personcert-case")

    @property
    def case_frame(self) -> Any:
        """The macro around the tab, looked up once."""
        return self.case_info.index.macros["case"]

    @property
    def next_steps(self) -> str:
        """The card that says what an officer can do now, made by the layer that knows of decisions."""
        return str(getMultiAdapter((self.case, self.request), name="personcert-next-steps")())


class CaseForm(CasePage, Form):
    """A form in a tab."""
