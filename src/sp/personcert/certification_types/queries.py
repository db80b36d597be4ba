"""Finding certification types."""

from typing import Any

from plone import api

from .domain import Rule

FOLDER = "certifieringstyper"


def folder() -> Any:
    """The folder of all certification types."""
    return api.portal.get()[FOLDER]


def all_types() -> list[Any]:
    """Every type, in the order of the handbook (H32). Their titles are public."""
    return sorted(folder().objectValues(), key=lambda found: (found.position, found.title))


def by_id(type_id: str) -> Any:
    """The type with an id.

    :raises KeyError: when there is none.
    """
    return folder()[type_id]


def rule_of(type_id: str) -> Rule | None:
    """The rule of a type as it stands now; None when the type is gone."""
    found = folder()._getOb(type_id, None)
    return found.rule if found is not None else None


def position(type_id: str) -> int:
    """Where a type stands among all; one that is gone stands first."""
    found = folder()._getOb(type_id, None)
    return found.position if found is not None else 0
