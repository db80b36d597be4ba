"""Letters about accounts: their words can be changed, and a refused address is seen by somebody."""

import pytest
from plone import api

from sp.personcert.accounts import tasks
from sp.personcert.accounts.domain import LinkKind
from sp.personcert.accounts.letters import LetterKind, text_name
from sp.personcert.accounts.operations import links
from sp.personcert.accounts.operations.letters import queue_letter
from sp.personcert.customers import queries as customers
from sp.personcert.foundation import mail
from sp.personcert.foundation.taskqueue.outbox import ensure_outbox
from sp.personcert.foundation.taskqueue.records import TaskState
from sp.personcert.foundation.texts import Text, kind_of
from sp.personcert.foundation.texts.operations import change_text
from sp.personcert.testing.tasks import queued_urls, run_due
from tests.accounts.pages import body, id_of, letters


@pytest.fixture(autouse=True)
def _an_empty_mailbox(portal):
    letters()


@pytest.fixture
def refused(monkeypatch):
    """The mail server knows nobody."""

    def refuse(request, message):
        raise mail.AddressRefused(550)

    monkeypatch.setattr(tasks.mail, "deliver", refuse)


def fates(user_name):
    """State and reason of the tasks that write to somebody."""
    outbox = ensure_outbox(api.portal.get().getPhysicalRoot()._p_jar)
    asked = f"account={id_of(user_name)}"
    return [(record.state, record.reason) for record in outbox.unsettled() if asked in record.task.url]


def test_every_letter_has_a_kind_of_text(portal):
    for kind in LetterKind:
        assert kind_of(text_name(kind)).name == f"account_{kind}"


def test_an_administrators_words_are_sent_and_the_link_stays(portal, acting):
    own = Text("Nytt för {user_name}", "Hej {user_name}!\n\nDet gäller i {minutes} minuter.", "Hit")
    with acting("administrator"):
        change_text("account_reset", "sv", own)
    links.ask_for_reset(portal.REQUEST, "ceper")
    (letter,) = letters()
    assert letter["Subject"] == "Nytt för ceper"
    text = "\n".join(body(letter).splitlines())
    assert "Hej!\n\nHej ceper!\n\nDet gäller i 60 minuter.\n\nHit:\nhttps://" in text
    assert "/valj-losenord?kod=" in text


def test_a_customer_who_reads_english_gets_english(portal, customer):
    customer("ceper").customer_language = "en"
    queue_letter(id_of("ceper"), LetterKind.FACTOR_CHANGED)
    (letter,) = letters()
    assert letter["Subject"] == "Your one-time codes were changed"
    assert "https://kundwebb.example.se/plone/inloggningar" in body(letter)


def test_a_refused_address_of_a_customer_is_marked_for_officers(portal, customer, refused):
    links.ask_for_reset(portal.REQUEST, "ceper")
    run_due()
    assert customers.email_is_bad(customer("ceper"))
    assert not any("send-account-letter" in url for url in queued_urls())


def test_a_refused_address_of_the_staff_is_a_dead_task(portal, refused):
    queue_letter(id_of("handlaggare"), LetterKind.PASSWORD_CHANGED)
    run_due()
    assert (TaskState.DEAD, "AddressRefused: refused with 550") in fates("handlaggare")


def test_a_refusal_of_the_former_address_does_not_mark_the_new_one(portal, customer, refused):
    queue_letter(id_of("ceper"), LetterKind.ADDRESS_CHANGED)
    run_due()
    assert not customers.email_is_bad(customer("ceper"))


def test_kinds_of_links_are_kinds_of_letters():
    assert {kind.value for kind in LinkKind} <= {kind.value for kind in LetterKind}
