"""Views whose template is compiled to Python as a whole."""

from functools import cache
from typing import Any

from Products.Five.browser import BrowserView
from z3c.pt.pagetemplate import ViewPageTemplateFile
from zope.component import getMultiAdapter


@cache
def compiled(file_name: str) -> ViewPageTemplateFile:
    """One template. Its ``python:`` expressions become part of the compiled code.

    Zope's own engine runs each of them through TALES, which collects every name anew: a page of twenty
    messages has five hundred expressions and spends three quarters of its time there.
    """
    return ViewPageTemplateFile(file_name)


class CompiledView(BrowserView):
    """Base of every view with a template of ours; macros of such templates fit only each other."""

    def __init__(self, context: Any, request: Any) -> None:
        super().__init__(context, request)
        stock = getattr(type(self), "index", None)
        if stock is not None:
            self.index = compiled(stock.filename).bind(self)

    def macro(self, view_name: str, name: str) -> Any:
        """A macro of a view that is found by name; a path expression would go through traversal."""
        return getMultiAdapter((self.context, self.request), name=view_name).index.macros[name]
