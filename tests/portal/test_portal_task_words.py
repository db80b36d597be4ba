"""The queue in words, as administrators read it."""

import pytest
import transaction
from plone import api

from sp.personcert.foundation import mail
from sp.personcert.foundation.clock import machine_seconds
from sp.personcert.foundation.taskqueue.interfaces import ITaskQueueLayer
from sp.personcert.foundation.taskqueue.records import TaskGroup, TaskState
from sp.personcert.portal import task_words
from sp.personcert.portal.browser import tasks
from tests.portal.jobs import (
    CALM,
    PAGE,
    buttons,
    headings,
    outbox,
    queued,
    uncertain,
)
from tests.reading import column, tree, words
from tests.walls.registered import own_views

pytestmark = pytest.mark.usefixtures("empty_queue")


def test_a_task_is_about_a_number_and_never_a_name(administrator, drillers, customer):
    queued(drillers, "send-reminder")
    queued(customer("ceper"), "send-notice")
    queued(api.portal.get(), "seal-audit")
    page = administrator.see(PAGE)
    assert column(page, "Gäller") == [f"Ärende {drillers.case_number}", "Kund C129289", "Webbplatsen"]
    assert customer("ceper").full_name not in page.text
    assert tree(page).xpath("//td[@data-label='Gäller']//a") == []


@pytest.mark.parametrize(
    ("failure", "said"),
    [
        (("RetryLater", "not set: plone.smtp_host"), "Väntar på att e-post blir inställd."),
        (("RetryLater", "mail server: TimeoutError"), "Väntar på att e-postservern svarar."),
        (("RetryLater", "put off with 451"), "Väntar: e-postservern bad oss återkomma (451)."),
        (("RetryLater", "the archive"), "Väntar på något annat: the archive"),
        (("GiveUp", "no address"), "Det finns ingen e-postadress."),
        (("AddressRefused", "refused with 550"), "E-postservern tog inte emot e-posten (550)."),
        (
            ("GiveUp", "the sender was refused with 530"),
            "E-postservern tar inte emot e-post från Kundwebben (530).",
        ),
        (("GiveUp", "<b>nothing</b>"), "Gav upp: <b>nothing</b>"),
        (("Crash", "the worker ended in the middle (2)"), "Servern stannade mitt i jobbet (2 gånger)."),
        (("KeyError", "", "pdf.py:12 < tasks.py:3"), "Fel i programmet: KeyError (pdf.py:12 < tasks.py:3)"),
        (("AnsweredBadly", ""), "Fel i programmet: AnsweredBadly"),
    ],
)
def test_a_failure_is_told_in_words(administrator, drillers, failure, said):
    queued(drillers, "sign-certificate", TaskState.DEAD, failure, crashes=2)
    assert column(administrator.see(PAGE), "Varför") == [said]


def test_an_uncertain_mail_is_told_with_its_message_id(administrator, drillers, customer):
    api.portal.set_registry_record("sp.personcert.base_url", "https://kund.example.se/webb")
    task_id = uncertain(customer("ceper"))
    other = queued(drillers, "sign-certificate", TaskState.UNCERTAIN, ("Uncertain", "x broke off"))
    page = administrator.see(PAGE)
    message_id = f"<{task_id}@kund.example.se>"
    composed = mail.compose("a@example.se", "sv", mail.Letter("x", ("y",)), task_id)
    assert composed["Message-ID"] == message_id
    said = f"Ingen vet om e-posten skickades. Sök hos e-postservern på Message-ID: {message_id}"
    assert column(page, "Varför") == [said, "Ingen vet om det blev gjort."]
    assert buttons(page, task_id) == ["Skicka igen", "Det skickades", "Ge upp"]
    assert buttons(page, other) == ["Kör igen", "Det är gjort", "Ge upp"]


def test_fifty_of_a_group_are_shown_and_the_rest_counted(administrator, drillers, monkeypatch):
    monkeypatch.setattr(tasks, "PER_GROUP", 3)
    for _ in range(5):
        queued(drillers, "sign-certificate")
    page = administrator.see(PAGE)
    assert headings(page) == ["Misslyckade 5"] and len(column(page, "Gäller")) == 3
    assert "och 2 till" in words(page)


def test_tasks_stand_in_their_groups_with_what_needs_somebody_first(administrator, drillers):
    later = machine_seconds() + 3600
    queued(drillers, "later-invented", TaskState.QUEUED, None)
    queued(drillers, "seal-audit", TaskState.RUNNING, None, lease_until=later)
    retried = ("RetryLater", "put off with 451")
    queued(drillers, "send-notice", TaskState.QUEUED, retried, waiting_since=1.0, not_before=later)
    queued(drillers, "sign-certificate")
    uncertain(drillers.__parent__)
    page = administrator.see(PAGE)
    assert headings(page) == ["Osäkra 1", "Misslyckade 1", "Försöker igen 1", "Körs nu 1", "Väntar 1"]
    assert [words(one).partition(":")[0] for one in tree(page).xpath("//tbody//th")] == [
        "Skicka e-post",
        "Signera certifikat",
        "Skicka e-post",
        "Försegla granskningsloggen",
        "later-invented",
    ]
    assert CALM not in words(page)


def test_every_task_of_ours_has_words():
    names = {view.name for view in own_views() if view.layer == ITaskQueueLayer.__name__}
    assert names == set(task_words.TASKS)
    assert set(task_words.GROUPS) == set(TaskGroup)


@pytest.mark.handbook("H178")
def test_an_empty_queue_is_one_calm_sentence(administrator):
    page = administrator.see(PAGE)
    assert CALM in words(page) and headings(page) == []
    assert "Ingen kör jobben" not in page.text and "inte inställd" not in page.text


def test_when_nobody_runs_the_tasks_it_is_said(administrator):
    outbox().index.swept = machine_seconds() - 181
    transaction.commit()
    page = administrator.see(PAGE)
    assert "Ingen kör jobben. Senaste genomgång: 20" in words(page) and CALM not in words(page)
    outbox().index.swept = 0.0
    transaction.commit()
    assert "Ingen kör jobben. Ingen har kört dem" in words(administrator.see(PAGE))


def test_when_mail_is_not_set_up_it_is_said(administrator, monkeypatch):
    monkeypatch.delenv("SP_MAIL_DIR")
    page = administrator.see(PAGE)
    assert "E-post är inte inställd: e-posten väntar." in words(page) and CALM not in words(page)
