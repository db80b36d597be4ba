"""Customers whom e-mail does not reach, and letters to them."""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from plone import api

from sp.personcert.customers.domain import ContactMode
from sp.personcert.foundation import mail
from sp.personcert.postal_letters import storage
from sp.personcert.postal_letters.domain import PostalLetter
from sp.personcert.testing.tasks import run_due

MORNING = datetime(2026, 11, 23, 9, 0)


@pytest.fixture
def told_before(portal: Any, mails: Callable[[], list[Path]]) -> None:
    """What the demonstration has to tell is sent and out of the way."""
    run_due(after=700)
    for mail_sent in mails():
        mail_sent.unlink()


@pytest.fixture
def analog(told_before: None, customer: Callable[[str], Any], at: Callable[[datetime], None]) -> Any:
    """The handbook's customer, who chose post, on a morning in November."""
    at(MORNING)
    found = customer("ceper")
    found.contact_mode = ContactMode.ANALOG
    return found


@pytest.fixture
def other(told_before: None, customer: Callable[[str], Any]) -> Any:
    """Another who chose post, with a postal address."""
    found = customer("enkel")
    found.contact_mode = ContactMode.ANALOG
    found.person = replace(found.person, address="Storgatan 1", postal_code="371 30")
    return found


@pytest.fixture
def notify(told_before: None) -> Callable[..., None]:
    """Tell customers something, and let time pass until it is sent."""

    def tell(*recipients: Any, kind: str = "new_message") -> None:
        for recipient in recipients:
            mail.queue_notice(recipient, kind)
        run_due(after=700)

    return tell


@pytest.fixture
def letters_of() -> Callable[[Any], list[PostalLetter]]:
    """Every letter that is kept of a customer, in whatever state."""

    def found(customer: Any) -> list[PostalLetter]:
        tables = api.portal.get().__annotations__.get(storage.KEY, {storage.LETTERS: {}})
        return [one for one in tables[storage.LETTERS].values() if one.customer_id == customer.getId()]

    return found


@pytest.fixture
def mails() -> Callable[[], list[Path]]:
    """The mails that have left."""
    return lambda: sorted(Path(os.environ["SP_MAIL_DIR"]).glob("*.eml"))
