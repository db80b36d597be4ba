"""Kinds, and what was said."""

import pytest
from zope.component import getGlobalSiteManager

from sp.personcert.messages.domain import MessageType
from sp.personcert.messages.interfaces import IMessage
from sp.personcert.reminders import operations, queries
from sp.personcert.reminders.domain import Point
from sp.personcert.reminders.interfaces import IReminderKind
from tests.reminders.promises import NAME, Promises


@pytest.fixture
def promises(portal):
    """The tests' own kind, registered like any other."""
    kind, registry = Promises(), getGlobalSiteManager()
    registry.registerUtility(kind, IReminderKind, name=NAME)
    yield kind
    registry.unregisterUtility(kind, IReminderKind, name=NAME)


@pytest.fixture
def promise(promises):
    """Plan points of a case: ``promise(case, ("june", "m6", date(2027, 1, 1)), ...)``."""

    def plan(case, *points):
        promises.planned[queries.key_of(case)] = tuple(Point(*point) for point in points)
        operations.plan(NAME, case)
        return queries.key_of(case)

    return plan


@pytest.fixture
def said():
    """The texts that a kind, if not another one is asked for the tests' own, has sent in a case."""

    def texts(case, message_type=MessageType.NOTE, start="Löfte"):
        entries = [
            entry
            for child in case.objectValues()
            if IMessage.providedBy(child) and child.message_type == message_type
            for entry in child.sorted_entries()
            if not entry.sender_id and entry.text.startswith(start)
        ]
        return [entry.text for entry in sorted(entries, key=lambda entry: entry.sent_at)]

    return texts
