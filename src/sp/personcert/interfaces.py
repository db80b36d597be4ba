"""Marks that every layer of the package may know."""

from zope.interface import Interface
from zope.publisher.interfaces.browser import IDefaultBrowserLayer


class IPersonCertLayer(IDefaultBrowserLayer):
    """On requests to a site where the add-on is installed."""


class IOwnContent(Interface):
    """Content of ours: nothing outside it keeps a record of it."""


class IOwnView(Interface):
    """A view or service of ours: the only thing that is published on our content."""
