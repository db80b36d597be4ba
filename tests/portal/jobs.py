"""The queue on its page: tasks in every state, their forms and what the audit holds."""

import os
from pathlib import Path
from typing import Any

import transaction
from plone import api
from webtest import TestResponse

from sp.personcert.foundation import audit, taskqueue
from sp.personcert.foundation.clock import machine_seconds
from sp.personcert.foundation.taskqueue.outbox import ROOT_KEY, Outbox
from sp.personcert.foundation.taskqueue.records import Failure, TaskState
from sp.personcert.foundation.taskqueue.sweep import wake_what_waits
from sp.personcert.testing.visitor import Visitor
from tests.reading import tree, words

PAGE = "/bakgrundsjobb"
CALM = "Allt går som det ska. Du behöver inte göra något."


def outbox() -> Outbox:
    """The stored queue."""
    queue: Outbox = api.portal.get().getPhysicalRoot()._p_jar.root()[ROOT_KEY]
    return queue


def queued(
    content: Any,
    view_name: str,
    state: TaskState = TaskState.DEAD,
    failure: Any = ("GiveUp", "no address"),
    **changes: Any,
) -> str:
    """A task as it stands after the latest sweep; its id."""
    task_id = taskqueue.add(taskqueue.task_path(content, view_name))
    record = outbox().get(task_id)
    if failure:
        record.note(Failure(machine_seconds(), *failure))
    effects = changes.pop("effects", {})
    record.effects.update(effects)
    for name, value in {"state": state, **changes}.items():
        setattr(record, name, value)
    transaction.commit()
    wake_what_waits()
    transaction.begin()
    return task_id


def uncertain(content: Any, view_name: str = "send-notice") -> str:
    """A task whose mail may have gone."""
    failure = ("Uncertain", "mail was begun before")
    return queued(content, view_name, TaskState.UNCERTAIN, failure, effects={"mail": "started"})


def form_of(page: TestResponse, task_id: str) -> Any:
    """The form of a task."""
    return next(
        form for form in page.forms.values() if "jobb" in form.fields and form["jobb"].value == task_id
    )


def form_again(person: Visitor) -> Any:
    """The form of a page that is opened anew."""
    return next(form for form in person.see(PAGE).forms.values() if form.action.endswith(PAGE))


def pressed(person: Visitor, task_id: str, deed: str) -> TestResponse:
    """The answer after a button."""
    return person.submit(form_of(person.see(PAGE), task_id), "gor", deed)


def headings(page: TestResponse) -> list[str]:
    """The groups, from top to bottom, with their counts."""
    return [words(box) for box in tree(page).xpath("//main//h2[following-sibling::*[@class='kw-count']]/..")]


def buttons(page: TestResponse, task_id: str) -> list[str]:
    """What the buttons of a task say."""
    path = f"//form[input[@value='{task_id}']]//button/text()"
    return tree(page).xpath(path)


def entries() -> list[tuple[str, str | None]]:
    """What the audit holds about tasks."""
    found = audit.entries_for(api.portal.get(), below=False)
    return [(e.action, audit.details_of(e).get("task")) for e in found if e.action.startswith("task.")]


def letters() -> int:
    """How many mails were sent."""
    return len(list(Path(os.environ["SP_MAIL_DIR"]).glob("*.eml")))


def settle_uncertain(task_id: str) -> None:
    """Let a queued mail have broken off while it was handed over."""
    record = outbox().get(task_id)
    record.note(Failure(machine_seconds(), "Uncertain", "mail was begun before"))
    record.effects["mail"] = "started"
    record.end(TaskState.UNCERTAIN)
    transaction.commit()
    wake_what_waits()
    transaction.begin()
