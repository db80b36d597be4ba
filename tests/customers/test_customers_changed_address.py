"""A customer's way in moves with the e-mail address: who is told, and what opens nothing any more."""

import pytest

from sp.personcert.accounts import storage
from sp.personcert.accounts.domain import LinkKind
from sp.personcert.accounts.operations import links
from sp.personcert.cases import queries as cases
from sp.personcert.customers import operations
from sp.personcert.customers.domain import AddressFault
from sp.personcert.foundation import mail
from sp.personcert.foundation.taskqueue.outbox import ensure_outbox
from sp.personcert.foundation.taskqueue.records import TaskState
from sp.personcert.testing.tasks import run_due
from tests.accounts.pages import body, letters

NEW = "Nio-grusiga-brunnar-1"


@pytest.fixture
def person(customer):
    """The handbook's customer, with nothing in the mailbox."""
    run_due(after=700)
    letters()
    return customer("ceper")


@pytest.fixture
def correct(acting):
    """An officer enters another address of a customer."""

    def enter(customer, address="ny@example.se"):
        with acting("handlaggare"):
            operations.change_email(customer, address)

    return enter


def told(customer):
    """The automatic messages about an address: type, sender and text, in the newest case."""
    threads = [one for one in cases.of_customer(customer)[-1].objectValues() if hasattr(one, "entries")]
    entries = [(one.message_type, entry) for one in threads for entry in one.entries.values()]
    said = [(kind, entry.sender_name, entry.text) for kind, entry in entries]
    return [one for one in said if one[2].startswith(("Din e-postadress hos oss", "We changed"))]


def test_the_former_address_and_the_newest_case_are_told(person, correct):
    correct(person)
    (letter,) = letters()
    assert (letter["To"], letter["Subject"]) == ("ceper@example.se", "Din e-postadress är ändrad")
    assert "ny@example.se" not in body(letter)
    ((kind, sender, text),) = told(person)
    assert (kind, sender) == ("Uppgiftsändring", "SPPER")
    assert text.endswith("Var det inte du som bad om det? Hör av dig till oss genast.")
    run_due(after=700)
    assert letters() == []


@pytest.mark.parametrize("same", ["ceper@example.se", "CEPER@example.SE"])
def test_the_same_mailbox_is_not_told(person, correct, same):
    operations.mark_address_bad(person, AddressFault.BOUNCED)
    correct(person, same)
    assert letters() == [] and told(person) == []


def test_who_has_no_account_is_not_told(person, correct):
    person.user_id = ""
    correct(person)
    assert letters() == [] and told(person) == []


@pytest.mark.wall
def test_a_link_that_was_mailed_opens_nothing_after_the_address_is_corrected(portal, person, correct):
    code = links.make_link(person.user_id, LinkKind.RESET)
    portal._p_jar.sync()
    correct(person)
    with pytest.raises(links.LinkOver):
        links.choose_password(portal.REQUEST, code, NEW, NEW)
    assert storage.account(person.user_id).link is None


def test_a_former_address_that_is_refused_leaves_no_dead_task(portal, person, correct, monkeypatch):
    def refuse(request, message):
        raise mail.AddressRefused(550)

    monkeypatch.setattr("sp.personcert.accounts.tasks.mail.deliver", refuse)
    correct(person)
    run_due()
    outbox = ensure_outbox(portal.getPhysicalRoot()._p_jar)
    left = [one for one in outbox.unsettled() if "send-account-letter" in one.task.url]
    assert [one.state for one in left] == [TaskState.DONE]
    assert person.bad_address is None
