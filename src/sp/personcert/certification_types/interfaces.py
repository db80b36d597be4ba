"""Marks of the certification types' content."""

from sp.personcert.foundation.walls.guard import IPassage
from sp.personcert.interfaces import IOwnContent


class ICertificationTypes(IOwnContent, IPassage):
    """The folder of all certification types."""


class ICertificationType(IOwnContent):
    """One certification type."""
