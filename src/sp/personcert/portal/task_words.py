"""The queue in words: what a task does, where it stands, and why it did not go well."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from zope.i18nmessageid import Message

from sp.personcert import _
from sp.personcert.foundation.taskqueue.records import TaskGroup

from .words import Badge

TASKS: Mapping[str, Message] = {
    "night-job": _("task_night_job", default="Nattjobbet"),
    "replan-reminders": _("task_replan_reminders", default="Planera om påminnelser"),
    "seal-audit": _("task_seal_audit", default="Försegla granskningsloggen"),
    "send-account-letter": _("task_send_account_letter", default="Skicka e-post om ett konto"),
    "send-notice": _("task_send_notice", default="Skicka e-post"),
    "send-reminder": _("task_send_reminder", default="Skicka en påminnelse"),
    "sign-certificate": _("task_sign_certificate", default="Signera certifikat"),
}
MAILS = frozenset({"send-account-letter", "send-notice"})
"""Of these it can be looked up at the mail server whether it happened."""


@dataclass(frozen=True)
class GroupWords:
    """A group's heading, with what it means and what to do."""

    badge: Badge
    hint: Message


GROUPS: Mapping[TaskGroup, GroupWords] = {
    TaskGroup.UNCERTAIN: GroupWords(
        Badge(_("tasks_uncertain", default="Osäkra"), "alert", "wait"),
        _(
            "hint_tasks_uncertain",
            default="Jobbet bröts mitt i. Ingen vet om det hann bli gjort. Ta reda på det och välj sedan.",
        ),
    ),
    TaskGroup.DEAD: GroupWords(
        Badge(_("tasks_dead", default="Misslyckade"), "stop", "stop"),
        _(
            "hint_tasks_dead",
            default="Dessa körs inte mer av sig själva. Rätta felet och kör igen, eller ge upp jobbet.",
        ),
    ),
    TaskGroup.RETRYING: GroupWords(
        Badge(_("tasks_retrying", default="Försöker igen"), "clock", "info"),
        _("hint_tasks_retrying", default="Dessa gick inte bra, och körs igen av sig själva."),
    ),
    TaskGroup.RUNNING: GroupWords(
        Badge(_("tasks_running", default="Körs nu"), "clock", "info"),
        _("hint_tasks_running", default="Du behöver inte göra något."),
    ),
    TaskGroup.QUEUED: GroupWords(
        Badge(_("tasks_queued", default="Väntar"), "clock"),
        _("hint_tasks_queued", default="Dessa körs av sig själva när det är dags."),
    ),
}
"""Those that somebody must look at come first."""


@dataclass(frozen=True)
class DeedWords:
    """What the buttons of a task say."""

    again: Message
    done: Message
    give_up: Message


GIVE_UP = _("button_task_give_up", default="Ge upp")
_SEND = {
    True: _("button_send_again", default="Skicka igen"),
    False: _("button_send_now", default="Skicka nu"),
}
_RUN = {
    True: _("button_run_again", default="Kör igen"),
    False: _("button_run_now", default="Kör nu"),
}
WAITING = frozenset({TaskGroup.QUEUED, TaskGroup.RETRYING})

_REASONS: Mapping[str, Message] = {
    "not set": _("why_not_set", default="Väntar på att e-post blir inställd."),
    "mail server": _("why_mail_server", default="Väntar på att e-postservern svarar."),
    "the mail folder": _("why_mail_folder", default="Väntar på mappen för e-post."),
    "put off with": _("why_put_off", default="Väntar: e-postservern bad oss återkomma (${code})."),
    "the sender was refused with": _(
        "why_sender_refused", default="E-postservern tar inte emot e-post från Kundwebben (${code})."
    ),
    "the message was refused with": _(
        "why_message_refused", default="E-postservern ville inte ha innehållet (${code})."
    ),
    "refused with": _("why_refused", default="E-postservern tog inte emot e-posten (${code})."),
    "no address": _("why_no_address", default="Det finns ingen e-postadress."),
    "the site is gone": _("why_site_gone", default="Webbplatsen finns inte längre."),
}


def task(view_name: str) -> Message | str:
    """What a task does; an unknown one is its view's name."""
    return TASKS.get(view_name, view_name)


def deeds(view_name: str, group: TaskGroup) -> DeedWords:
    """What the buttons say. What runs by itself anyway is only hurried."""
    is_over = group not in WAITING
    if view_name in MAILS:
        return DeedWords(_SEND[is_over], _("button_was_sent", default="Det skickades"), GIVE_UP)
    return DeedWords(_RUN[is_over], _("button_was_done", default="Det är gjort"), GIVE_UP)


def why(row: Any) -> Message | str:
    """Why the last run failed, "" when none has.

    :param row: a ``TaskRow``.
    """
    if row.kind in ("RetryLater", "GiveUp", "AddressRefused"):
        return _known_reason(row.reason) or _of_ours(row)
    if row.kind == "Uncertain":
        return _uncertain(row)
    if row.kind == "Crash":
        return _(
            "why_crash",
            default="Servern stannade mitt i jobbet (${times} gånger).",
            mapping={"times": row.crashes},
        )
    return _fault(row) if row.kind else ""


def _uncertain(row: Any) -> Message:
    if row.view_name in MAILS:
        return _("why_uncertain_mail", default="Ingen vet om e-posten skickades.")
    return _("why_uncertain", default="Ingen vet om det blev gjort.")


def _fault(row: Any) -> Message:
    said = row.reason or row.place
    if not said:
        return _("why_fault_kind", default="Fel i programmet: ${kind}", mapping={"kind": row.kind})
    mapping = {"kind": row.kind, "place": said}
    return _("why_fault", default="Fel i programmet: ${kind} (${place})", mapping=mapping)


def _known_reason(reason: str) -> Message | None:
    for start, message in _REASONS.items():
        if reason.startswith(start):
            code = reason.removeprefix(start).strip(" :")
            return _(message, default=message.default, mapping={"code": code})
    return None


def _of_ours(row: Any) -> Message:
    mapping = {"reason": row.reason}
    if row.kind == "RetryLater":
        return _("why_waits", default="Väntar på något annat: ${reason}", mapping=mapping)
    return _("why_gave_up", default="Gav upp: ${reason}", mapping=mapping)
