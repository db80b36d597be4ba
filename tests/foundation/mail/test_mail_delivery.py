"""Handing over: at most once, never silently lost."""

from plone import api
from plone.registry.interfaces import IRegistry
from zope.component import getUtility

from sp.personcert.foundation.mail import queue_notice, tasks
from sp.personcert.foundation.taskqueue.records import TaskState
from sp.personcert.testing.tasks import record_of, run_due


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
    assert "nytt meddelande till dig på Kundwebben" in letter.get_body(("plain",)).get_content()
    assert letter["Auto-Submitted"] == "auto-generated" and letter.get_body(("html",)) is not None


def test_a_task_that_runs_again_does_not_send_again(person, mail_server, monkeypatch):
    deliver = tasks.deliver

    def deliver_and_fail(request, message):
        if deliver(request, message):
            raise ValueError("after the hand-over")
        return False

    monkeypatch.setattr(tasks, "deliver", deliver_and_fail)
    task_id = send(person)
    assert fate(task_id) == (TaskState.QUEUED, "ValueError")
    run_due(after=60)
    assert record_of(task_id).state == TaskState.DONE
    assert len(mail_server.letters) == 1


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
    del getUtility(IRegistry).records["plone.email_from_address"]
    assert fate(send(person)) == (TaskState.QUEUED, "RetryLater: not set: plone.email_from_address")
    assert "ALARM" in caplog.text


def test_what_is_refused_for_good_is_dead_at_once(person, mail_server):
    mail_server.answer_to_recipient = "550 no such person person.test@example.se"
    assert fate(send(person)) == (TaskState.DEAD, "GiveUp: refused with 550")


def test_what_is_put_off_is_tried_again(person, mail_server):
    mail_server.answer_to_recipient = "451 try later"
    task_id = send(person)
    assert fate(task_id) == (TaskState.QUEUED, "RetryLater: put off with 451")
    mail_server.answer_to_recipient = "250 OK"
    run_due(after=60)
    assert record_of(task_id).state == TaskState.DONE


def test_a_connection_that_breaks_during_the_hand_over_is_uncertain(person, mail_server):
    mail_server.breaks_off = True
    task_id = send(person)
    assert fate(task_id)[0] == TaskState.UNCERTAIN
    run_due(after=3600)
    assert len(mail_server.letters) == 1
