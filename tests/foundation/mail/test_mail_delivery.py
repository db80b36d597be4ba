"""Handing over: at most once, never silently lost."""

from datetime import date

import pytest
from plone import api
from plone.registry.interfaces import IRegistry
from zope.component import getUtility

from sp.personcert.foundation.mail import is_configured, queue_notice, tasks
from sp.personcert.foundation.mail.gathering import box_of
from sp.personcert.foundation.mail.mailer import PATIENCE_SECONDS, make_mailer
from sp.personcert.foundation.taskqueue.interfaces import IHealthCheck
from sp.personcert.foundation.taskqueue.records import TaskState
from sp.personcert.testing.tasks import record_of, run_due
from tests.foundation.mail.conftest import Person


def send(person):
    """Queue a notice, run it, return the id."""
    task_id = queue_notice(person, "new_message")
    run_due()
    return task_id


def fate(task_id):
    """State and reason."""
    return record_of(task_id).state, record_of(task_id).reason


def test_the_demo_writes_one_whole_file_under_the_tasks_id(person, letters, tmp_path):
    task_id = send(person)
    assert [path.name for path in (tmp_path / "mail").iterdir()] == [f"{task_id}.eml"]
    assert letters()[0].get_body(("plain",)).get_content().startswith("Hej!")


def test_a_folder_that_cannot_be_written_is_waited_for(person, monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    monkeypatch.setenv("SP_MAIL_DIR", str(tmp_path / "file"))
    state, reason = fate(send(person))
    assert state == TaskState.QUEUED and reason.startswith("RetryLater: the mail folder")


def test_a_real_server_gets_the_letter_as_it_was_composed(person, mail_server):
    assert fate(send(person)) == (TaskState.DONE, "")
    letter = mail_server.letters[0]
    assert letter["Subject"] == "Du har ett nytt meddelande"
    assert letter["From"] == "SP Personcertifiering <kundwebb@example.se>"
    assert letter["Reply-To"] == "support.person@sp.se"
    assert "nytt meddelande till dig på Kundwebben" in letter.get_body(("plain",)).get_content()
    assert letter["Auto-Submitted"] == "auto-generated" and letter.get_body(("html",)) is not None
    assert letter.as_bytes().isascii()


def test_a_task_that_runs_again_does_not_send_again(person, mail_server, monkeypatch):
    remove = tasks.gathering.remove

    def fail_once(*given):
        monkeypatch.setattr(tasks.gathering, "remove", remove)
        raise ValueError("after the hand-over")

    monkeypatch.setattr(tasks.gathering, "remove", fail_once)
    task_id = send(person)
    assert fate(task_id) == (TaskState.QUEUED, "ValueError")
    run_due(after=60)
    assert record_of(task_id).state == TaskState.DONE
    assert len(mail_server.letters) == 1 and not box_of(person)


def test_a_server_that_is_down_is_waited_for(person, mail_server, caplog):
    port = api.portal.get_registry_record("plone.smtp_port")
    api.portal.set_registry_record("plone.smtp_port", 1)
    task_id = send(person)
    assert fate(task_id) == (TaskState.QUEUED, "RetryLater: mail server: ConnectionRefusedError")
    assert "ALARM" in caplog.text and "person.test" not in caplog.text
    api.portal.set_registry_record("plone.smtp_port", port)
    run_due(after=60)
    assert record_of(task_id).state == TaskState.DONE
    assert len(mail_server.letters) == 1


def test_without_settings_the_task_waits_and_the_log_sounds_an_alarm(person, mail_server, caplog):
    check = getUtility(IHealthCheck, name="mail_not_configured")
    assert is_configured() and not check.is_failing()
    del getUtility(IRegistry).records["plone.email_from_address"]
    assert not is_configured() and check.is_failing()
    assert fate(send(person)) == (TaskState.QUEUED, "RetryLater: not set: plone.email_from_address")
    assert "ALARM" in caplog.text


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ({"answer_to_recipient": "550 5.1.1 no such person person.test@example.se"}, 550),
        ({"answer_to_recipient": "552 mailbox full"}, 552),
        ({"answer_to_data": "554 5.1.1 not to this person"}, 554),
    ],
)
def test_an_address_that_is_refused_for_good_is_marked_and_the_notice_is_held_for_post(
    person, mail_server, post, change, answer, code
):
    change(post_from=date(2026, 12, 8))
    vars(mail_server).update(answer)
    task_id = send(person)
    assert record_of(task_id).state == TaskState.DONE
    assert Person.refusals == [code]
    assert [(posted.kinds, posted.from_day) for posted in post] == [(("new_message",), date(2026, 12, 8))]
    assert mail_server.letters == [] and not box_of(person)


@pytest.mark.parametrize(
    "answer",
    [
        {"answer_to_sender": "550 no such sender"},
        {"answer_to_recipient": "554 5.7.1 relay access denied"},
        {"answer_to_recipient": "530 authentication required"},
    ],
)
def test_a_server_that_refuses_us_marks_nobodys_address(person, mail_server, post, caplog, answer):
    vars(mail_server).update(answer)
    state, reason = fate(send(person))
    assert state == TaskState.DEAD and reason.startswith("GiveUp: the sender was refused with 5")
    assert "ALARM" in caplog.text
    assert (Person.refusals, post) == ([], [])
    assert len(box_of(person)) == 1


def test_an_address_that_no_server_can_take_is_marked(person, mail_server, post, change):
    change(mail_address="pårson@example.se")
    send(person)
    assert (Person.refusals, len(post)) == ([553], 1)


@pytest.mark.parametrize("step", ["sender", "recipient", "data"])
def test_what_is_put_off_is_tried_again(person, mail_server, step):
    setattr(mail_server, f"answer_to_{step}", "451 try later")
    task_id = send(person)
    assert fate(task_id) == (TaskState.QUEUED, "RetryLater: put off with 451")
    setattr(mail_server, f"answer_to_{step}", "250 OK")
    run_due(after=60)
    assert record_of(task_id).state == TaskState.DONE
    assert Person.refusals == []


def test_a_server_that_hangs_up_with_its_refusal_has_still_said_it(person, mail_server):
    mail_server.answer_to_recipient = "421 closing"
    assert fate(send(person)) == (TaskState.QUEUED, "RetryLater: put off with 421")


def test_a_connection_that_breaks_during_the_hand_over_is_uncertain(person, mail_server):
    mail_server.breaks_off = True
    task_id = send(person)
    assert fate(task_id)[0] == TaskState.UNCERTAIN
    run_due(after=3600)
    assert len(mail_server.letters) == 1


@pytest.mark.parametrize("answer", ["552 5.3.4 too big", "554 5.6.0 not wanted"])
def test_a_message_that_is_not_wanted_marks_nobodys_address(person, mail_server, post, answer):
    mail_server.answer_to_data = answer
    state, reason = fate(send(person))
    assert (state, reason) == (TaskState.DEAD, f"GiveUp: the message was refused with {answer[:3]}")
    assert Person.refusals == [] and post == []


def test_a_folder_for_mail_counts_in_a_demonstration_alone(person, mail_server, letters, monkeypatch):
    monkeypatch.setenv("SP_DEMO", "0")
    assert fate(send(person)) == (TaskState.DONE, "")
    assert letters() == [] and len(mail_server.letters) == 1


def test_a_slow_server_is_given_time(person, mail_server):
    assert make_mailer().timeout == PATIENCE_SECONDS >= 60
