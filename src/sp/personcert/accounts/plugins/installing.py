"""Putting the plug-ins in, and taking them out again."""

from collections.abc import Iterable
from typing import Any

from plone import api
from Products.PlonePAS.plugins.user import UserManager as StockUserManager
from Products.PluggableAuthService.interfaces import plugins as interfaces
from zope.annotation.interfaces import IAnnotations

from .people import PLUGIN_ID as PEOPLE
from .people import People
from .sessions import PLUGIN_ID as SESSIONS
from .sessions import Sessions
from .users import STOCK_TREES, UserManager

USERS = "source_users"
STOCK_DOORS = ("credentials_basic_auth", "credentials_cookie_auth", "session")
_OUR_DOOR = (
    interfaces.IExtractionPlugin,
    interfaces.IAuthenticationPlugin,
    interfaces.ICredentialsResetPlugin,
)
_STOCK_ROLES = (*_OUR_DOOR, interfaces.ICredentialsUpdatePlugin)
_CLOSED_IN_ROOT = "sp.personcert.accounts.root"


def install_plugins() -> None:
    """Ours in, stock ways in out. May run again.

    PAS goes on redirecting to ``require_login`` by stock ``credentials_cookie_auth``, which challenges
    and extracts nothing any more.
    """
    users = api.portal.get_tool("acl_users")
    if not isinstance(users._getOb(USERS), UserManager):
        _swap(users, UserManager(USERS, "Users"))
    _add(users, Sessions(SESSIONS), _OUR_DOOR)
    _add(users, People(PEOPLE), (interfaces.IPropertiesPlugin,))
    users.plugins.movePluginsTop(interfaces.IPropertiesPlugin, [PEOPLE])
    for plugin_id in STOCK_DOORS:
        _deactivate(users, plugin_id, _STOCK_ROLES)


def remove_plugins() -> None:
    """Plone's own plug-ins again, with the users and their hashes."""
    users = api.portal.get_tool("acl_users")
    if isinstance(users._getOb(USERS), UserManager):
        _swap(users, StockUserManager(USERS, "Users"))
    for plugin_id in (SESSIONS, PEOPLE):
        if plugin_id in users.objectIds():
            users._delObject(plugin_id)
    for plugin_id in STOCK_DOORS:
        for interface in _STOCK_ROLES:
            _activate(users, plugin_id, interface)


def close_root() -> None:
    """Nobody logs in through the user folder of Zope's root: it knows no throttle and no second factor.

    Its users stay for scripts. Which plug-ins authenticated is remembered for :func:`open_root`.
    """
    root = api.portal.get().getPhysicalRoot().acl_users
    plugin_ids = root.plugins.listPluginIds(interfaces.IAuthenticationPlugin)
    kept = IAnnotations(api.portal.get())
    kept[_CLOSED_IN_ROOT] = tuple(dict.fromkeys((*kept.get(_CLOSED_IN_ROOT, ()), *plugin_ids)))
    for plugin_id in plugin_ids:
        root.plugins.deactivatePlugin(interfaces.IAuthenticationPlugin, plugin_id)


def open_root() -> None:
    """As it was before."""
    root = api.portal.get().getPhysicalRoot().acl_users
    for plugin_id in IAnnotations(api.portal.get()).pop(_CLOSED_IN_ROOT, ()):
        _activate(root, plugin_id, interfaces.IAuthenticationPlugin)


def _swap(users: Any, manager: Any) -> None:
    """Another user manager in the same place, with the same users and the same plug-in order."""
    stock, plugins = users._getOb(USERS), users.plugins
    kinds = [info["interface"] for info in plugins.listPluginTypeInfo()]
    order = {kind: list(plugins.listPluginIds(kind)) for kind in kinds}
    for name in STOCK_TREES:
        getattr(manager, name).update(getattr(stock, name))
    users._delObject(USERS)
    users._setObject(USERS, manager)
    for kind, plugin_ids in order.items():
        if USERS in plugin_ids:
            plugins.activatePlugin(kind, USERS)
            plugins.movePluginsTop(kind, plugin_ids)


def _add(users: Any, plugin: Any, kinds: Iterable[Any]) -> None:
    if plugin.getId() not in users.objectIds():
        users._setObject(plugin.getId(), plugin)
    for kind in kinds:
        _activate(users, plugin.getId(), kind)


def _activate(users: Any, plugin_id: str, kind: Any) -> None:
    can = plugin_id in users.objectIds() and kind.providedBy(users._getOb(plugin_id))
    if can and plugin_id not in users.plugins.listPluginIds(kind):
        users.plugins.activatePlugin(kind, plugin_id)


def _deactivate(users: Any, plugin_id: str, kinds: Iterable[Any]) -> None:
    for kind in kinds:
        if plugin_id in users.plugins.listPluginIds(kind):
            users.plugins.deactivatePlugin(kind, plugin_id)
