"""Information pages: stock Documents in the skeleton (H13, H26, H156), edited in Plone (H177)."""

from functools import cached_property
from pathlib import Path
from typing import Any

import plone.app.contenttypes
from plone import api
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from zExceptions import NotFound

from sp.personcert.foundation.access import may
from sp.personcert.foundation.forms.page import Page
from sp.personcert.foundation.permissions import Permission

from ..stock_pages import FOLDER

STOCK_TEMPLATES = Path(plone.app.contenttypes.__file__).parent / "browser" / "templates"


class TextPage(Page):
    """Base of the pages that show the text of a stock Document."""

    @property
    def document(self) -> Any:
        """The Document, or None."""
        raise NotImplementedError

    @property
    def body(self) -> str:
        """Its text as HTML that stock Plone has made safe."""
        text = getattr(self.document, "text", None)
        return str(text.output_relative_to(self.document)) if text is not None else ""

    @property
    def edit_url(self) -> str:
        """Where whoever may changes the text, or ""."""
        if self.document is None or not may("Modify portal content", self.document):
            return ""
        return f"{self.document.absolute_url_path()}/edit"


class StockDocument(TextPage):
    """A Document at its own address: in the skeleton, in Plone's frame for whoever edits pages."""

    in_plones_frame = ViewPageTemplateFile("document.pt", str(STOCK_TEMPLATES))

    def __call__(self) -> Any:
        if may(Permission.USE_PLONE_FRAME, self.context):
            return self.in_plones_frame()
        return super().__call__()

    @property
    def document(self) -> Any:
        """The context itself."""
        return self.context


class NamedPage(TextPage):
    """The Document in ``/sidor`` that has the name of the view, at an address that stays."""

    page_id = ""

    def render(self) -> Any:
        """:raises NotFound: when the page was removed or is not for this person."""
        if self.document is None:
            raise NotFound
        return self.index()

    @cached_property
    def document(self) -> Any:
        """The Document, if it is there and may be seen."""
        folder = api.portal.get().get(FOLDER)
        found = folder.get(self.page_id or self.__name__) if folder is not None else None
        return found if found is not None and may(Permission.VIEW, found) else None


class FrontPage(NamedPage):
    """The public front page (H7); it stands even when its text was removed."""

    page_id = "startsida"

    def render(self) -> Any:
        """Text and ways on."""
        return self.index()
