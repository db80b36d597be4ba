"""The rows of the form for a certification type: what they hold, from the rule or as they were sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..domain import DocumentType, Level, Rule, Slot

MOST_ROWS = 60
EMPTY_ROWS = 2


@dataclass(frozen=True)
class LevelRow:
    """A level as text. ``name`` begins the names of the row's fields."""

    name: str
    key: str = ""
    title: str = ""
    meaning: str = ""
    removed: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        return not (self.title or self.meaning)


@dataclass(frozen=True)
class SlotRow:
    """A slot as text."""

    name: str
    key: str = ""
    title: str = ""
    file_label: str = ""
    document_type: str = DocumentType.ATTESTATION.value
    shared: bool = False
    mandatory: bool = True
    help_text: str = ""
    template_name: str = ""
    template_removed: bool = False
    position: str = ""
    removed: bool = False
    upload: Any = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        return not (self.title or self.file_label or self.help_text or self.upload is not None)


def levels_of(rule: Rule) -> list[LevelRow]:
    """The rule's levels and some empty rows."""
    filled = [
        LevelRow(f"level-{n}", level.key, level.title, level.meaning) for n, level in enumerate(rule.levels)
    ]
    return filled + [LevelRow(f"level-{n}") for n in range(len(filled), len(filled) + EMPTY_ROWS)]


def slots_of(rule: Rule) -> list[SlotRow]:
    """The rule's slots and some empty rows."""
    filled = [_slot_row(n, slot) for n, slot in enumerate(rule.slots)]
    return filled + [SlotRow(f"slot-{n}") for n in range(len(filled), len(filled) + EMPTY_ROWS)]


def sent_levels(form: Mapping[str, Any], rule: Rule) -> list[LevelRow]:
    """The level rows as they were sent."""
    return [_sent_level(form, f"level-{n}", rule) for n in range(_count(form, "levels"))]


def sent_slots(form: Mapping[str, Any], rule: Rule) -> list[SlotRow]:
    """The slot rows as they were sent."""
    return [_sent_slot(form, f"slot-{n}", rule) for n in range(_count(form, "slots"))]


def _slot_row(n: int, slot: Slot) -> SlotRow:
    return SlotRow(
        f"slot-{n}",
        slot.key,
        slot.title,
        slot.file_label,
        slot.document_type.value,
        slot.shared,
        slot.mandatory,
        slot.help_text,
        slot.template.file_name if slot.template else "",
        position=str(n + 1),
    )


def _sent_level(form: Mapping[str, Any], name: str, rule: Rule) -> LevelRow:
    level: Level | None = rule.level(_text(form, f"{name}-key"))
    return LevelRow(
        name,
        level.key if level else "",
        _text(form, f"{name}-title"),
        _text(form, f"{name}-meaning"),
        f"{name}-removed" in form,
    )


def _sent_slot(form: Mapping[str, Any], name: str, rule: Rule) -> SlotRow:
    slot = rule.slot(_text(form, f"{name}-key"))
    upload = form.get(f"{name}-template")
    return SlotRow(
        name,
        slot.key if slot else "",
        _text(form, f"{name}-title"),
        _text(form, f"{name}-file_label"),
        _text(form, f"{name}-document_type"),
        f"{name}-shared" in form,
        f"{name}-mandatory" in form,
        _text(form, f"{name}-help_text"),
        slot.template.file_name if slot and slot.template else "",
        f"{name}-template_removed" in form,
        _text(form, f"{name}-position"),
        f"{name}-removed" in form,
        upload if getattr(upload, "filename", "") else None,
    )


def _count(form: Mapping[str, Any], field: str) -> int:
    text = _text(form, field)
    return min(int(text), MOST_ROWS) if text.isdecimal() and len(text) < 4 else 0


def _text(form: Mapping[str, Any], field: str) -> str:
    text = str(form.get(field, ""))
    return text.strip() if field.endswith("help_text") else " ".join(text.split())
