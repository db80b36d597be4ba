"""The queue for administrators: what waits, runs, has failed or is uncertain, and what to do about it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from zope.i18nmessageid import Message

from sp.personcert import _
from sp.personcert.foundation import mail
from sp.personcert.foundation.clock import STOCKHOLM, machine_seconds
from sp.personcert.foundation.forms.form import Form
from sp.personcert.foundation.taskqueue import operations
from sp.personcert.foundation.taskqueue.queries import Overview, TaskRow, overview
from sp.personcert.foundation.taskqueue.records import TaskGroup
from sp.personcert.reminders import operations as reminders

from .. import task_words
from ..task_words import DeedWords, GroupWords
from ..trail.things import Thing, thing_at
from .demo_letters import are_open_to

PER_GROUP = 50
SILENT_SECONDS = 180.0
"""The sweep goes each minute; after three nobody runs tasks."""
NIGHT_JOB = "nattjobbet"
DEEDS: Mapping[str, Callable[[str], None]] = {
    "igen": operations.run_again,
    "gjort": operations.was_done,
    "ge-upp": operations.give_up,
}
RECEIPTS = {
    "igen": _("status_task_again", default="Jobbet körs igen."),
    "gjort": _("status_task_done", default="Noterat. Det som var gjort görs inte igen."),
    "ge-upp": _("status_task_given_up", default="Jobbet är avslutat och körs inte mer."),
    NIGHT_JOB: _("status_night_job", default="Nattjobbet är startat."),
}
UNKNOWN = _("refused_unknown_deed", default="Välj vad som ska göras med jobbet.")


@dataclass(frozen=True)
class Line:
    """One task in words."""

    row: TaskRow
    what: Message | str
    thing: Thing
    since: str
    next_try: str
    why: Message | str
    message_id: str
    words: DeedWords

    @property
    def has_buttons(self) -> bool:
        """Whether anything can be done with it."""
        return self.row.can_run_again or self.row.can_be_settled or self.row.can_be_given_up


@dataclass(frozen=True)
class Group:
    """The tasks of one group: how many, and the lines that are shown."""

    id: str
    words: GroupWords
    count: int
    lines: list[Line]
    has_failed: bool

    @property
    def rest(self) -> int:
        """How many more there are."""
        return max(0, self.count - len(self.lines))

    @property
    def has_next(self) -> bool:
        """Whether any of them waits for a moment."""
        return any(line.next_try for line in self.lines)


class Tasks(Form):
    """``/bakgrundsjobb``: the page, and its one form with the task and the deed."""

    name = "tasks"

    def problems(self) -> dict[str, Message]:
        """A deed that nobody knows."""
        return {} if self.deed in RECEIPTS else {"": UNKNOWN}

    def handle(self, creation_id: str) -> str:
        """Do it. An operation says what a task's state does not admit."""
        if self.deed == NIGHT_JOB:
            reminders.run_by_hand(creation_id)
        else:
            DEEDS[self.deed](self.typed("jobb"))
        return f"{self.page_url}?klart={self.deed}"

    @property
    def deed(self) -> str:
        """What is to be done."""
        return self.typed("gor")

    @property
    def page_url(self) -> str:
        """The address of the page."""
        return f"{self.site_url}/bakgrundsjobb"

    @property
    def receipt(self) -> Message | None:
        """What was done just now."""
        return None if self.errors else RECEIPTS.get(self.typed("klart"))

    @cached_property
    def overview(self) -> Overview:
        """What the latest sweep saw."""
        return overview(PER_GROUP)

    @property
    def swept(self) -> str:
        """When the latest sweep was, "" for never."""
        return _moment(self.overview.swept)

    @property
    def is_silent(self) -> bool:
        """Whether nobody runs tasks."""
        return machine_seconds() - self.overview.swept > SILENT_SECONDS

    @property
    def is_without_mail(self) -> bool:
        """Whether letters wait because e-mail is not set up."""
        return not mail.is_configured()

    @property
    def is_calm(self) -> bool:
        """Whether nothing needs anybody."""
        counts = self.overview.counts
        failed = sum(counts.get(group, 0) for group in _FAILED)
        return not (failed or self.is_silent or self.is_without_mail)

    @property
    def shows_demo_letters(self) -> bool:
        """Whether there is a page of the letters that were sent."""
        return are_open_to(self.request)

    @cached_property
    def groups(self) -> list[Group]:
        """Those that hold any task; what somebody must look at comes first."""
        counts, rows = self.overview.counts, self.overview.rows
        return [
            Group(str(group), words, counts[group], [_line(row) for row in rows[group]], group in _FAILED)
            for group, words in task_words.GROUPS.items()
            if counts.get(group)
        ]


_FAILED = frozenset({TaskGroup.UNCERTAIN, TaskGroup.DEAD, TaskGroup.RETRYING})


def _line(row: TaskRow) -> Line:
    is_lost_mail = row.group == TaskGroup.UNCERTAIN and row.view_name in task_words.MAILS
    return Line(
        row=row,
        what=task_words.task(row.view_name),
        thing=thing_at(row.path),
        since=_moment(row.created),
        next_try=_moment(row.next_try),
        why=task_words.why(row),
        message_id=mail.message_id(row.task_id) if is_lost_mail else "",
        words=task_words.deeds(row.view_name, row.group),
    )


def _moment(seconds: Any) -> str:
    """In Swedish time, by the machine's clock; "" for never."""
    if not seconds:
        return ""
    return datetime.fromtimestamp(seconds, UTC).astimezone(STOCKHOLM).strftime("%Y-%m-%d %H:%M")
