"""The rules for passwords hold where passwords are stored, whoever stores them."""

import pytest
import transaction
from AuthEncoding import AuthEncoding
from plone import api

from sp.personcert.accounts import hashing, storage
from sp.personcert.accounts.domain import LONGEST, Rule, broken_rules
from sp.personcert.accounts.operations import passwords
from sp.personcert.accounts.plugins.users import PasswordRefused
from sp.personcert.accounts.queries import users
from sp.personcert.demo.people import PASSWORD
from sp.personcert.foundation import audit

GOOD = "Nio-grusiga-brunnar-{}"
WEAK = "Kort1234"  # passes stock Plone's eight characters


@pytest.mark.handbook("H19", "H20", "H21")
@pytest.mark.parametrize(
    ("password", "broken"),
    [
        ("Kort-1", {Rule.SHORT}),
        ("berg-och-vatten-7", {Rule.UPPER}),
        ("BERG-OCH-VATTEN-7", {Rule.LOWER}),
        ("BergOchVattenSju", {Rule.DIGIT_OR_SPECIAL}),
        ("", {Rule.SHORT, Rule.LOWER, Rule.UPPER, Rule.DIGIT_OR_SPECIAL}),
        ("Åtta-Öar-äger-ß", set()),
        ("Ὀδυσσεὺς-ἀνὴρ-7", set()),
        ("Длинный-пароль-5", set()),
        ("A" + "ö1-" * 42 + "x", set()),
        ("Aa1-" * 33, {Rule.LONG}),
    ],
)
def test_each_broken_rule_is_named(password, broken):
    assert set(broken_rules(password)) - {Rule.COMMON} == broken


@pytest.mark.parametrize(
    "password",
    [
        *(
            "Password1234",
            "Password123456!",
            "Qwertyuiop1!",
            "Abcdefghijk1",
            "Aaaaaaaaaaa1",
            "Kundwebben2026!",
        ),
        *("SommarSommar1!", "1234567890Ab", "Passwordpassword1"),
    ],
)
def test_what_everybody_chooses_is_too_common(password):
    assert broken_rules(password, (), ("kundwebben", "sommar")) == (Rule.COMMON,)


def test_a_password_is_not_made_of_the_persons_names_and_numbers():
    names = ("ceper", "CE Person Test", "C129289", "198112189876", "8112189876")
    for password in ("Ceper-och-vatten-7", "Mitt-PERSON-ord-7", "Nummer-c129289-A", "Aa-811218-9876-b"):
        assert broken_rules(password, names) == (Rule.PERSON,)
    assert broken_rules("Annan-fras-om-berg-7", ("Ann", "Bo Ek")) == ()


def test_the_longest_password_counts_to_its_last_sign(portal):
    longest = "A1" + "".join(chr(0x3B1 + 7 * number % 24) for number in range(LONGEST - 2))
    user_id = api.user.get(username="enkel").getId()
    users().updateUserPassword(user_id, longest)
    assert users().matches(user_id, longest)
    assert not users().matches(user_id, longest[:-1] + "x")
    with pytest.raises(PasswordRefused) as refusal:
        users().updateUserPassword(user_id, longest + "x")
    assert Rule.LONG in refusal.value.rules


def test_one_text_is_one_password_whatever_keyboard_typed_it(portal):
    user_id = api.user.get(username="enkel").getId()
    users().updateUserPassword(user_id, "Blå-åar-i-norr-7")
    assert users().matches(user_id, "Bla\u030a-a\u030aar-i-norr-7\u200b ")


def stock_ways(portal, user_id):
    """Every way in which stock Plone and its add-ons store a password."""
    acl = portal.acl_users
    reset = api.portal.get_tool("portal_password_reset")
    return {
        "user folder": lambda word: acl.userSetPassword(user_id, word),
        "plug-in": lambda word: acl.source_users.updateUserPassword(user_id, word),
        "change": lambda word: acl.source_users.doChangeUser(user_id, word),
        "folder change": lambda word: acl._doChangeUser(user_id, word, [], []),
        "profile": lambda word: api.user.get(userid=user_id).setSecurityProfile(password=word),
        "reset tool": lambda word: reset.resetPassword(
            "enkel", reset.requestReset(user_id)["randomstring"], word
        ),
        "new user": lambda word: api.user.create(username="ny", email="ny@example.se", password=word),
        "folder add": lambda word: acl._doAddUser("ny", word, [], []),
        "registration": lambda word: api.portal.get_tool("portal_registration").addMember("nykund", word),
        "zmi": lambda word: acl.source_users.manage_updateUserPassword(user_id, word, word),
        "hash": lambda word: acl.source_users.addUser("ny", "ny", AuthEncoding.pw_encrypt(word, "SSHA")),
    }


def _code(reset, user_id):
    return reset.requestReset(user_id)["randomstring"]


def _hashed(word):
    return AuthEncoding.pw_encrypt(word, "SSHA")


WAYS = (
    *("user folder", "plug-in", "change", "folder change", "profile", "reset tool"),
    *("new user", "folder add", "registration", "zmi", "hash"),
)


@pytest.mark.wall
@pytest.mark.handbook("H18")
@pytest.mark.parametrize("way", WAYS)
def test_no_way_stores_a_password_that_breaks_the_rules(portal, way):
    """Stock Plone 6.2.2 stores "Kort1234" by each of them."""
    user_id = api.user.get(username="enkel").getId()
    with api.env.adopt_roles(["Manager"]), pytest.raises(PasswordRefused):
        stock_ways(portal, user_id)[way](WEAK)
    assert users().matches(user_id, PASSWORD)
    assert not {"ny", "nykund"} & set(users()._login_to_userid)


@pytest.mark.handbook("H23")
def test_none_of_the_last_seven_comes_back(portal):
    user_id = api.user.get(username="enkel").getId()
    for number in range(1, 9):
        users().updateUserPassword(user_id, GOOD.format(number))
    for number in range(2, 9):
        assert users().broken_rules(user_id, GOOD.format(number)) == (Rule.HISTORY,)
    users().updateUserPassword(user_id, GOOD.format(1))
    assert len(users()._history[user_id]) == 7


def test_old_hashes_and_what_is_kept_go_with_the_user(portal):
    user_id = api.user.get(username="enkel").getId()
    assert user_id in users()._history and storage.account(user_id) is not None
    with api.env.adopt_roles(["Manager"]):
        api.user.delete(user=api.user.get(userid=user_id))
    assert user_id not in users()._history and storage.account(user_id) is None


def test_a_hash_of_before_is_renewed_at_the_next_log_in(portal, visitor):
    user_id = api.user.get(username="enkel").getId()
    users()._user_passwords[user_id] = AuthEncoding.pw_encrypt(PASSWORD, "SSHA")
    visitor("enkel")
    transaction.begin()
    assert users()._user_passwords[user_id].startswith(b"{ARGON2ID}$argon2id$v=19$m=19456,t=2,p=1")
    assert users()._history[user_id][0] == users()._user_passwords[user_id]


def test_weaker_parameters_are_outdated():
    weak = hashing.PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
    assert hashing.is_outdated(b"{ARGON2ID}" + weak.encode())
    assert not hashing.is_outdated(hashing.encode(PASSWORD))
    assert hashing.verify(hashing.encode(PASSWORD), PASSWORD)


@pytest.mark.wall
@pytest.mark.parametrize("password", ["\udcff\udcfe", "\ud800", "\0", "å" * 5000])
@pytest.mark.parametrize("scheme", ["SSHA", "ARGON2ID"])
def test_bytes_that_are_no_text_are_a_wrong_password(portal, password, scheme):
    user_id = api.user.get(username="enkel").getId()
    users()._user_passwords[user_id] = AuthEncoding.pw_encrypt(PASSWORD, scheme)
    assert users().authenticateCredentials({"login": "enkel", "password": password}) is None
    with pytest.raises(PasswordRefused):
        users().doChangeUser(user_id, password)


@pytest.mark.wall
def test_nothing_opens_an_account_without_a_password(portal):
    users().addUser("utan", "utan", None)
    for guess in ("", "!", "None", "{ARGON2ID}!"):
        assert users().authenticateCredentials({"login": "utan", "password": guess}) is None
    assert not users().is_usable("utan")


def test_a_change_needs_the_present_password_and_the_same_one_twice(portal, acting):
    request = portal.REQUEST
    with acting("enkel"):
        with pytest.raises(passwords.RefusedAndNoted) as refusal:
            passwords.change_password(request, "fel", GOOD, GOOD)
        assert refusal.value.field == "password"
        assert "account.password_refused" in [entry.action for entry in audit.entries_for(portal)]
        with pytest.raises(passwords.Refused) as refusal:
            passwords.change_password(request, PASSWORD, GOOD, GOOD + "x")
        assert refusal.value.field == "repeated"
        with pytest.raises(PasswordRefused) as refusal:
            passwords.change_password(request, PASSWORD, "kort", "annat")
        assert refusal.value.differs and Rule.SHORT in refusal.value.rules
    assert users().matches(api.user.get(username="enkel").getId(), PASSWORD)


def test_stock_views_that_change_passwords_are_closed(portal, visitor):
    for view in ("change-password", "new-user", "mail_password", "passwordreset", "login-help"):
        assert visitor("enkel").see(f"/@@{view}").status_int == 404
