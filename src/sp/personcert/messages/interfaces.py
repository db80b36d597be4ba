"""Marks of the messages' content."""

from sp.personcert.interfaces import IOwnContent


class IMessage(IOwnContent):
    """One thread of a case."""
