"""The plug-in that says who runs a task, and that knows the service user."""

from typing import Any

from AccessControl.class_init import InitializeClass
from Products.PluggableAuthService.interfaces.plugins import (
    IAuthenticationPlugin,
    IExtractionPlugin,
    IPropertiesPlugin,
    IRolesPlugin,
    IUserEnumerationPlugin,
)
from Products.PluggableAuthService.plugins.BasePlugin import BasePlugin
from zope.interface import implementer

from ..permissions import Role
from ..settings import setting
from .interfaces import ENVIRON_USER, SYSTEM_USER, ITaskQueueLayer
from .outbox import ensure_outbox

PLUGIN_ID = "personcert_tasks"
_INTERFACES = (
    IExtractionPlugin,
    IAuthenticationPlugin,
    IUserEnumerationPlugin,
    IRolesPlugin,
    IPropertiesPlugin,
)


@implementer(*_INTERFACES)
class TaskPlugin(BasePlugin):
    """Believes the queue's own requests, by their type: no header can make one.

    The service user exists here alone. It has no password, so nobody can log in as it.
    """

    meta_type = "Personcert Tasks Plugin"

    def __init__(self, plugin_id: str, title: str = "") -> None:
        self._setId(plugin_id)
        self.title = title

    def extractCredentials(self, request: Any) -> dict[str, str]:
        """The user id of a task's request; nothing for any other request."""
        if not ITaskQueueLayer.providedBy(request):
            return {}
        user_id = request.environ.get(ENVIRON_USER)
        return {"task_user_id": user_id} if user_id else {}

    def authenticateCredentials(self, credentials: dict[str, Any]) -> tuple[str, str] | None:
        """The user of the task, if there (still) is one."""
        user_id = credentials.get("task_user_id")
        if not user_id or credentials.get("extractor") != self.getId():
            return None
        users = self._getPAS()
        found = users._verifyUser(users._getOb("plugins"), user_id=user_id)
        return (found["id"], found["login"]) if found else None

    def enumerateUsers(
        self, id: Any = None, login: Any = None, exact_match: bool = False, **kw: Any
    ) -> tuple[dict[str, str], ...]:
        """The service user, asked for by its exact id; searches do not show it."""
        if not exact_match or SYSTEM_USER not in (id, login):
            return ()
        return ({"id": SYSTEM_USER, "login": SYSTEM_USER, "pluginid": self.getId()},)

    def getRolesForPrincipal(self, principal: Any, request: Any = None) -> tuple[str, ...]:
        """The service user's one role."""
        return (Role.SYSTEM.value,) if principal.getId() == SYSTEM_USER else ()

    def getPropertiesForUser(self, user: Any, request: Any = None) -> dict[str, str]:
        """The service user is shown under the configured sender's name (SPPER)."""
        return {"fullname": setting("system_sender")} if user.getId() == SYSTEM_USER else {}


InitializeClass(TaskPlugin)


def install_plugin(acl_users: Any) -> None:
    """Put the plug-in first in the site's user folder, and make the outbox."""
    if PLUGIN_ID not in acl_users.objectIds():
        acl_users._setObject(PLUGIN_ID, TaskPlugin(PLUGIN_ID))
    plugins = acl_users._getOb("plugins")
    for interface in _INTERFACES:
        if PLUGIN_ID not in plugins.listPluginIds(interface):
            plugins.activatePlugin(interface, PLUGIN_ID)
        plugins.movePluginsTop(interface, [PLUGIN_ID])
    ensure_outbox(acl_users.getPhysicalRoot()._p_jar)


def remove_plugin(acl_users: Any) -> None:
    """Take the plug-in away; the outbox stays, as it may hold another site's tasks."""
    if PLUGIN_ID in acl_users.objectIds():
        acl_users._delObject(PLUGIN_ID)
