"""Putting the plug-ins in, and taking them out again."""

from collections.abc import Iterable
from typing import Any

from Acquisition import aq_base
from plone import api
from Products.PlonePAS.plugins.user import UserManager as StockUserManager
from Products.PluggableAuthService.interfaces import plugins as interfaces

from ..hashing import UNUSABLE
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
_AUTHENTICATES = interfaces.IAuthenticationPlugin
_CLOSED = "_personcert_closed"


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
    closed = tuple(getattr(aq_base(users), _CLOSED, ()))
    for plugin_id in STOCK_DOORS:
        for kind in _STOCK_ROLES:
            if plugin_id in users.plugins.listPluginIds(kind):
                users.plugins.deactivatePlugin(kind, plugin_id)
                closed += ((plugin_id, kind.__name__),)
    setattr(users, _CLOSED, closed)


def remove_plugins(shut_out: frozenset[str]) -> None:
    """What was there before again, with the users and their hashes; old hashes are dropped.

    :param shut_out: users whose accounts were disabled: stock Plone knows no such state.
    """
    users = api.portal.get_tool("acl_users")
    if isinstance(users._getOb(USERS), UserManager):
        _swap(users, StockUserManager(USERS, "Users"))
        for user_id in shut_out & set(users._getOb(USERS)._user_passwords):
            users._getOb(USERS)._user_passwords[user_id] = UNUSABLE
    for plugin_id in (SESSIONS, PEOPLE):
        if plugin_id in users.objectIds():
            users._delObject(plugin_id)
    for plugin_id, kind_name in getattr(aq_base(users), _CLOSED, ()):
        _activate(users, plugin_id, next(kind for kind in _STOCK_ROLES if kind.__name__ == kind_name))
    setattr(users, _CLOSED, ())


def close_root() -> None:
    """Nobody logs in through the user folder of Zope's root: it knows no throttle and no second factor.

    Its users stay for scripts. It keeps in mind which plug-ins authenticated, and which sites want it closed.
    """
    site, root = api.portal.get(), api.portal.get().getPhysicalRoot().acl_users
    sites, plugin_ids = getattr(aq_base(root), _CLOSED, ((), ()))
    active = root.plugins.listPluginIds(_AUTHENTICATES)
    path = "/".join(site.getPhysicalPath())
    setattr(root, _CLOSED, (tuple({*sites, path}), tuple(dict.fromkeys((*plugin_ids, *active)))))
    for plugin_id in active:
        root.plugins.deactivatePlugin(_AUTHENTICATES, plugin_id)


def open_root() -> None:
    """As it was before the first site closed it, when the last one no longer wants it closed."""
    site, root = api.portal.get(), api.portal.get().getPhysicalRoot().acl_users
    sites, plugin_ids = getattr(aq_base(root), _CLOSED, ((), ()))
    left = tuple(path for path in sites if path != "/".join(site.getPhysicalPath()))
    if left:
        setattr(root, _CLOSED, (left, plugin_ids))
        return
    for plugin_id in plugin_ids:
        _activate(root, plugin_id, _AUTHENTICATES)
    setattr(root, _CLOSED, ((), ()))


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
