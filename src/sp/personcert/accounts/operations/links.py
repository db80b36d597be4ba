"""One-use links: to a new account, and for a forgotten password (H8, H12).

Whoever asks learns nothing: an unknown user name queues the same task, which finds nobody. The code is
made by the task that sends it, and only its hash is stored.
"""

from typing import Any

from zope.annotation.interfaces import IAnnotations
from zope.component.hooks import getSite

from sp.personcert import _
from sp.personcert.foundation.clock import machine_seconds
from sp.personcert.foundation.content import new_id
from sp.personcert.foundation.errors import Refused
from sp.personcert.foundation.settings import setting
from sp.personcert.foundation.taskqueue.outbox import own_transaction

from .. import storage, throttle
from ..domain import LinkKind, OneUseLink, without_invisible_ends
from ..queries import link_holder, users
from .entries import note
from .letters import queue_letter
from .passwords import store

_SECONDS = {
    LinkKind.ACTIVATION: lambda: setting("activation_days") * 86400,
    LinkKind.RESET: lambda: setting("reset_minutes") * 60,
    LinkKind.HELP: lambda: setting("reset_minutes") * 60,
}


class LinkOver(Refused):
    """The link is used, too old, replaced by a newer one, or none of ours."""

    def __init__(self) -> None:
        super().__init__(_("refused_link", default="Länken gäller inte längre. Be om en ny."))


def ask_for_reset(request: Any, user_name: str) -> None:
    """Have a link sent to whoever has that user name, if anybody; the answer is the same."""
    typed = without_invisible_ends(user_name)
    attempt = throttle.Attempt(request, typed, "link")
    user_id = users().user_id_of(typed) or new_id()
    if (
        not attempt.is_refused()
    ):  # what is refused does not count, or a stranger could use up the owner's asks
        attempt.failed()
        note("reset_asked", user_id)
        queue_letter(user_id, LinkKind.RESET)


def make_link(user_id: str, kind: LinkKind) -> str:
    """A code for the mail that is about to be sent; an older one opens nothing any more.

    Committed at once and apart from the task: what is in the mail must open.
    """
    site_path = "/".join(getSite().getPhysicalPath())
    link, code = OneUseLink.make(kind, user_id, machine_seconds() + _SECONDS[kind]())
    with own_transaction() as connection:
        site = connection.root()["Application"].unrestrictedTraverse(site_path)
        kept = IAnnotations(site)[storage.KEY]
        if user_id not in kept:  # of a user who came by stock means
            kept[user_id] = storage.Account()
        kept[user_id].link = link
    return code


def choose_password(request: Any, code: str, new: str, repeated: str) -> None:
    """Use a link. Every session ends and nobody is logged in; this browser is known as the owner's.

    :raises LinkOver: when the link opens nothing.
    :raises PasswordRefused: with every broken rule; the link still opens then.
    """
    holder = link_holder(code)
    if holder is None:
        raise LinkOver
    store(holder.user_id, new, repeated)
    throttle.remember_device(request, holder.user_name)
    note("link_used", holder.user_id, kind=holder.kind.value)
