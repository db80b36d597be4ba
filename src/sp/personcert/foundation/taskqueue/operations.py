"""What administrators do with a task that does not run by itself.

A worker may take the task at the same moment: both write its record, so one of the two meets a conflict, and
the publisher runs the request anew, which then sees what the worker did.
"""

from zope.component.hooks import getSite
from zope.event import notify

from sp.personcert import _

from .. import audit
from ..access import require
from ..clock import machine_seconds
from ..errors import Refused
from ..permissions import Permission
from .effects import settle_as_done, settle_as_not_done
from .events import TaskGivenUp
from .queries import task_of_site
from .queue import wake_after_commit
from .records import TaskRecord, TaskState

GONE = _("refused_task_gone", default="Jobbet finns inte längre.")
OTHER_STATE = _("refused_task_state", default="Jobbet har hunnit ändras. Se hur det står till nu.")


def run_again(task_id: str) -> None:
    """Run a task that is dead, uncertain or waiting, at once and with all its tries.

    What an uncertain task may have done outside is done again: that is the person's decision. A task in
    another state whose last run began something becomes uncertain instead of doing it twice.

    :raises Refused: when it is in another state by now, or gone.
    """
    record = _task(task_id)
    if not record.can_run_again(machine_seconds()):
        raise Refused(OTHER_STATE)
    if record.state == TaskState.UNCERTAIN:
        settle_as_not_done(record)
    record.start_anew()
    wake_after_commit(task_id)
    _note("task.run_again", record)


def was_done(task_id: str) -> None:
    """What an uncertain task did outside was done: the rest of it runs, and that is not repeated.

    :raises Refused: when it is in another state by now, or gone.
    """
    record = _task(task_id)
    if not record.can_be_settled():
        raise Refused(OTHER_STATE)
    settle_as_done(record)
    record.start_anew()
    wake_after_commit(task_id)
    _note("task.was_done", record)


def give_up(task_id: str) -> None:
    """Never run a task again that is dead, uncertain or waiting.

    :raises Refused: when it is in another state by now, or gone.
    """
    record = _task(task_id)
    if not record.can_be_given_up(machine_seconds()):
        raise Refused(OTHER_STATE)
    record.end(TaskState.GIVEN_UP)
    notify(TaskGivenUp(record.task))
    _note("task.give_up", record)


def _task(task_id: str) -> TaskRecord:
    require(Permission.MANAGE_TASKS, getSite())
    record = task_of_site(task_id)
    if record is None:
        raise Refused(GONE)
    return record


def _note(action: str, record: TaskRecord) -> None:
    audit.record(action, getSite(), task=record.task.id, view=record.place[1], about=record.place[0])
