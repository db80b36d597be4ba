"""Answers, kept on the case: slot key → every answer, the newest last."""

from typing import Any

from BTrees.OOBTree import OOBTree
from zope.annotation.interfaces import IAnnotations

from .domain import Answer

KEY = "sp.personcert.checklist"


def answers(case: Any, slot_key: str) -> tuple[Answer, ...]:
    """Every answer to a slot."""
    return IAnnotations(case).get(KEY, {}).get(slot_key, ())


def put(case: Any, slot_key: str, found: tuple[Answer, ...]) -> None:
    """Keep the answers to a slot."""
    annotations = IAnnotations(case)
    if KEY not in annotations:
        annotations[KEY] = OOBTree()
    annotations[KEY][slot_key] = found
