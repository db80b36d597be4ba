"""Installing and uninstalling."""

from base64 import b64encode
from typing import Any
from urllib.parse import urlencode

import pytest
from Acquisition import aq_base
from plone import api
from plone.app.testing import SITE_OWNER_NAME, SITE_OWNER_PASSWORD
from Products.PlonePAS.plugins.user import UserManager as StockUserManager
from Products.PluggableAuthService.interfaces.plugins import IAuthenticationPlugin
from zope.annotation.interfaces import IAnnotations

from sp.personcert import setuphandlers
from sp.personcert.accounts import storage
from sp.personcert.accounts.plugins import installing
from sp.personcert.certification_types import queries as types
from sp.personcert.demo.people import PASSWORD
from sp.personcert.foundation.permissions import Permission, Role
from sp.personcert.foundation.texts import Text
from sp.personcert.foundation.texts import storage as texts
from sp.personcert.setuphandlers import SetupRefused
from tests.handbook import TYPES, WELL_DRILLERS_SLOTS

PROFILE, UNINSTALL = "profile-sp.personcert:default", "profile-sp.personcert:uninstall"


def run(profile: str) -> None:
    """Apply a profile with every step."""
    api.portal.get_tool("portal_setup").runAllImportStepsFromProfile(profile)


@pytest.mark.handbook("H32")
def test_a_new_site_has_the_handbooks_types(portal: Any) -> None:
    assert [found.title for found in types.all_types()] == TYPES


@pytest.mark.handbook("H115", "H118")
def test_the_well_drillers_slots_are_the_handbooks(portal: Any) -> None:
    slots = types.by_id("brunnsborrare").rule.slots
    assert [slot.title for slot in slots] == WELL_DRILLERS_SLOTS
    assert [slot.title for slot in slots if slot.template] == ["Projektlista/Uppdragslista"]
    assert [slot.title for slot in slots if slot.shared] == ["Avgångsbetyg/Examen", "Tjänstgöringsintyg"]


def test_installing_again_changes_no_content(portal: Any) -> None:
    before = {name: list(portal[name].objectIds()) for name in setuphandlers.OWN_FOLDERS}
    types.by_id("brunnsborrare").title = "Changed by an administrator"
    run(PROFILE)
    assert {name: list(portal[name].objectIds()) for name in setuphandlers.OWN_FOLDERS} == before
    assert types.by_id("brunnsborrare").title == "Changed by an administrator"


def test_a_site_with_foreign_content_at_our_addresses_is_refused(portal: Any) -> None:
    with api.env.adopt_roles(["Manager"]):
        portal._delObject("kunder")
        api.content.create(portal, "Folder", "kunder")
    with pytest.raises(SetupRefused, match="/kunder is taken"):
        run(PROFILE)


def test_the_walls_are_not_taken_down_while_there_are_cases(portal: Any) -> None:
    with pytest.raises(SetupRefused, match="There are cases"):
        run(UNINSTALL)


def test_uninstalling_takes_away_what_was_registered(portal: Any) -> None:
    texts.keep("new_message", "sv", Text("Nytt", "Nytt.", "Hit"))
    with api.env.adopt_roles(["Manager"]):
        portal["kunder"].manage_delObjects(list(portal["kunder"].objectIds()))
        run(UNINSTALL)
    assert not [name for name in api.portal.get_tool("portal_types").objectIds() if "personcert" in name]
    assert not [name for name in api.portal.get_tool("portal_workflow").objectIds() if "personcert" in name]
    assert "personcert_tasks" not in portal.acl_users.objectIds()
    assert "personcert-front" not in api.portal.get_tool("portal_types")["Plone Site"].view_methods
    assert api.group.get(groupname="personcert-officers") is None
    assert not [name for name in api.portal.get_tool("portal_registry").records if "sp.personcert" in name]
    assert texts.ANNOTATION not in IAnnotations(portal)


def active(users: Any) -> dict[str, list[str]]:
    """The plug-ins of a user folder by what they are asked for."""
    kinds = [info["interface"] for info in users.plugins.listPluginTypeInfo()]
    return {kind.__name__: sorted(users.plugins.listPluginIds(kind)) for kind in kinds}


def test_uninstalling_gives_back_the_stock_ways_in_and_nobody_who_was_shut_out(portal: Any) -> None:
    root = portal.getPhysicalRoot().acl_users
    authenticates = root.plugins.listPluginIds(IAuthenticationPlugin)
    storage.account(api.user.get(username="tom").getId()).is_disabled = True
    with api.env.adopt_roles(["Manager"]):
        portal["kunder"].manage_delObjects(list(portal["kunder"].objectIds()))
        run(PROFILE)  # a second time: what was there before is still known
        run(UNINSTALL)
    found = active(portal.acl_users)
    assert "session" in found["IExtractionPlugin"] and "session" in found["IAuthenticationPlugin"]
    assert found["ICredentialsUpdatePlugin"] == found["ICredentialsResetPlugin"] == ["session"]
    assert authenticates == () and root.plugins.listPluginIds(IAuthenticationPlugin)
    source = portal.acl_users.source_users
    assert type(aq_base(source)) is StockUserManager
    assert source.authenticateCredentials({"login": "enkel", "password": PASSWORD})
    assert source.authenticateCredentials({"login": "tom", "password": PASSWORD}) is None


def test_the_root_stays_closed_while_another_site_wants_it(portal: Any) -> None:
    root = portal.getPhysicalRoot().acl_users
    sites, plugin_ids = root._personcert_closed
    root._personcert_closed = ((*sites, "/other"), plugin_ids)
    installing.open_root()
    assert root.plugins.listPluginIds(IAuthenticationPlugin) == ()
    root._personcert_closed = ((*sites,), plugin_ids)
    installing.open_root()
    assert set(root.plugins.listPluginIds(IAuthenticationPlugin)) == set(plugin_ids)


@pytest.mark.wall
@pytest.mark.parametrize(
    "place", ["/plone/@@overview-controlpanel", "/manage_main", "/acl_users/manage_main"]
)
def test_the_users_of_zopes_root_do_not_come_in_from_the_web(portal: Any, visitor: Any, place: str) -> None:
    """Stock: 200 by Basic and by the query, after any number of wrong tries."""
    stranger = visitor()
    basic = {
        "Authorization": "Basic " + b64encode(f"{SITE_OWNER_NAME}:{SITE_OWNER_PASSWORD}".encode()).decode()
    }
    query = urlencode({"__ac_name": SITE_OWNER_NAME, "__ac_password": SITE_OWNER_PASSWORD})
    for answer in (
        stranger.get(place, headers=basic, expect_errors=True),
        stranger.get(f"{place}?{query}", expect_errors=True),
    ):
        assert answer.status_int in (302, 401, 404)
        assert "manage_workspace" not in answer.text and "portal_setup" not in answer.text


@pytest.mark.wall
def test_no_role_of_ours_has_a_stock_power_on_our_content(portal: Any, case: Any) -> None:
    found = case("ceper", "brunnsborrare")
    for permission in ("Modify portal content", "Add portal content", "Delete objects"):
        holders = {row["name"] for row in found.rolesOfPermission(permission) if row["selected"]}
        inherited = {row["name"] for row in portal["kunder"].rolesOfPermission(permission) if row["selected"]}
        assert holders | inherited == {"Manager"}, permission


@pytest.mark.wall
def test_nobody_holds_the_engine_s_role(portal: Any) -> None:
    holders = [row["name"] for row in portal.rolesOfPermission(Permission.FIRE_TRANSITION) if row["selected"]]
    assert holders == [Role.ENGINE]
    assert not portal.acl_users.portal_role_manager.listAssignedPrincipals(Role.ENGINE)
