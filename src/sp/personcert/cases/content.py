"""The case."""

from datetime import datetime

from plone.dexterity.content import Container
from zope.interface import implementer

from sp.personcert.certification_types.domain import Rule
from sp.personcert.foundation.content import OwnContent

from .domain import CaseKind, Exam
from .interfaces import ICase


@implementer(ICase)
class Case(OwnContent, Container):
    """One application. It keeps the rule that it began with, whatever becomes of the type."""

    portal_type = "sp.personcert.case"
    type_id = ""
    type_title = ""
    rule = Rule()
    rule_version = 0
    kind = CaseKind.NEW
    case_number = ""
    order_number = ""
    opened_at: datetime | None = None
    level_key = ""  # the level applied for; shown to the customer when granted (H45)
    officer_id = ""
    officer_name = ""  # as it was when the officer took the case: shown on every page (H39)
    handled_by: tuple[str, ...] = ()  # everybody who ever handled it: none of them decides
    exams: tuple[Exam, ...] = ()
    notified_at: datetime | None = None  # MEDDELA OSS; None means armed (H133, H135)
    armed_again = False  # a supplement was asked for since MEDDELA OSS (H135)
    notice_open = False  # MEDDELA OSS was pressed and an answer is not judged yet (H160)
    customer_wrote_at: datetime | None = None  # set while the customer wrote last (H68)

    @property
    def latest_exam(self) -> Exam | None:
        """The latest marking of an exam (H49)."""
        return max(self.exams, key=lambda exam: exam.marked_on, default=None)
