"""Marks of the cases' content."""

from sp.personcert.interfaces import IOwnContent


class ICase(IOwnContent):
    """One case of a customer."""
