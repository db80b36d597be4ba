"""What the layers above hear about."""

from dataclasses import dataclass

from .records import Task


@dataclass(frozen=True)
class TaskGivenUp:
    """An administrator has ended a task for good, in the present transaction."""

    task: Task
