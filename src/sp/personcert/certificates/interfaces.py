"""Marks of the certificates' content."""

from sp.personcert.interfaces import IOwnContent


class ICertificate(IOwnContent):
    """One certificate of a customer."""
