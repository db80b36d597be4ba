"""Notices to one person within some minutes are one mail; none is lost, none is sent twice."""

import os
import threading

import pytest
import transaction
from plone import api
from ZODB.POSException import ConflictError

from sp.personcert.foundation.clock import later
from sp.personcert.foundation.mail import gathering, queue_notice, tasks
from sp.personcert.foundation.mail.gathering import box_of
from sp.personcert.foundation.taskqueue.operations import give_up
from sp.personcert.foundation.taskqueue.outbox import own_transaction
from sp.personcert.foundation.taskqueue.records import TaskState
from sp.personcert.foundation.taskqueue.running import run
from sp.personcert.testing.tasks import in_thread, record_of, run_due

ROUNDS = 3 * int(os.environ.get("SP_TORTURE", "1"))
KINDS = ("supplement_requested", "new_message", "certificate_ready")


@pytest.fixture
def ten_minutes(person):
    """As the setting begins."""
    api.portal.set_registry_record("sp.personcert.notice_minutes", 10)
    transaction.commit()


def queue(person, *kinds):
    """Queue notices, commit, return the tasks' ids."""
    task_ids = [queue_notice(person, kind) for kind in kinds]
    transaction.commit()
    return task_ids


def states(task_ids):
    """Where tasks stand."""
    return [record_of(task_id).state for task_id in task_ids]


def run_now(task_id):
    """Run one task, as if it had waited long enough."""
    transaction.commit()
    with later(120):
        in_thread(lambda: run(task_id))
    transaction.begin()


def message_ids(inbox):
    """The Message-IDs that a server has accepted."""
    return [letter["Message-ID"] for letter in inbox.letters]


def test_several_notices_are_one_mail_in_the_order_of_what_happened(person, ten_minutes, letters):
    task_ids = queue(person, "supplement_requested", "new_message", "new_message", "certificate_ready")
    run_due(after=11 * 60)
    assert states(task_ids) == [TaskState.DONE] * 4 and not box_of(person)
    (letter,) = letters()
    assert letter["Subject"] == "Det finns nytt till dig på Kundwebben"
    text = letter.get_body(("plain",)).get_content()
    places = [text.index(word) for word in ("behöver från dig", "nytt meddelande", "certifikat finns nu")]
    assert places == sorted(places) and text.count("nytt meddelande") == 1


def test_twice_the_same_is_told_once_in_its_own_words(person, ten_minutes, letters):
    queue(person, "new_message", "new_message")
    run_due(after=11 * 60)
    assert [letter["Subject"] for letter in letters()] == ["Du har ett nytt meddelande"]


def test_with_no_minutes_to_wait_each_is_a_mail(person, letters):
    for kind in KINDS:
        queue_notice(person, kind)
        run_due()
    assert len(letters()) == 3


def test_a_later_notice_goes_with_the_first_ones_task(person, ten_minutes, letters):
    (first,) = queue(person, "new_message")
    with later(8 * 60):
        (second,) = queue(person, "supplement_requested")
    run_due(after=11 * 60)
    assert len(letters()) == 1 and states([first, second]) == [TaskState.DONE, TaskState.QUEUED]
    run_due(after=19 * 60)
    assert len(letters()) == 1 and states([second]) == [TaskState.DONE]


def test_while_the_server_is_down_the_first_task_keeps_what_it_took(person, mail_server):
    port = api.portal.get_registry_record("plone.smtp_port")
    api.portal.set_registry_record("plone.smtp_port", 1)
    first, second = queue(person, "supplement_requested", "new_message")
    run_due()
    leader, follower = (first, second) if states([second]) == [TaskState.DONE] else (second, first)
    assert states([leader, follower]) == [TaskState.QUEUED, TaskState.DONE]
    assert {notice.taken_by for notice in box_of(person).values()} == {leader}
    (late,) = queue(person, "certificate_ready")
    api.portal.set_registry_record("plone.smtp_port", port)
    run_now(leader)
    assert states([leader, late]) == [TaskState.DONE, TaskState.QUEUED] and len(box_of(person)) == 1
    run_due()
    subjects = {letter["Message-ID"]: letter["Subject"] for letter in mail_server.letters}
    assert subjects == {
        f"<{leader}@kund.example.se>": "Det finns nytt till dig på Kundwebben",
        f"<{late}@kund.example.se>": "Ditt certifikat är klart",
    }


def test_what_comes_after_the_hand_over_is_not_taken_for_sent(person, mail_server, monkeypatch):
    """The first run hands over and fails; the second must not remove what came between."""
    remove = gathering.remove
    monkeypatch.setattr(tasks.gathering, "remove", lambda *given: 1 / 0)
    (first,) = queue(person, "supplement_requested")
    run_due()
    monkeypatch.setattr(tasks.gathering, "remove", remove)
    (second,) = queue(person, "new_message")
    run_now(first)
    run_due()
    assert states([first, second]) == [TaskState.DONE] * 2 and not box_of(person)
    assert message_ids(mail_server) == [f"<{one}@kund.example.se>" for one in (first, second)]


def test_what_was_handed_over_is_not_posted_too(person, mail_server, post, monkeypatch, change):
    remove = gathering.remove
    monkeypatch.setattr(tasks.gathering, "remove", lambda *given: 1 / 0)
    (task_id,) = queue(person, "supplement_requested")
    run_due()
    monkeypatch.setattr(tasks.gathering, "remove", remove)
    change(channel="post")
    run_due(after=60)
    assert states([task_id]) == [TaskState.DONE]
    assert (len(mail_server.letters), post, len(box_of(person))) == (1, [], 0)


def test_a_notice_that_comes_while_others_are_taken_has_its_own_task(person, mail_server, monkeypatch):
    """Between the leader's reading and its commit somebody else adds to the same box."""
    added = []
    replace = gathering.replace

    def add_meanwhile(*given, **changes):
        if not added:
            added.append(None)
            added[0] = in_thread(lambda: _insert(person, "late"))
        return replace(*given, **changes)

    monkeypatch.setattr(gathering, "replace", add_meanwhile)
    (first,) = queue(person, "supplement_requested")
    run_due()
    transaction.begin()
    assert states([first]) == [TaskState.DONE] and len(mail_server.letters) == 1
    assert [(name, one.taken_by) for name, one in box_of(person).items()] == [("late", "")]


def _insert(person, notice_id):
    """Another transaction that adds a notice."""
    box = box_of(person)
    with own_transaction() as connection:
        here = connection.get(box._p_oid)
        here[notice_id] = gathering.Notice("2026-11-24T12:00:00.000000+00:00", "new_message")


def test_a_notice_that_comes_while_the_box_is_emptied_is_kept(person, mail_server, monkeypatch):
    """An emptied BTree bucket cannot be merged: the task's transaction is given up and runs again."""
    remove, runs = gathering.remove, []

    def add_meanwhile(*given):
        remove(*given)
        runs.append(None)
        if len(runs) == 1:
            in_thread(lambda: _insert(person, "late"))

    monkeypatch.setattr(tasks.gathering, "remove", add_meanwhile)
    (first,) = queue(person, "supplement_requested")
    run_due()
    transaction.begin()
    assert len(runs) == 2 and states([first]) == [TaskState.DONE]
    assert len(mail_server.letters) == 1
    assert list(box_of(person)) == ["late"]


def test_two_who_add_at_the_same_time_both_succeed(person):
    queue(person, "supplement_requested")
    box = box_of(person)
    with own_transaction() as connection:
        connection.get(box._p_oid)["one"] = gathering.Notice("1", "new_message")
        in_thread(lambda: _insert(person, "two"))
    transaction.begin()
    assert {"one", "two"} < set(box_of(person))


def test_who_saw_a_notice_free_that_another_took_meanwhile_leaves_it(person, mail_server, monkeypatch):
    """The leader has taken all and waits for the server when the follower comes to take."""
    mail_server.answer_to_sender = "451 later"
    first, second = queue(person, "supplement_requested", "new_message")
    take_all = gathering._take_all

    def be_overtaken(*given):
        monkeypatch.setattr(gathering, "_take_all", take_all)
        in_thread(lambda: run(first))
        take_all(*given)

    monkeypatch.setattr(gathering, "_take_all", be_overtaken)
    in_thread(lambda: run(second))
    assert states([first, second]) == [TaskState.QUEUED, TaskState.DONE]
    assert {notice.taken_by for notice in box_of(person).values()} == {first}
    mail_server.answer_to_sender = "250 OK"
    run_now(first)
    assert message_ids(mail_server) == [f"<{first}@kund.example.se>"] and not box_of(person)


def test_two_who_take_at_the_same_moment_meet_a_conflict(person, mail_server, monkeypatch):
    """Both have read the same free notices; the second to commit must look again."""
    first, second = queue(person, "supplement_requested", "new_message")
    replace, overtaken = gathering.replace, []

    def be_overtaken(*given, **changes):
        if not overtaken:
            overtaken.append(True)
            in_thread(lambda: run(first))
        return replace(*given, **changes)

    monkeypatch.setattr(gathering, "replace", be_overtaken)
    in_thread(lambda: run(second))
    assert overtaken and states([first, second]) == [TaskState.DONE] * 2
    assert message_ids(mail_server) == [f"<{first}@kund.example.se>"] and not box_of(person)


@pytest.mark.torture
def test_tasks_in_parallel_threads_send_each_notice_once(person, mail_server):
    for _round in range(ROUNDS):
        mail_server.letters.clear()
        task_ids = queue(person, *KINDS, *KINDS)
        start = threading.Barrier(len(task_ids))

        def work(task_id, start=start):
            start.wait()
            run(task_id)

        threads = [threading.Thread(target=work, args=(task_id,)) for task_id in task_ids]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        run_due(after=120)
        assert states(task_ids) == [TaskState.DONE] * 6 and not box_of(person)
        assert len(mail_server.letters) == 1
        text = mail_server.letters[0].get_body(("plain",)).get_content()
        assert [text.count(word) for word in ("från dig", "nytt meddelande", "certifikat finns")] == [1, 1, 1]


def test_who_loses_the_race_several_times_is_tried_again(person, letters, monkeypatch):
    failures = []

    def conflict_once(*given):
        monkeypatch.setattr(gathering, "_take_all", take_all)
        failures.append(given)
        raise ConflictError

    take_all = gathering._take_all
    monkeypatch.setattr(gathering, "_take_all", conflict_once)
    (task_id,) = queue(person, "new_message")
    run_due()
    assert len(failures) == 1 and states([task_id]) == [TaskState.DONE] and len(letters()) == 1


def test_what_a_dead_task_took_stays_with_it_until_it_runs_again(person, mail_server):
    mail_server.answer_to_sender = "550 no"
    first, second = queue(person, "supplement_requested", "new_message")
    run_due()
    assert sorted(states([first, second])) == [TaskState.DEAD, TaskState.DONE]
    dead = first if states([first]) == [TaskState.DEAD] else second
    mail_server.answer_to_sender = "250 OK"
    queue(person, "certificate_ready")
    run_due()
    assert [letter["Subject"] for letter in mail_server.letters] == ["Ditt certifikat är klart"]
    record_of(dead).requeue(0)
    run_due(after=1)
    assert message_ids(mail_server)[1] == f"<{dead}@kund.example.se>"
    assert not box_of(person)


def test_a_notice_that_was_given_up_goes_with_no_other(person, ten_minutes, letters):
    given_up, _other = queue(person, "certificate_ready", "new_message")
    with api.env.adopt_user(username="administrator"):
        give_up(given_up)
    run_due(after=11 * 60)
    assert [letter["Subject"] for letter in letters()] == ["Du har ett nytt meddelande"]
    assert not box_of(person)


def test_what_a_task_had_taken_is_given_up_with_it(person, mail_server):
    mail_server.breaks_off = True
    (task_id,) = queue(person, "certificate_ready")
    run_due()
    assert states([task_id]) == [TaskState.UNCERTAIN] and box_of(person)
    with api.env.adopt_user(username="administrator"):
        give_up(task_id)
    assert not box_of(person)
