"""What is kept of an account beside its password: in one object per person, gone with the user."""

from BTrees.OOBTree import OOBTree
from persistent import Persistent
from plone import api
from zope.annotation.interfaces import IAnnotations

from .domain.links import OneUseLink
from .domain.sessions import Login, Session

KEY = "sp.personcert.accounts"
LOGINS = 20


class Account(Persistent):
    """One person's account. What can happen to two requests at once is tried again by Zope."""

    is_disabled = False
    needs_second_factor = False
    generation = 0  # raised by whatever makes a first step worthless that waits for its second
    link: OneUseLink | None = None
    factor_secret = ""
    factor_step = 0  # the last one used
    recovery_hashes: tuple[bytes, ...] = ()
    sessions: dict[str, Session]  # by session id
    former_email = ""  # the latest one, which is told that it is so
    logins: tuple[Login, ...] = ()  # newest first

    def __init__(self) -> None:
        self.sessions = {}

    def shut_out(self) -> None:
        """End every session, link and half-finished log-in."""
        self.sessions, self.link = {}, None
        self.generation += 1


def accounts() -> OOBTree:
    """All accounts by user id."""
    return IAnnotations(api.portal.get())[KEY]


def ensure_accounts() -> None:
    """Make the tree once, when the add-on is installed."""
    annotations = IAnnotations(api.portal.get())
    if KEY not in annotations:
        annotations[KEY] = OOBTree()


def account(user_id: str) -> Account | None:
    """One account."""
    return accounts().get(user_id)


def ensure_account(user_id: str) -> Account:
    """The account of a user, made for one who came by stock means."""
    tree = accounts()
    if user_id not in tree:
        tree[user_id] = Account()
    found: Account = tree[user_id]
    return found


def forget_account(user_id: str) -> None:
    """Drop what is kept of a user who is gone."""
    accounts().pop(user_id, None)
