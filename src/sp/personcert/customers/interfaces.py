"""Marks of the customers' content."""

from sp.personcert.foundation.walls.guard import IPassage
from sp.personcert.interfaces import IOwnContent


class ICustomers(IOwnContent, IPassage):
    """The folder of all customers."""


class ICustomer(IOwnContent):
    """One customer, who may see what lies inside."""
