"""The contract of the task queue."""

from collections.abc import Mapping
from typing import Any

from zope.interface import Attribute, Interface

SYSTEM_USER = "personcert-system"
"""The service user that runs tasks; it has no password and exists in the plug-in alone."""

ENVIRON_ID = "sp.task.id"
ENVIRON_RUN = "sp.task.run"
ENVIRON_USER = "sp.task.user"
ENVIRON_ACTOR = "sp.task.actor"


class ITaskQueueLayer(Interface):
    """On requests that the queue itself made: a view for this layer has no address on the web."""


class ITaskQueue(Interface):
    """A queue, by name; collective.taskqueue's interface."""

    name = Attribute("The name of the registration.")

    def __len__() -> int:
        """How many tasks wait, not counting those that run."""

    def add(
        url: str,
        method: str = "GET",
        params: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        payload: str | bytes | None = None,
    ) -> str:
        """Queue a task and return its id."""


class IPeriodicTask(Interface):
    """A named utility: a task on the site itself that each sweep may queue."""

    view_name = Attribute("The task view on the site.")

    def key_if_due(site: Any) -> str | None:
        """The key of the run that is due now (it runs once), or None."""


class IHealthCheck(Interface):
    """A named utility: one more reason for monitoring to call somebody."""

    code = Attribute("What the address for monitoring says, in one word.")

    def is_failing() -> bool:
        """Whether somebody must look at it, on the present site; cheap."""
