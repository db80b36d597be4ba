"""Marks of the documents' content."""

from sp.personcert.interfaces import IOwnContent


class IDocument(IOwnContent):
    """One file of the archive."""
