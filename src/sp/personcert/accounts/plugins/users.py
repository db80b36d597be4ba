"""The user folder's passwords. Rules, history, throttle and hash hold here, so no way in goes round them."""

from typing import Any

from AccessControl.class_init import InitializeClass
from BTrees.OOBTree import OOBTree
from Products.PlonePAS.plugins.user import UserManager as StockUserManager
from zope.event import notify
from zope.globalrequest import getRequest

from sp.personcert import _
from sp.personcert.customers import queries as customers
from sp.personcert.foundation.errors import Refused
from sp.personcert.foundation.settings import setting

from .. import hashing, storage, throttle
from ..domain import HISTORY, Rule, broken_rules
from ..events import PasswordStored, UserGone

STOCK_TREES = ("_user_passwords", "_login_to_userid", "_userid_to_login")


class PasswordRefused(Refused):
    """The password breaks rules. Not a ValueError or RuntimeError: the user folder swallows those."""

    def __init__(self, rules: tuple[Rule, ...], *, differs: bool = False) -> None:
        super().__init__(_("refused_password", default="Lösenordet följer inte reglerna."), "new_password")
        self.rules = rules
        self.differs = differs


class UserManager(StockUserManager):
    """Users with argon2id hashes. Stock forms, REST and scripts store through it and obey."""

    meta_type = "Personcert User Manager"

    def __init__(self, id: str, title: str = "") -> None:
        super().__init__(id, title)
        self._history = OOBTree()  # user id -> hashes, the present one first

    def addUser(self, user_id: str, login_name: str, password: str | None) -> None:
        """Add a user; without a password nobody logs in until one is chosen.

        :raises KeyError: when the user id or the user name is taken.
        :raises PasswordRefused: when the password breaks rules.
        """
        if user_id in self._user_passwords or self.user_id_of(login_name) is not None:
            raise KeyError("Duplicate user")
        stored = hashing.UNUSABLE if password is None else self._accepted(user_id, login_name, password)
        super().addUser(user_id, login_name, stored)
        if password is not None:
            self._history[user_id] = (stored,)

    def doChangeUser(self, principal_id: str, password: str) -> None:
        """:raises RuntimeError: when the user is not ours; the user folder then asks the next plug-in."""
        if principal_id not in self._user_passwords:
            raise RuntimeError("not ours")
        self._store(principal_id, password)

    def updateUserPassword(self, user_id: str, password: str) -> None:
        """:raises KeyError: when there is no such user."""
        if user_id not in self._user_passwords:
            raise KeyError("Invalid user ID")
        if password:
            self._store(user_id, password)

    def removeUser(self, user_id: str) -> None:
        """Remove a user with all old hashes."""
        super().removeUser(user_id)
        self._history.pop(user_id, None)
        notify(UserGone(user_id))

    def authenticateCredentials(self, credentials: dict[str, Any]) -> tuple[str, str] | None:
        """The user of a pair; one verification whatever comes, also while throttled."""
        typed, password = credentials.get("login"), credentials.get("password")
        if not typed or password is None:
            return None
        attempt = throttle.Attempt(getRequest(), typed)
        is_refused = attempt.is_refused()
        user_id = None if is_refused else self.user_id_of(typed)
        reference = self._user_passwords.get(user_id, hashing.UNUSABLE) if user_id else hashing.UNUSABLE
        if not hashing.verify(reference, password) or self._is_disabled(user_id):
            if not is_refused:  # else one client would use up what the account has for everybody
                attempt.failed()
            return None
        attempt.succeeded()
        self._renew_hash(user_id, reference, password)
        return user_id, self._userid_to_login[user_id]

    def user_id_of(self, typed: str) -> str | None:
        """Whose user name that is; a telephone's capital letter does not matter."""
        found: str | None = self._login_to_userid.get(typed) or self._login_to_userid.get(typed.casefold())
        return found

    def is_usable(self, user_id: str) -> bool:
        """Whether a password has been chosen."""
        return self._user_passwords.get(user_id, hashing.UNUSABLE) != hashing.UNUSABLE

    def matches(self, user_id: str, password: str) -> bool:
        """Whether that is the user's present password."""
        return hashing.verify(self._user_passwords.get(user_id, hashing.UNUSABLE), password)

    def _store(self, user_id: str, password: str) -> None:
        stored = self._accepted(user_id, self._userid_to_login[user_id], password)
        self._history[user_id] = (stored, *self._past(user_id))[:HISTORY]
        self._user_passwords[user_id] = stored
        storage.ensure_account(user_id).shut_out()
        notify(PasswordStored(user_id))

    def broken_rules(self, user_id: str, password: str) -> tuple[Rule, ...]:
        """Every rule that a new password of the user would break (H19–H23)."""
        return self._broken(user_id, self._userid_to_login[user_id], password)

    def _broken(self, user_id: str, login: str, password: str) -> tuple[Rule, ...]:
        broken = broken_rules(password, self._names(user_id, login), setting("password_words"))
        if hashing.looks_stored(password) and Rule.COMMON not in broken:
            broken += (Rule.COMMON,)  # stock code keeps an encoded hash as it is, whatever it was made of
        if Rule.LONG not in broken and any(hashing.verify(old, password) for old in self._past(user_id)):
            broken += (Rule.HISTORY,)
        return broken

    def _accepted(self, user_id: str, login: str, password: str | bytes) -> bytes:
        text = password.decode("utf-8", "replace") if isinstance(password, bytes) else password
        if broken := self._broken(user_id, login, text):
            raise PasswordRefused(broken)
        return hashing.encode(text)

    def _past(self, user_id: str) -> tuple[bytes, ...]:
        """The last seven; of a user from before this plug-in, the present one."""
        present = self._user_passwords.get(user_id, hashing.UNUSABLE)
        known: tuple[bytes, ...] = self._history.get(user_id, ())
        return known or (() if present == hashing.UNUSABLE else (present,))

    def _names(self, user_id: str, login: str) -> tuple[str, ...]:
        """What a password may not be made of: the person's names and numbers."""
        customer = customers.of_user(user_id)
        if customer is not None:
            number = customer.personal_identity_number
            return (login, customer.full_name, customer.customer_number, number, number[2:])
        user = self._getPAS().getUserById(user_id)
        return (login, str(user.getProperty("fullname", "") or "") if user is not None else "")

    def _is_disabled(self, user_id: str | None) -> bool:
        account = storage.account(user_id) if user_id else None
        return account is not None and account.is_disabled

    def _renew_hash(self, user_id: str, reference: bytes, password: str) -> None:
        """Store the hash anew when the scheme or its parameters have become stronger."""
        if hashing.is_outdated(reference):
            stored = hashing.encode(password)
            self._history[user_id] = (stored, *self._past(user_id)[1:])
            self._user_passwords[user_id] = stored


InitializeClass(UserManager)
