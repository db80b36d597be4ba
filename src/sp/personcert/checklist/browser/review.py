"""The officers' tab Handlingar: what the customer answered, and judging each answer."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from zope.i18nmessageid import Message

from sp.personcert import _
from sp.personcert.cases import queries as cases
from sp.personcert.cases.tabs import CaseForm
from sp.personcert.foundation.access import may
from sp.personcert.foundation.permissions import Permission

from .. import operations, queries
from ..domain import Answer, Verdict

NO_VERDICT = _("refused_no_verdict", default="Välj godkänt eller ej godkänt.")


@dataclass(frozen=True)
class Word:
    """How a judgement is shown: a tone, an icon and a word."""

    tone: str
    icon: str
    word: Message


MISSING = Word("plain", "kw-none", _("verdict_missing", default="Saknas"))
UNJUDGED = Word("info", "kw-doc", _("verdict_unjudged", default="Att bedöma"))
WORDS = {
    Verdict.APPROVED: Word("ok", "kw-ok", _("verdict_approved", default="Godkänt")),
    Verdict.INSUFFICIENT: Word("wait", "kw-alert", _("verdict_insufficient", default="Ej godkänt")),
}


@dataclass(frozen=True)
class ReviewRow:
    """A slot with the answer that counts."""

    key: str
    title: str
    mandatory: bool
    answer: Answer | None
    word: Word
    file_name: str = ""
    file_url: str = ""
    note: str = ""
    judged_by: str = ""

    @property
    def is_unjudged(self) -> bool:
        """Whether the answer waits for an officer."""
        return self.answer is not None and self.answer.verdict is None

    @property
    def file_parts(self) -> list[str]:
        """The file name, to be broken after each underscore."""
        parts = self.file_name.split("_")
        return [f"{part}_" for part in parts[:-1]] + parts[-1:]


class Judge(CaseForm):
    """The table and, under it, the form for one answer."""

    tab = "review"
    name = "judge"

    @cached_property
    def rows(self) -> list[ReviewRow]:
        """One row for each slot, in the order of the rule."""
        found = queries.rows(self.case)
        judges = {row.answer.judged_by for row in found if row.answer}
        names = {user_id: cases.person_name(user_id) for user_id in judges}
        return [self._row(row.slot, row.answer, names) for row in found]

    @cached_property
    def may_judge(self) -> bool:
        """Whether the person may judge in the present state; otherwise the page is read only."""
        return may(Permission.REVIEW, self.case)

    @cached_property
    def chosen(self) -> ReviewRow | None:
        """The row of the form: the one asked for, else the first that waits."""
        if not self.may_judge:
            return None
        answered = [row for row in self.rows if row.answer]
        asked = self.typed("slot")
        waiting = [row for row in answered if row.key == asked] or [
            row for row in answered if row.is_unjudged
        ]
        return waiting[0] if waiting else None

    @property
    def chosen_verdict(self) -> str:
        """The verdict that the form shows as chosen."""
        verdict = self.chosen.answer.verdict
        return self.typed("verdict", verdict.value if verdict else "")

    @property
    def chosen_reason(self) -> str:
        """The reason that the form shows."""
        return self.typed("reason", self.chosen.answer.verdict_reason)

    def problems(self) -> dict[str, Message]:
        """A verdict must be chosen."""
        return {} if self.typed("verdict") in set(Verdict) else {"verdict": NO_VERDICT}

    def handle(self, creation_id: str) -> str:
        """Back to the table, where the next answer is open."""
        verdict, slot = Verdict(self.typed("verdict")), self.typed("slot")
        operations.judge(self.case, slot, self.typed("answer_id"), verdict, self.typed("reason"))
        return f"{self.url}/@@handlaggning"

    def _row(self, slot: Any, answer: Answer | None, names: dict[str, str]) -> ReviewRow:
        if answer is None:
            return ReviewRow(slot.key, slot.title, slot.mandatory, None, MISSING)
        word = WORDS[answer.verdict] if answer.verdict else UNJUDGED
        document = queries.document_of(self.case, answer)
        return ReviewRow(
            slot.key,
            slot.title,
            slot.mandatory,
            answer,
            word,
            file_name=document.file_name if document is not None else "",
            file_url=f"{document.absolute_url_path()}/@@hamta" if document is not None else "",
            note=document.note if document is not None else answer.reason,
            judged_by=names[answer.judged_by],
        )


class Review(Judge):
    """The same page for reading; ``Judge`` takes what is sent."""

    def __call__(self) -> Any:
        self.prepare()
        return self.checked(self.show())
