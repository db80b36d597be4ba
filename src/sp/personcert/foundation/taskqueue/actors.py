"""Who caused what happens: in a task, the person who queued it."""

from zope.globalrequest import getRequest

from ..identity import current_user_id
from .interfaces import ENVIRON_ACTOR, ITaskQueueLayer


def current_actor() -> str:
    """The id of the person behind this request, through any chain of tasks; "" for the public."""
    request = getRequest()
    if ITaskQueueLayer.providedBy(request):
        return str(request.environ.get(ENVIRON_ACTOR, ""))
    return current_user_id()
