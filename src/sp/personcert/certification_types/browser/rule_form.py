"""From what an administrator typed to a rule: sentences for the fields, or the rule."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from zope.i18nmessageid import Message

from sp.personcert import _
from sp.personcert.foundation.forms.days import typed_day

from ..domain import DocumentType, Level, Rule, Slot, Template
from .rows import LevelRow, SlotRow

TEMPLATE_FORMATS = ("pdf", "docx", "doc", "xlsx", "xls")
LARGEST_TEMPLATE = 5_000_000  # bytes; the rule lies in the database, each version of it

NUMBERS = {
    "validity_years": (1, 50),
    "report_interval_months": (0, 120),
    "report_lead_days": (0, 365),
    "supplement_reminder_days": (1, 365),
}
NO_DAY = _("refused_rule_day", default="Skriv dagen som ÅÅÅÅ-MM-DD, eller lämna tomt.")
NO_MONTHS = _(
    "refused_rule_months", default="Skriv hela månader med komma emellan, till exempel 6, 3. Högst 60."
)
NO_DAYS = _(
    "refused_rule_days", default="Skriv hela dagar med komma emellan, till exempel 60, 30. Högst 365."
)
NO_LEVEL_TITLE = _("refused_level_title", default="Skriv vad behörigheten heter, eller ta bort raden.")
NO_SLOT_TITLE = _("refused_slot_title", default="Skriv vad dokumentet heter, eller ta bort raden.")
NO_FILE_LABEL = _("refused_slot_label", default="Skriv vad dokumentet ska heta i filnamnet.")
NO_DOCUMENT_TYPE = _("refused_slot_type", default="Välj dokumenttyp.")
NO_POSITION = _("refused_slot_position", default="Skriv platsen som ett tal, eller lämna tomt.")
NO_TEMPLATE = _(
    "refused_slot_template",
    default="Mallen ska vara en PDF-, Word- eller Excelfil på högst 5 MB, och inte tom. Välj filen igen.",
)


@dataclass
class Reading:
    """What is read so far, and what is wrong."""

    typed: Callable[[str], str]
    errors: dict[str, Message] = field(default_factory=dict)

    def number(self, name: str) -> int:
        """A whole number within its bounds; 0 when it is not, with an error."""
        least, most = NUMBERS[name]
        text = self.typed(name).strip()
        if text.isdecimal() and len(text) < 5 and least <= int(text) <= most:
            return int(text)
        self.errors[name] = _(
            "refused_number_between",
            default="Skriv ett helt tal mellan ${least} och ${most}.",
            mapping={"least": least, "most": most},
        )
        return 0

    def months(self) -> tuple[int, ...]:
        """The renewal reminders, the earliest first."""
        return self._leads("renewal_lead_months", 60, NO_MONTHS)

    def days(self) -> tuple[int, ...]:
        """The reminders before a certificate expires, the earliest first."""
        return self._leads("expiry_lead_days", 365, NO_DAYS)

    def _leads(self, name: str, most: int, sentence: Message) -> tuple[int, ...]:
        parts = [part.strip() for part in self.typed(name).split(",") if part.strip()]
        if all(part.isdecimal() and len(part) < 4 and 1 <= int(part) <= most for part in parts):
            return tuple(sorted({int(part) for part in parts}, reverse=True))
        self.errors[name] = sentence
        return ()

    def day(self) -> date | None:
        """The date of the rule, or None when it is left empty."""
        text = self.typed("reference_date").strip()
        found = typed_day(text)
        if text and found is None:
            self.errors["reference_date"] = NO_DAY
        return found


def read(
    typed: Callable[[str], str], levels: list[LevelRow], slots: list[SlotRow], earlier: Rule, creation_id: str
) -> tuple[Rule, dict[str, Message]]:
    """The rule that was typed, and what is wrong with it: field → sentence.

    :param earlier: the rule that is changed; its keys and templates are kept.
    :param creation_id: makes the keys of new rows, so that a second send makes the same.
    """
    reading = Reading(typed)
    rule = Rule(
        levels=_levels(reading, levels, creation_id),
        slots=_slots(reading, slots, earlier, creation_id),
        validity_years=reading.number("validity_years"),
        report_interval_months=reading.number("report_interval_months"),
        report_lead_days=reading.number("report_lead_days"),
        renewal_lead_months=reading.months(),
        expiry_lead_days=reading.days(),
        supplement_reminder_days=reading.number("supplement_reminder_days"),
        reference=typed("reference").strip(),
        reference_date=reading.day(),
        exam_required=typed("exam_required") == "yes",
    )
    return rule, reading.errors


def _levels(reading: Reading, rows: list[LevelRow], creation_id: str) -> tuple[Level, ...]:
    kept = [row for row in rows if not row.removed and (row.key or not row.is_empty)]
    for row in kept:
        if not row.title:
            reading.errors[f"{row.name}-title"] = NO_LEVEL_TITLE
    return tuple(Level(row.key or _new_key(creation_id, row.name), row.title, row.meaning) for row in kept)


def _place(number: int, row: SlotRow, last: int) -> tuple[int, int]:
    """Where a row goes: moved up, it stands before the row of that place; moved down, after it."""
    wanted = int(row.position) if _is_position(row.position) else last + 1
    return wanted, (wanted > number) - (wanted < number)


def _slots(reading: Reading, rows: list[SlotRow], earlier: Rule, creation_id: str) -> tuple[Slot, ...]:
    places = {row.name: _place(number, row, len(rows)) for number, row in enumerate(rows, 1)}
    kept = [row for row in rows if not row.removed and (row.key or not row.is_empty)]
    for row in kept:
        reading.errors.update(_slot_errors(row))
    ordered = sorted(kept, key=lambda row: places[row.name])
    return tuple(_slot(reading, row, earlier, creation_id) for row in ordered)


def _slot_errors(row: SlotRow) -> dict[str, Message]:
    found = {
        "title": NO_SLOT_TITLE if not row.title else None,
        "file_label": NO_FILE_LABEL if not row.file_label else None,
        "document_type": NO_DOCUMENT_TYPE if row.document_type not in set(DocumentType) else None,
        "position": NO_POSITION if row.position and not _is_position(row.position) else None,
    }
    return {f"{row.name}-{name}": sentence for name, sentence in found.items() if sentence}


def _is_position(text: str) -> bool:
    return text.isdecimal() and len(text) < 4


def _slot(reading: Reading, row: SlotRow, earlier: Rule, creation_id: str) -> Slot:
    known = row.document_type in set(DocumentType)
    return Slot(
        row.key or _new_key(creation_id, row.name),
        row.title,
        row.file_label,
        DocumentType(row.document_type) if known else DocumentType.ATTESTATION,
        row.shared,
        row.mandatory,
        row.help_text,
        _template(reading, row, earlier),
    )


def _template(reading: Reading, row: SlotRow, earlier: Rule) -> Template | None:
    if row.upload is not None:
        return _uploaded(reading, row)
    if row.template_removed:
        return None
    slot = earlier.slot(row.key) if row.key else None
    return slot.template if slot else None


def _uploaded(reading: Reading, row: SlotRow) -> Template | None:
    name = str(row.upload.filename).replace("\\", "/").rpartition("/")[2]
    data: Any = row.upload.read(LARGEST_TEMPLATE + 1)
    if name.rpartition(".")[2].lower() in TEMPLATE_FORMATS and 0 < len(data) <= LARGEST_TEMPLATE:
        return Template(name, bytes(data))
    reading.errors[f"{row.name}-template"] = NO_TEMPLATE
    return None


def _new_key(creation_id: str, row_name: str) -> str:
    """Twelve digits that say nothing, the same for the same row of the same form."""
    return hashlib.sha256(f"{creation_id}:{row_name}".encode()).hexdigest()[:12]
