"""Asking for a notice, in the transaction of the operation that it tells about."""

from typing import Any

from ..taskqueue import add, task_path
from .interfaces import IMailRecipient
from .texts import NoticeKind


def queue_notice(recipient: Any, kind: str, key: str | None = None) -> str | None:
    """Queue a notice to a person.

    :param recipient: content that adapts to ``IMailRecipient``, such as a customer.
    :param kind: a :class:`NoticeKind`.
    :param key: names the occasion; for the same kind and key one notice is sent, ever.
    :returns: the task's id, None when the person gets no e-mail (H42).
    :raises ValueError: for an unknown kind.
    """
    kind = NoticeKind(kind)
    if not IMailRecipient(recipient).wants_mail:
        return None
    path = task_path(recipient, "send-notice")
    occasion = f"notice:{path}:{kind}:{key}" if key else None
    return add(path, params={"kind": kind.value}, key=occasion)
