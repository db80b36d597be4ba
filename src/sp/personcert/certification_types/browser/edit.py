"""The administrators' form for a certification type (H171)."""

from functools import cached_property

from zope.component import getMultiAdapter
from zope.i18nmessageid import Message

from sp.personcert import _
from sp.personcert.foundation.errors import Refused
from sp.personcert.foundation.forms.form import Form
from sp.personcert.foundation.forms.views import CompiledView

from .. import operations
from ..domain import DocumentType, Rule
from . import rows, rule_form
from .rows import LevelRow, SlotRow

NO_TITLE = _("type_no_title", default="Skriv vad certifieringen heter.")
MEANWHILE = _(
    "refused_type_changed",
    default="Typen har ändrats sedan du öppnade sidan. Det du skrev står kvar: "
    "jämför med listan över typer, och spara igen om det ska gälla.",
)


class RowMacros(CompiledView):
    """The rows of levels and slots."""


class EditType(Form):
    """Title, rule, levels and slots. Saving makes a new version of the rule."""

    name = "edit"

    @property
    def row_macros(self) -> object:
        """The macros of the rows, looked up once."""
        return getMultiAdapter((self.context, self.request), name="personcert-type-rows").index.macros

    @cached_property
    def is_sent(self) -> bool:
        """Whether the form shows what was sent."""
        return self.request["REQUEST_METHOD"] == "POST"

    @property
    def is_saved(self) -> bool:
        """Whether the page follows a save."""
        return not self.is_sent and "sparat" in self.request.form

    @cached_property
    def levels(self) -> list[LevelRow]:
        """The rows of levels."""
        rule = self.context.rule
        return rows.sent_levels(self.request.form, rule) if self.is_sent else rows.levels_of(rule)

    @cached_property
    def slots(self) -> list[SlotRow]:
        """The rows of documents."""
        rule = self.context.rule
        return rows.sent_slots(self.request.form, rule) if self.is_sent else rows.slots_of(rule)

    @property
    def document_types(self) -> list[str]:
        """The document types to choose from."""
        return [kind.value for kind in DocumentType]

    @cached_property
    def values(self) -> dict[str, str]:
        """Field → text of the simple fields."""
        rule: Rule = self.context.rule
        stored = {
            "title": self.context.title,
            "validity_years": str(rule.validity_years),
            "report_interval_months": str(rule.report_interval_months),
            "report_lead_days": str(rule.report_lead_days),
            "renewal_lead_months": ", ".join(str(months) for months in rule.renewal_lead_months),
            "expiry_lead_days": ", ".join(str(days) for days in rule.expiry_lead_days),
            "supplement_reminder_days": str(rule.supplement_reminder_days),
            "reference": rule.reference,
            "reference_date": rule.reference_date.isoformat() if rule.reference_date else "",
            "exam_required": "yes" if rule.exam_required else "",
        }
        return {name: self.typed(name) for name in stored} if self.is_sent else stored

    def kept(self) -> str:
        """The version that the form was made from."""
        return str(self.context.version)

    @cached_property
    def read(self) -> tuple[Rule, dict[str, Message]]:
        """The rule that was typed and its errors; an uploaded file is read once."""
        return rule_form.read(self.typed, self.levels, self.slots, self.context.rule, self.token.creation_id)

    def problems(self) -> dict[str, Message]:
        """A sentence at each field that cannot be read."""
        errors = dict(self.read[1])
        if not self.typed("title").strip():
            errors["title"] = NO_TITLE
        return errors

    def handle(self, creation_id: str) -> str:
        """Back to the form. The same form sent twice is saved once.

        :raises Refused: when somebody else has saved meanwhile.
        """
        title, rule = self.typed("title").strip(), self.read[0]
        if (title, rule) != (self.context.title, self.context.rule):
            if self.token.kept != str(self.context.version):
                raise Refused(MEANWHILE)
            operations.change_type(self.context, title, rule)
        return f"{self.url}/@@redigera?sparat=1"
