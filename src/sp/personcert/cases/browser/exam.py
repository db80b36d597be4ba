"""The tab Tentamen: exams of a case, and recording one (H49, H165)."""

from dataclasses import dataclass
from functools import cached_property

from zope.i18nmessageid import Message

from sp.personcert import _
from sp.personcert.cases.tabs import CaseForm
from sp.personcert.foundation.access import may
from sp.personcert.foundation.forms.days import typed_day
from sp.personcert.foundation.permissions import Permission

from .. import operations, queries
from ..domain import Exam, ExamResult

NO_DAY = _("refused_exam_day", default="Skriv dagen som ÅÅÅÅ-MM-DD, till exempel 2026-11-18.")
NO_RESULT = _("refused_exam_result", default="Välj om tentamen är godkänd eller underkänd.")


@dataclass(frozen=True)
class ExamRow:
    """An exam as it is shown."""

    exam: Exam
    examiner: str

    @property
    def passed(self) -> bool:
        """Whether it was passed."""
        return self.exam.result is ExamResult.PASSED


class RecordExam(CaseForm):
    """The exams, the newest first, and the form."""

    tab = "exam"
    name = "exam"

    @cached_property
    def rows(self) -> list[ExamRow]:
        """Every exam of the case, the latest marking first."""
        found = sorted(self.case.exams, key=lambda exam: exam.marked_on, reverse=True)
        return [ExamRow(exam, queries.person_name(exam.examiner_id)) for exam in found]

    @cached_property
    def may_record(self) -> bool:
        """Whether the person may record an exam in the present state."""
        return may(Permission.REVIEW, self.case)

    def problems(self) -> dict[str, Message]:
        """The day and the result must be stated."""
        found = {}
        if typed_day(self.typed("marked_on")) is None:
            found["marked_on"] = NO_DAY
        if self.typed("result") not in set(ExamResult):
            found["result"] = NO_RESULT
        return found

    def handle(self, creation_id: str) -> str:
        """Back to the tab."""
        marked_on, result = typed_day(self.typed("marked_on")), ExamResult(self.typed("result"))
        operations.record_exam(self.case, marked_on, result, self.typed("note").strip())
        return f"{self.url}/@@tentamen"
