"""What the profiles cannot say in XML."""

from typing import Any

from plone import api
from plone.base.interfaces import INonInstallable
from zope.interface import implementer

from sp.personcert.accounts.operations import setting_up as accounts
from sp.personcert.accounts.queries import STAFF_GROUPS
from sp.personcert.cases import queries as cases
from sp.personcert.certification_types import defaults
from sp.personcert.certification_types import operations as certification_types
from sp.personcert.certification_types import queries as types
from sp.personcert.customers import operations as customers
from sp.personcert.customers import queries as kunder
from sp.personcert.foundation.audit.log import ensure_log
from sp.personcert.foundation.errors import PersonCertError
from sp.personcert.foundation.permissions import Role
from sp.personcert.foundation.taskqueue.plugin import install_plugin, remove_plugin
from sp.personcert.foundation.texts import operations as texts
from sp.personcert.portal import stock_pages

ADMINISTRATORS = "personcert-administrators"
TITLES = {
    Role.OFFICER: "Handläggare",
    Role.DECISION_MAKER: "Beslutsfattare",
    Role.ADMINISTRATOR: "Administratörer",
}
GROUPS = {name: (TITLES[role], role) for name, role in STAFF_GROUPS.items()}
OWN_FOLDERS = {
    kunder.FOLDER: "sp.personcert.customers",
    types.FOLDER: "sp.personcert.certification_types",
    stock_pages.FOLDER: "Folder",
}
FRONT_VIEW = "personcert-front"


class SetupRefused(PersonCertError):
    """The profile was not applied, and why."""


@implementer(INonInstallable)
class HiddenProfiles:
    """The uninstall profile is not offered for installing."""

    def getNonInstallableProfiles(self) -> list[str]:
        """Profile ids that no list shows."""
        return ["sp.personcert:uninstall"]


def refuse_foreign_site(setup_tool: Any) -> None:
    """The add-on owns its site: our addresses must be free, or ours.

    :raises SetupRefused: when one of them is taken by something else.
    """
    portal = api.portal.get()
    for name, portal_type in OWN_FOLDERS.items():
        if name in portal.objectIds() and portal[name].portal_type != portal_type:
            raise SetupRefused(f"/{name} is taken by a {portal[name].portal_type}. Use a site of its own.")


def install(setup_tool: Any) -> None:
    """Groups, task queue, audit log, sessions, folders, types, pages and the front page. May run again."""
    portal = api.portal.get()
    _make_groups()
    install_plugin(portal.acl_users)
    ensure_log(portal)
    accounts.set_up()
    with api.env.adopt_roles([Role.ADMINISTRATOR.value, "Manager"]):
        customers.make_folder()
        certification_types.make_folder()
        defaults.make_types()
        stock_pages.make_pages(ADMINISTRATORS)
    portal.layout = FRONT_VIEW


def refuse_while_cases_exist(setup_tool: Any) -> None:
    """Never leave people's cases behind without walls by accident.

    :raises SetupRefused: while there are customers with cases.
    """
    portal = api.portal.get()
    folder = portal.get(kunder.FOLDER)
    if folder is not None and any(cases.of_customer(customer) for customer in folder.objectValues()):
        raise SetupRefused("There are cases. Erase them first: the walls go with the add-on.")


def uninstall(setup_tool: Any) -> None:
    """Take away what was registered; content and numbers stay."""
    portal = api.portal.get()
    remove_plugin(portal.acl_users)
    accounts.take_down()
    texts.forget_all()
    portal.layout = "listing_view"
    workflow_tool, types_tool = api.portal.get_tool("portal_workflow"), api.portal.get_tool("portal_types")
    types_tool.manage_delObjects(
        [name for name in types_tool.objectIds() if name.startswith("sp.personcert.")]
    )
    workflow_tool.manage_delObjects(
        [name for name in workflow_tool.objectIds() if name.startswith("personcert_")]
    )
    for name in GROUPS:
        api.group.delete(groupname=name)
    registry = api.portal.get_tool("portal_registry")
    for name in [name for name in registry.records if name.startswith("sp.personcert.")]:
        del registry.records[name]


def _make_groups() -> None:
    for name, (title, role) in GROUPS.items():
        if api.group.get(groupname=name) is None:
            api.group.create(groupname=name, title=title, roles=[role.value])
