"""Macros of the forms: the token, the box of errors, the sentence at a field."""

from .views import CompiledView


class FormMacros(CompiledView):
    """Templates find the macros as ``context/@@personcert-forms/macros/token``."""
