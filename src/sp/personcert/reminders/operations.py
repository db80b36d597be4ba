"""Planning, sending, and the night job."""

from itertools import islice
from typing import Any

from plone import api
from zope.component import getUtility

from sp.personcert.cases import queries as cases
from sp.personcert.customers import queries as customers
from sp.personcert.foundation import audit, taskqueue
from sp.personcert.foundation.access import require
from sp.personcert.foundation.clock import today
from sp.personcert.foundation.permissions import Permission
from sp.personcert.messages import operations as messages

from . import queries, storage
from .domain import Outcome, Point
from .interfaces import IReminderKind

NIGHT_JOB, SEND, REPLAN = "night-job", "send-reminder", "replan-reminders"
DUE_AT_ONCE = 200
CUSTOMERS_AT_ONCE = 50


def plan(kind_name: str, subject: Any) -> None:
    """File what is to be said of a subject, and take away what is not any more.

    Called in the transaction that changes a date, or whether anything is to be said.
    """
    kind = getUtility(IReminderKind, name=kind_name)
    key = kind.key_of(subject)
    settled = storage.settled(kind_name, key)
    points = [point for point in kind.points(subject) if (point.period, point.lead) not in settled]
    storage.refile(kind_name, key, points)


def send(kind_name: str, key: str, period: str, lead: str) -> None:
    """Say what is due of one period of a subject: at most one reminder, in the present transaction.

    Who comes second finds the ledger, or a conflict with it. A point that was moved or is no longer planned
    leaves nothing in the ledger.
    """
    if storage.is_settled(kind_name, key, period, lead):
        return
    kind = getUtility(IReminderKind, name=kind_name)
    subject = kind.find(key)
    if subject is None:
        storage.settle(kind_name, key, period, lead, today(), Outcome.NOT_NEEDED)
        storage.refile(kind_name, key, ())
        return
    verdict = queries.verdict(kind, subject, period)
    for point in verdict.skipped:
        storage.settle(kind_name, key, period, point.lead, today(), Outcome.SKIPPED)
    if verdict.sent is not None:
        outcome = _say(kind, subject, verdict.sent)
        storage.settle(kind_name, key, period, verdict.sent.lead, today(), outcome)
    plan(kind_name, subject)


def _say(kind: Any, subject: Any, point: Point) -> Outcome:
    reminder = kind.reminder(subject, point)
    if reminder is None:
        return Outcome.NOT_NEEDED
    messages.send_system(reminder.case, reminder.message_type, reminder.text, notice=reminder.notice)
    audit.record("reminder.send", reminder.case, kind=kind.name, period=point.period, lead=point.lead)
    return Outcome.SENT


def queue_due(kind_name: str = "", after: storage.Entry | None = None) -> None:
    """Queue a task for each point that is due, some hundreds in a transaction (H175).

    Their keys save work, no more: a point that is queued again is said once by the ledger. They hold the
    day, so that what failed for good is tried again by the next night's job.

    :param kind_name: the kind to go on with, after an entry of it; "" for all kinds.
    """
    for kind in [kind_name] if kind_name else [kind.name for kind in queries.kinds()]:
        entries = list(islice(storage.due(kind, today(), after), DUE_AT_ONCE))
        for _due, key, period, lead in entries:
            params = {"kind": kind, "key": key, "period": period, "lead": lead}
            task_key = f"{SEND}:{today().isoformat()}:{'|'.join(params.values())}"
            taskqueue.add(_address(SEND), params=params, key=task_key)
        if len(entries) == DUE_AT_ONCE:
            due, key, period, lead = entries[-1]
            params = {"kind": kind, "due": due, "key": key, "period": period, "lead": lead}
            taskqueue.add(_address(NIGHT_JOB), params=params)


def run_by_hand(creation_id: str) -> None:
    """Queue the night job now, for an administrator; the same form sent twice queues it once.

    :param creation_id: of the form.
    """
    require(Permission.MANAGE_TASKS, api.portal.get())
    key = f"{NIGHT_JOB}:{creation_id}"
    if taskqueue.known_task(key):
        return
    taskqueue.add(_address(NIGHT_JOB), key=key)
    audit.record("reminder.run_by_hand", api.portal.get())


def replan_all(kind_name: str = "", type_id: str = "") -> None:
    """Queue the planning anew of every subject: the plan can be made from the content at any time.

    :param kind_name: one kind, "" for all.
    :param type_id: the certification type whose rule changed, "" for all.
    """
    taskqueue.add(_address(REPLAN), params={"kind": kind_name, "type": type_id})


def replan(kind_name: str = "", type_id: str = "", after: str = "") -> None:
    """Plan the subjects of some customers anew, and queue the next ones.

    :param after: the id of the customer to go on from.
    """
    folder, ids = customers.folder(), customers.ids_after(after, CUSTOMERS_AT_ONCE)
    kinds = [kind for kind in queries.kinds() if kind_name in ("", kind.name)]
    for customer_id in ids:
        of_customer = cases.of_customer(folder._getOb(customer_id))
        for case in [case for case in of_customer if type_id in ("", case.type_id)]:
            for kind in kinds:
                for subject in kind.subjects_of(case):
                    plan(kind.name, subject)
    if len(ids) == CUSTOMERS_AT_ONCE:
        params = {"kind": kind_name, "type": type_id, "after": ids[-1]}
        taskqueue.add(_address(REPLAN), params=params)


def _address(view_name: str) -> str:
    return taskqueue.task_path(api.portal.get(), view_name)
