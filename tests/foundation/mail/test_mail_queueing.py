"""A notice is asked for in the operation's transaction, and goes the way that counts when it is sent."""

from datetime import date

import pytest
import transaction
from plone import api

from sp.personcert.foundation.mail import Channel, queue_notice
from sp.personcert.foundation.mail.gathering import box_of
from sp.personcert.foundation.taskqueue.records import TaskState
from sp.personcert.foundation.texts import TextGroup, kinds
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
    assert letters() == [] and not box_of(person)


def test_the_record_holds_no_address_and_no_word_of_the_notice(person):
    task_id = queue_notice(person, "new_message")
    (notice_id,) = box_of(person)
    assert queued_urls() == [f"/plone/@@send-notice?notice={notice_id}"]
    transaction.commit()
    task = repr(record_of(task_id).task)
    assert "example.se" not in task and "message" not in task


def test_one_occasion_is_one_letter(person, letters):
    first = queue_notice(person, "new_message", key="entry-1")
    assert queue_notice(person, "new_message", key="entry-1") == first
    assert queue_notice(person, "supplement_requested", key="entry-1") != first
    run_due()
    assert queue_notice(person, "new_message", key="entry-1") == first
    run_due()
    assert len(letters()) == 1 and not box_of(person)


def test_the_minutes_of_the_setting_pass_before_anything_is_composed(person, letters):
    api.portal.set_registry_record("sp.personcert.notice_minutes", 10)
    task_id = queue_notice(person, "new_message")
    run_due()
    run_due(after=9 * 60)
    assert (record_of(task_id).state, letters()) == (TaskState.QUEUED, [])
    run_due(after=10 * 60)
    assert (record_of(task_id).state, len(letters())) == (TaskState.DONE, 1)


@pytest.mark.handbook("H42")
def test_who_is_reached_by_post_gets_a_letter_and_no_mail(person, letters, post, change):
    change(channel=Channel.POST, mail_language="en")
    task_id = queue_notice(person, "new_message")
    run_due()
    assert letters() == []
    (posted,) = post
    assert (posted.kinds, posted.language) == (("new_message",), "en")
    assert (posted.from_day, posted.key) == (None, task_id)
    assert record_of(task_id).state == TaskState.DONE and not box_of(person)


@pytest.mark.handbook("H42")
def test_who_changed_to_post_meanwhile_gets_no_mail(person, letters, post, change):
    queue_notice(person, "new_message")
    transaction.commit()
    change(channel=Channel.POST)
    run_due()
    assert (letters(), len(post)) == ([], 1)


def test_a_bad_address_holds_the_letter_until_its_day(person, letters, post, change):
    change(channel=Channel.HELD, post_from=date(2026, 12, 8))
    queue_notice(person, "supplement_requested")
    run_due()
    assert (letters(), [posted.from_day for posted in post]) == ([], [date(2026, 12, 8)])


def test_who_has_no_address_is_reached_by_post(person, post, change):
    change(mail_address="")
    queue_notice(person, "new_message")
    run_due()
    assert [(posted.kinds, posted.from_day) for posted in post] == [(("new_message",), None)]


@pytest.mark.parametrize("kind", ["joke", "mail_frame", "account_reset"])
def test_what_is_no_notice_is_refused(person, kind):
    with pytest.raises(ValueError, match=kind):
        queue_notice(person, kind)
    assert not box_of(person) and queued_urls() == []


def test_every_kind_can_be_sent_in_both_languages(person, letters, change):
    notices = [kind.name for kind in kinds() if kind.group is TextGroup.NOTICE]
    for language in ("sv", "en"):
        change(mail_language=language)
        for kind in notices:
            queue_notice(person, kind)
            run_due()
    assert len({letter["Subject"] for letter in letters()}) == 2 * len(notices)
