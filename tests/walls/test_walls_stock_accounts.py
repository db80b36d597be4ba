"""How stock Plone 6.2.2 treats accounts, and what is stored, sent and told here instead.

Each docstring says what the same request gave on a stock Classic site. The rules themselves are tested in
``tests/accounts``.
"""

import re
from base64 import b64encode
from typing import Any

import pytest
import transaction
from plone import api

from sp.personcert.accounts import storage, throttle
from sp.personcert.accounts.operations import links
from sp.personcert.accounts.plugins.users import PasswordRefused
from sp.personcert.accounts.queries import users
from sp.personcert.demo.people import PASSWORD
from sp.personcert.testing.visitor import Visitor
from tests.accounts.pages import body, id_of, letters
from tests.reading import address

SESSION = "__Host-kw-session"
NEW = "Nio-grusiga-brunnar-1"


def ask_for_link(person: Any, user_name: str) -> Any:
    """Fill in Jag har glömt mitt lösenord."""
    form = person.see("/glomt-losenord").forms["forgotten"]
    form["user_name"] = user_name
    return person.submit(form)


def refused(*given: Any) -> None:
    """The mail server is down."""
    raise ConnectionRefusedError


def is_in(person: Any, drillers: Any) -> bool:
    """Whether the customer's case is read."""
    return person.see(address(drillers, "arkiv")).status_int == 200


@pytest.mark.wall
def test_f2_the_link_of_a_forgotten_password_is_at_the_configured_address(visitor: Any) -> None:
    """Stock: POST of ``@@login-help`` with ``Host: evil.example`` mailed
    ``https://evil.example/plone/passwordreset/<token>`` to the owner.
    """
    visitor()
    letters()
    ask_for_link(Visitor(host="evil.example"), "ceper")
    sent = letters()
    assert [letter["To"] for letter in sent] == ["ceper@example.se"]
    assert "evil.example" not in sent[0].as_string()
    assert re.search(r"https://kundwebb\.example\.se/plone/valj-losenord\?kod=", body(sent[0]))


@pytest.mark.wall
def test_f3_nothing_tells_whether_an_account_exists(visitor: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stock: ``mail_password?userid=`` answered 200 for a known user, 302 for an unknown one; with the mail
    server down ``@@login-help`` answered 500 for a known one, 200 for an unknown one.
    """
    monkeypatch.setattr("smtplib.SMTP.connect", refused)
    told = []
    for user_name in ("ceper", "nobody"):
        answer = ask_for_link(visitor(), user_name)
        told.append((answer.status_int, answer.headers["Location"], answer.body))
    assert told[0] == told[1]
    for path in ("/mail_password?userid={}", "/@@login-help?reset={}", "/passwordreset/{}", "/author/{}"):
        known, unknown = (visitor().see(path.format(name)) for name in ("ceper", "nobody"))
        assert known.status_int == unknown.status_int in (302, 404)
        assert known.headers.get("Location") == unknown.headers.get("Location")


@pytest.mark.wall
@pytest.mark.parametrize("how", ["log out", "new password"])
def test_f5_a_copied_cookie_is_worth_nothing_afterwards(ceper: Any, drillers: Any, how: str) -> None:
    """Stock: the copied ``__ac`` read the case (200) after the log-out, and after a new password."""
    thief = Visitor()
    thief.set_cookie(SESSION, ceper.cookies[SESSION])
    assert is_in(thief, drillers)
    if how == "log out":
        ceper.submit(ceper.see("/start").forms["logout"])
    else:
        transaction.begin()
        users().updateUserPassword(id_of("ceper"), NEW)
        transaction.commit()
    assert not is_in(thief, drillers) and not is_in(ceper, drillers)
    transaction.begin()
    assert not storage.account(id_of("ceper")).sessions


@pytest.mark.wall
def test_f6_guessing_is_braked_and_the_owner_comes_in_meanwhile(visitor: Any, drillers: Any) -> None:
    """Stock: sixty wrong passwords in a row were each answered 200, the right one then logged in."""
    visitor()
    guesser, owner = Visitor(address="198.51.100.9"), Visitor(address="203.0.113.5")
    for number in range(60):
        guesser.log_in("ceper", f"Fel-fel-fel-{number}")
    guesser.log_in("ceper", PASSWORD)
    assert SESSION not in guesser.cookies and not is_in(guesser, drillers)
    owner.log_in("ceper", PASSWORD)
    assert is_in(owner, drillers)


@pytest.mark.wall
def test_f6_a_password_enters_by_the_login_page_alone(visitor: Any, drillers: Any) -> None:
    """Stock: ``?__ac_name=&__ac_password=`` and ``Authorization: Basic`` read the case (200)."""
    basic = b64encode(f"ceper:{PASSWORD}".encode()).decode()
    pair = {"__ac_name": "ceper", "__ac_password": PASSWORD}
    ours = {"user_name": "ceper", "password": PASSWORD}
    for path in (address(drillers, "arkiv"), "/login", "/start"):
        for sent in (pair, ours):
            stranger = visitor()
            stranger.see(path, params=sent)
            stranger.send(path, pair)
            assert SESSION not in stranger.cookies and not is_in(stranger, drillers)
        stranger = visitor()
        answer = stranger.see(address(drillers, "arkiv"), headers={"Authorization": f"Basic {basic}"})
        assert answer.status_int == 302 and SESSION not in stranger.cookies


@pytest.mark.wall
def test_f7_passwords_are_kept_as_argon2id_and_links_as_a_hash(portal: Any) -> None:
    """Stock: ``{SSHA}...``, one round of SHA-1; ``_requests`` held reset tokens in clear for 7 days."""
    for user_name in ("ceper", "enkel", "handlaggare", "administrator"):
        stored = users()._user_passwords[id_of(user_name)]
        assert stored.startswith(b"{ARGON2ID}$argon2id$v=19$m=19456")
    letters()
    links.ask_for_reset(portal.REQUEST, "ceper")
    code = re.findall(r"valj-losenord\?kod=[0-9a-f]+\.([\w-]+)", body(letters()[0]))[0]
    link = storage.account(id_of("ceper")).link
    assert code not in repr(link) and len(link.code_hash) == 64
    database = portal._p_jar.db().storage
    assert not any(code.encode() in record.data for found in database.changes.iterator() for record in found)
    assert not portal.portal_password_reset._requests


@pytest.mark.wall
def test_f8_scripts_meet_the_rules_too(portal: Any) -> None:
    """Stock: ``acl_users.userSetPassword(user, "kort")`` was stored, and its owner logged in with it."""
    throttle.forget_all()
    for weak in ("kort", "Kort1234", "ceperceperCEPER1", PASSWORD):
        with pytest.raises(PasswordRefused):
            portal.acl_users.userSetPassword(id_of("ceper"), weak)
        with pytest.raises(PasswordRefused):
            api.user.get(username="ceper").setSecurityProfile(password=weak)
    assert users().matches(id_of("ceper"), PASSWORD)
    assert not users().matches(id_of("ceper"), "Kort1234")
