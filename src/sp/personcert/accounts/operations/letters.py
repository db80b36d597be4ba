"""Having a letter sent to the owner of an account."""

from enum import StrEnum

from plone import api

from sp.personcert.foundation import taskqueue

LETTER_VIEW = "send-account-letter"


def queue_letter(user_id: str, kind: StrEnum) -> None:
    """Queue a letter; the task finds out who it is, and makes the link if there is one."""
    path = taskqueue.task_path(api.portal.get(), LETTER_VIEW)
    taskqueue.add(path, params={"account": user_id, "kind": kind.value})
