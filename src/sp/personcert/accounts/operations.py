"""Opening accounts, logging in and out."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from AuthEncoding.AuthEncoding import pw_encrypt, pw_validate
from plone import api
from Products.PluggableAuthService.interfaces.plugins import IExtractionPlugin

from sp.personcert import _
from sp.personcert.foundation import audit
from sp.personcert.foundation.content import new_id
from sp.personcert.foundation.errors import Refused

from .domain import without_invisible_ends

STOCK_DOORS = ("credentials_basic_auth", "credentials_cookie_auth")
SESSION_SECONDS = 12 * 60 * 60


def open_account(
    user_name: str, password: str, *, full_name: str, email: str, groups: Iterable[str] = ()
) -> str:
    """Make an account without any role, in these groups; give its user id. The caller checks first.

    :param full_name: of staff. A customer's name and e-mail stand on the customer: without a name nothing
        of the person is kept beside the account.
    :raises Refused: when the user name is taken.
    """
    users = api.portal.get_tool("acl_users")
    user_id = new_id()
    try:
        users.source_users.addUser(user_id, user_name, without_invisible_ends(password))
    except KeyError as error:
        raise Refused(
            _("refused_user_name", default="Användarnamnet är upptaget. Välj ett annat."), "user_name"
        ) from error
    if full_name:
        api.user.get(userid=user_id).setMemberProperties({"fullname": full_name, "email": email})
    for group in groups:
        users.source_groups.addPrincipalToGroup(user_id, group)
    audit.record("account.open", api.portal.get(), account=user_id)
    return user_id


def set_up_sessions() -> None:
    """A log-in lasts 12 hours at most; it is never lengthened behind the person's back. May run again."""
    session = api.portal.get_tool("acl_users").session
    session.manage_changeProperties(timeout=SESSION_SECONDS, refresh_interval=-1, cookie_lifetime=0)


def close_stock_doors() -> None:
    """No page but the login takes a user name and a password: not by Basic, nor in a query or form.

    They would stand in the logs of proxies, and pass every brake on the login. May run again.
    """
    plugins = api.portal.get_tool("acl_users").plugins
    for plugin_id in STOCK_DOORS:
        if plugin_id in plugins.listPluginIds(IExtractionPlugin):
            plugins.deactivatePlugin(IExtractionPlugin, plugin_id)


def log_in(request: Any, user_name: str, password: str, private: bool) -> bool:
    """Log a person in if the pair is right (H10); it takes the place of whoever was logged in here.

    Stock ``loginUser`` is not called: it would write to the person's member data.

    :param private: keep the person logged in when the browser is closed (H11).
    """
    users = api.portal.get_tool("acl_users")
    login, secret = without_invisible_ends(user_name), without_invisible_ends(password)
    found = users.source_users.authenticateCredentials({"login": login, "password": secret})
    if found is None:
        _spend_as_long(users.source_users, login, secret)
        return False
    session, response = users.session, request.response
    session._setupSession(found[0], response)
    if private:
        name = session.cookie_name
        response.setCookie(name, response.cookies[name]["value"], max_age=SESSION_SECONDS)
    return True


def log_out(request: Any) -> None:
    """End the log-in of this browser."""
    api.portal.get_tool("acl_users").session.resetCredentials(request, request.response)


def _spend_as_long(source: Any, login: str, password: str) -> None:
    """Let an unknown user name cost what a wrong password costs, so that time does not tell them apart."""
    if source._login_to_userid.get(login) is None:
        pw_validate(_nobodys_password(), password)


@cache
def _nobodys_password() -> bytes:
    return bytes(pw_encrypt(new_id()))
