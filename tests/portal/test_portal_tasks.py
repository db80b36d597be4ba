"""What administrators do about tasks, and nobody else."""

import pytest
import transaction

from sp.personcert.foundation import mail
from sp.personcert.foundation.taskqueue.records import TaskState
from sp.personcert.testing.tasks import queued_urls, record_of, run_due
from tests.portal.jobs import (
    CALM,
    PAGE,
    entries,
    form_again,
    form_of,
    headings,
    letters,
    pressed,
    queued,
    settle_uncertain,
    uncertain,
)
from tests.reading import tree, words

TOO_OLD = "Sidan var för gammal"
pytestmark = pytest.mark.usefixtures("empty_queue")


def test_a_dead_task_is_run_again(administrator, drillers):
    task_id = queued(drillers, "sign-certificate", failures=8)
    page = pressed(administrator, task_id, "igen").follow()
    record = record_of(task_id)
    assert (record.state, record.failures) == (TaskState.QUEUED, 0)
    assert "Jobbet körs igen." in words(tree(page).xpath("//*[@role='status']")[0])
    assert entries() == [("task.run_again", task_id)]


def test_a_task_is_given_up(administrator, drillers):
    task_id = queued(drillers, "sign-certificate")
    page = pressed(administrator, task_id, "ge-upp").follow()
    assert record_of(task_id).state == TaskState.GIVEN_UP
    assert headings(page) == [] and CALM in words(page)
    assert entries() == [("task.give_up", task_id)]


def test_a_mail_that_was_not_sent_is_sent_again_once(administrator, customer):
    task_id = mail.queue_notice(customer("ceper"), "new_message")
    settle_uncertain(task_id)
    assert pressed(administrator, task_id, "igen").status_int == 303
    run_due()
    assert record_of(task_id).state == TaskState.DONE
    assert letters() == 1


def test_a_mail_that_was_sent_is_not_sent_again(administrator, customer):
    task_id = mail.queue_notice(customer("ceper"), "new_message")
    settle_uncertain(task_id)
    assert pressed(administrator, task_id, "gjort").status_int == 303
    assert dict(record_of(task_id).effects) == {"mail": "done"}
    run_due()
    assert record_of(task_id).state == TaskState.DONE
    assert letters() == 0


def test_a_task_that_changed_meanwhile_is_refused_in_words(administrator, drillers):
    task_id = queued(drillers, "sign-certificate")
    form = form_of(administrator.see(PAGE), task_id)
    administrator.submit(form, "gor", "ge-upp")
    answer = administrator.submit(form, "gor", "igen")
    assert answer.status_int == 422
    assert "Jobbet har hunnit ändras." in words(tree(answer).xpath("//*[@role='alert']")[0])
    assert record_of(task_id).state == TaskState.GIVEN_UP
    assert entries() == [("task.give_up", task_id)]


@pytest.mark.parametrize("task_id", ["", "x", "../..", "0" * 36, "00000000-0000-0000-0000-000000000000"])
def test_a_task_that_is_not_there_is_refused(administrator, task_id):
    fields = [*form_again(administrator).submit_fields(), ("gor", "igen"), ("jobb", task_id)]
    answer = administrator.send(PAGE, fields)
    assert answer.status_int == 422 and "Jobbet finns inte längre." in words(answer)
    assert entries() == []


def test_a_deed_that_nobody_knows_changes_nothing(administrator, drillers):
    task_id = queued(drillers, "sign-certificate")
    for deed in ("", "x", "run_again"):
        assert pressed(administrator, task_id, deed).status_int == 422
    assert record_of(task_id).state == TaskState.DEAD


@pytest.mark.handbook("H175")
def test_the_night_job_is_queued_by_hand_once_for_each_press(administrator):
    form = form_again(administrator)
    for _ in range(2):
        answer = administrator.submit(form, "gor", "nattjobbet")
    assert "Nattjobbet är startat." in words(answer.follow())
    transaction.begin()
    assert [url for url in queued_urls() if url.endswith("night-job")] == ["/plone/@@night-job"]
    administrator.submit(form_again(administrator), "gor", "nattjobbet")
    transaction.begin()
    assert len([url for url in queued_urls() if url.endswith("night-job")]) == 2


@pytest.mark.wall
@pytest.mark.parametrize("who", ["ceper", "handlaggare", "beslutsfattare"])
def test_only_administrators_see_or_touch_the_queue(visitor, administrator, drillers, who):
    task_id, person = queued(drillers, "sign-certificate"), visitor(who)
    fields = [*form_of(administrator.see(PAGE), task_id).submit_fields(), ("gor", "igen")]
    nowhere = person.see("/not-there").body
    assert [a.status_int for a in (person.see(PAGE), person.send(PAGE, fields))] == [404, 404]
    assert person.see(PAGE).body == nowhere
    assert "bakgrundsjobb" not in person.see("/start").text
    assert record_of(task_id).state == TaskState.DEAD and entries() == []


@pytest.mark.wall
def test_the_public_is_sent_to_the_login(visitor, drillers):
    task_id = queued(drillers, "sign-certificate")
    for answer in (visitor().see(PAGE), visitor().send(PAGE, {"jobb": task_id, "gor": "igen"})):
        assert answer.status_int == 302 and "/login" in answer.location
    assert record_of(task_id).state == TaskState.DEAD


@pytest.mark.wall
@pytest.mark.parametrize("deed", ["igen", "gjort", "ge-upp", "nattjobbet"])
def test_a_forged_token_changes_nothing(administrator, customer, deed):
    task_id = uncertain(customer("ceper"))
    form = form_of(administrator.see(PAGE), task_id)
    form["form_token"] = "0" * 64
    answer = administrator.submit(form, "gor", deed)
    assert answer.status_int == 403 and TOO_OLD in words(answer)
    assert administrator.send(PAGE, {"jobb": task_id, "gor": deed}).status_int == 403
    record = record_of(task_id)
    assert (record.state, dict(record.effects)) == (TaskState.UNCERTAIN, {"mail": "started"})
    assert entries() == [] and not any("night-job" in url for url in queued_urls())


@pytest.mark.wall
def test_a_page_that_is_read_writes_nothing(administrator, drillers, portal):
    queued(drillers, "sign-certificate")
    administrator.see(PAGE)
    before = portal._p_jar.db().lastTransaction()
    administrator.see(f"{PAGE}?gor=igen&jobb=x&klart=igen")
    assert portal._p_jar.db().lastTransaction() == before


def test_administrators_find_the_page_in_the_menu(administrator):
    page = administrator.see(PAGE)
    assert [words(tab) for tab in tree(page).xpath("//nav//a[@aria-current='page']")] == ["Jobb"]
