"""Transitions that an operation fires and nobody can fire through the web.

Every transition is guarded by one permission, which only ``Role.ENGINE`` holds, and that role
belongs to no principal. The operation has checked its own permission and rule before it fires.
"""

from typing import Any

from plone import api

from .permissions import Role


def fire(content: Any, transition: str) -> None:
    """Change the state of the content.

    :raises Products.CMFCore.WorkflowCore.WorkflowException: for a transition that the present
        state does not have: a fault of the calling operation.
    """
    with api.env.adopt_roles([Role.ENGINE]):
        api.portal.get_tool("portal_workflow").doActionFor(content, transition)


def state_of(content: Any) -> str:
    """The workflow state of the content."""
    return str(api.portal.get_tool("portal_workflow").getInfoFor(content, "review_state"))
