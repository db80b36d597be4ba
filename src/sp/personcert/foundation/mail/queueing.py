"""Asking for a notice, in the transaction of the operation that it tells about."""

import uuid
from typing import Any

from ..settings import setting
from ..taskqueue import add, known_task, task_path
from ..texts import TextGroup, kind_of
from . import gathering

SEND_NOTICE = "send-notice"


def queue_notice(recipient: Any, kind: str, key: str | None = None) -> str:
    """Queue a notice to a person. How the person is reached is decided when it is sent.

    :param recipient: content that adapts to ``IMailRecipient``, such as a customer.
    :param kind: the name of a kind of text of the group NOTICE.
    :param key: names the occasion; for the same kind and key one notice is sent, ever.
    :returns: the id of the notice's own task.
    :raises ValueError: for a kind that is no notice.
    """
    _require_notice(kind)
    path = task_path(recipient, SEND_NOTICE)
    occasion = f"notice:{path}:{kind}:{key}" if key else None
    known = known_task(occasion) if occasion else None
    if known:
        return known
    notice_id = uuid.uuid4().hex
    gathering.put(recipient, notice_id, kind)
    delay = 60.0 * setting("notice_minutes")
    return add(path, params={"notice": notice_id}, key=occasion, delay=delay)


def _require_notice(kind: str) -> None:
    try:
        group = kind_of(kind).group
    except LookupError as error:
        raise ValueError(str(error)) from error
    if group is not TextGroup.NOTICE:
        raise ValueError(f"{kind!r} is no notice.")
