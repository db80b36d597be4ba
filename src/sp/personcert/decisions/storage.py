"""Proposal and decision, kept on the case."""

from typing import Any

from persistent.mapping import PersistentMapping
from zope.annotation.interfaces import IAnnotations

from .domain import Decision, Proposal

KEY = "sp.personcert.decisions"


def proposal(case: Any) -> Proposal | None:
    """What is proposed at present."""
    return IAnnotations(case).get(KEY, {}).get("proposal")


def decision(case: Any) -> Decision | None:
    """What was decided."""
    return IAnnotations(case).get(KEY, {}).get("decision")


def put(case: Any, name: str, value: Proposal | Decision | None) -> None:
    """Keep a ``proposal`` or ``decision``."""
    annotations = IAnnotations(case)
    if KEY not in annotations:
        annotations[KEY] = PersistentMapping()
    annotations[KEY][name] = value
