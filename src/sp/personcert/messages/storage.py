"""Drafts of messages that are not begun yet, kept on the case."""

from typing import Any

from Acquisition import aq_base
from BTrees.OOBTree import OOBTree
from zope.annotation.interfaces import IAnnotations

KEY = "sp.personcert.messages.drafts"


def drafts(content: Any, make: bool = False) -> OOBTree | None:
    """Author id → Draft, of a case (new messages) or a thread (answers)."""
    own = getattr(aq_base(content), "drafts", None)
    if own is not None:
        return own
    annotations = IAnnotations(content)
    if KEY not in annotations and make:
        annotations[KEY] = OOBTree()
    return annotations.get(KEY)
