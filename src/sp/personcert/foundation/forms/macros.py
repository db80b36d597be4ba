"""Macros of the forms: the token, the box of errors, the sentence at a field."""

from Products.Five.browser import BrowserView


class FormMacros(BrowserView):
    """Templates find the macros as ``context/@@personcert-forms/macros/token``."""
