"""What follows when the task of a notice is given up."""

from urllib.parse import parse_qs

from zope.component import adapter
from zope.component.hooks import getSite

from ..taskqueue.events import TaskGivenUp
from . import gathering
from .queueing import SEND_NOTICE


@adapter(TaskGivenUp)
def forget_notices(event: TaskGivenUp) -> None:
    """Neither the task's own notice nor those that it had taken go out with another task."""
    address, _, query = event.task.url.partition("?")
    path, _, view_name = address.rpartition("/@@")
    recipient = getSite().getPhysicalRoot().unrestrictedTraverse(path, None)
    if view_name == SEND_NOTICE and recipient is not None:
        gathering.remove(recipient, event.task.id, *parse_qs(query).get("notice", ()))
