"""Who looks after the site, and a queue to look after."""

from typing import Any

import pytest
import transaction

from sp.personcert.foundation.taskqueue.outbox import ROOT_KEY, Outbox
from sp.personcert.foundation.taskqueue.sweep import wake_what_waits
from sp.personcert.testing.visitor import Visitor


@pytest.fixture
def empty_queue(portal: Any) -> None:
    """The site with an empty queue that somebody sweeps."""
    portal.getPhysicalRoot()._p_jar.root()[ROOT_KEY] = Outbox()
    transaction.commit()
    wake_what_waits()


@pytest.fixture
def administrator(visitor: Any) -> Visitor:
    """An administrator at a browser."""
    person: Visitor = visitor("administrator")
    return person
