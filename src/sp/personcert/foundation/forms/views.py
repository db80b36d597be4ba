"""Views whose template is compiled to Python as a whole."""

from functools import cache, cached_property
from typing import Any

from Products.Five.browser import BrowserView
from z3c.pt.pagetemplate import ViewPageTemplateFile
from zope.component import getMultiAdapter
from zope.i18n import translate

LANGUAGES = ("sv", "en")


class CompiledTemplate(ViewPageTemplateFile):
    """A template that knows its language once; otherwise every single text would negotiate it anew."""

    def render(self, target_language: str | None = None, **context: Any) -> str:
        """The page, in the language that Plone chose for the request."""
        return super().render(target_language=target_language or language_of(context["request"]), **context)


def language_of(request: Any) -> str:
    """``sv`` or ``en``."""
    language = str(request.get("LANGUAGE") or "")[:2]
    return language if language in LANGUAGES else LANGUAGES[0]


@cache
def compiled(file_name: str) -> CompiledTemplate:
    """One template. Its ``python:`` expressions become part of the compiled code.

    Zope's own engine runs each of them through TALES, which collects every name anew: a page of twenty
    messages has five hundred expressions and spends three quarters of its time there.
    """
    return CompiledTemplate(file_name)


class CompiledView(BrowserView):
    """Base of every view with a template of ours; macros of such templates fit only each other."""

    def __init__(self, context: Any, request: Any) -> None:
        super().__init__(context, request)
        stock = getattr(type(self), "index", None)
        if stock is not None:
            self.index = compiled(stock.filename).bind(self)

    @cached_property
    def language(self) -> str:
        """``sv`` or ``en``."""
        return language_of(self.request)

    def text(self, message: Any) -> str:
        """A message in the language of the page."""
        return str(translate(message, target_language=self.language))

    def macro(self, view_name: str, name: str) -> Any:
        """A macro of a view that is found by name; a path expression would go through traversal."""
        return getMultiAdapter((self.context, self.request), name=view_name).index.macros[name]
