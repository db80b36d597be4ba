"""A notice is asked for in the operation's transaction, and goes to those who want it."""

import pytest
import transaction

from sp.personcert.foundation.mail import NoticeKind, queue_notice
from sp.personcert.foundation.taskqueue.records import TaskState
from sp.personcert.testing.tasks import queued_urls, record_of, run_due


@pytest.mark.handbook("H59")
def test_a_notice_is_sent_after_the_commit(person, letters):
    task_id = queue_notice(person, "new_message")
    assert letters() == []
    run_due()
    assert record_of(task_id).state == TaskState.DONE
    assert [letter["To"] for letter in letters()] == ["person.test@example.se"]
    assert letters()[0]["Subject"] == "Du har ett nytt meddelande"


def test_an_aborted_operation_sends_nothing(person, letters):
    queue_notice(person, "new_message")
    transaction.abort()
    run_due()
    assert letters() == []


def test_the_record_holds_no_address(person):
    task_id = queue_notice(person, "new_message")
    assert queued_urls() == ["/plone/@@send-notice?kind=new_message"]
    transaction.commit()
    assert "example.se" not in repr(record_of(task_id).task)


def test_one_occasion_is_one_letter(person, letters):
    first = queue_notice(person, "new_message", key="entry-1")
    assert queue_notice(person, "new_message", key="entry-1") == first
    assert queue_notice(person, "decision_made", key="entry-1") != first
    run_due()
    assert len(letters()) == 2


@pytest.mark.handbook("H42")
def test_who_is_reached_by_post_gets_none(person, letters, change):
    change(wants_mail=False)
    assert queue_notice(person, "new_message") is None
    run_due()
    assert letters() == []


@pytest.mark.handbook("H42")
def test_who_changed_to_post_meanwhile_gets_none(person, letters, change):
    task_id = queue_notice(person, "new_message")
    transaction.commit()
    change(wants_mail=False)
    run_due()
    assert (record_of(task_id).state, letters()) == (TaskState.DONE, [])


def test_without_an_address_the_task_is_dead_and_says_why(person, change):
    change(mail_address="")
    task_id = queue_notice(person, "new_message")
    run_due()
    assert (record_of(task_id).state, record_of(task_id).reason) == (TaskState.DEAD, "GiveUp: no address")


def test_an_unknown_kind_is_refused(person):
    with pytest.raises(ValueError, match="joke"):
        queue_notice(person, "joke")


@pytest.mark.parametrize("kind", NoticeKind)
def test_every_kind_can_be_sent_in_both_languages(person, letters, change, kind):
    for language in ("sv", "en"):
        change(mail_language=language)
        queue_notice(person, kind)
        run_due()
    assert len({letter["Subject"] for letter in letters()}) == 2
