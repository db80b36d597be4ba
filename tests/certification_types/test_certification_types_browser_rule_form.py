"""From what an administrator typed to a rule."""

from datetime import date

import pytest

from sp.personcert.certification_types.browser import rows, rule_form
from sp.personcert.certification_types.domain import DocumentType, Level, Rule, Slot, Template

EARLIER = Rule(
    levels=(Level("k", "K", "Komplicerad art."),),
    slots=(
        Slot("school", "Avgångsbetyg", "Avgångsbetyg", shared=True, help_text="Alla sidor.\nSignerat."),
        Slot("list", "Projektlista", "Projektlista", template=Template("Lista.docx", b"PK")),
    ),
    reference="SCR001",
    reference_date=date(2010, 6, 1),
)


class Sent:
    """An uploaded file as ZPublisher gives it."""

    def __init__(self, filename, data):
        self.filename, self.data = filename, data

    def read(self, size):
        """The beginning of the file."""
        return self.data[:size]


def as_sent(rule):
    """The fields that the form of a rule sends when nothing is changed."""
    form = {
        "validity_years": str(rule.validity_years),
        "report_interval_months": str(rule.report_interval_months),
        "report_lead_days": str(rule.report_lead_days),
        "renewal_lead_months": "6, 3",
        "expiry_lead_days": ", ".join(str(days) for days in rule.expiry_lead_days),
        "supplement_reminder_days": str(rule.supplement_reminder_days),
        "reference": rule.reference,
        "reference_date": "2010-06-01",
        "exam_required": "yes",
    }
    levels, slots = rows.levels_of(rule), rows.slots_of(rule)
    form |= {"levels": str(len(levels)), "slots": str(len(slots))}
    for row in levels:
        form |= {
            f"{row.name}-key": row.key,
            f"{row.name}-title": row.title,
            f"{row.name}-meaning": row.meaning,
        }
    for row in slots:
        fields = ("key", "title", "file_label", "document_type", "help_text", "position")
        form |= {f"{row.name}-{field}": getattr(row, field) for field in fields}
        form |= {f"{row.name}-{flag}": "yes" for flag in ("shared", "mandatory") if getattr(row, flag)}
    return form


def read(form, creation_id="c" * 32):
    """The rule and the errors."""
    levels, slots = rows.sent_levels(form, EARLIER), rows.sent_slots(form, EARLIER)
    return rule_form.read(lambda name: form.get(name, ""), levels, slots, EARLIER, creation_id)


def test_what_is_not_changed_comes_back_the_same():
    assert read(as_sent(EARLIER)) == (EARLIER, {})


def test_a_changed_title_keeps_its_key():
    rule, errors = read(as_sent(EARLIER) | {"slot-0-title": "Examen"})
    assert errors == {}
    assert (rule.slots[0].key, rule.slots[0].title) == ("school", "Examen")


def test_an_empty_row_becomes_a_slot_with_a_key_of_its_own():
    form = as_sent(EARLIER) | {"slot-2-title": "Svetsprov", "slot-2-file_label": "Intyg Svetsprov"}
    rule, errors = read(form)
    again, _errors = read(form)
    other, _errors = read(form, "d" * 32)
    assert errors == {}
    assert [slot.title for slot in rule.slots] == ["Avgångsbetyg", "Projektlista", "Svetsprov"]
    assert len(rule.slots[2].key) == 12
    assert rule.slots[2].key == again.slots[2].key != other.slots[2].key


def test_a_key_that_the_rule_does_not_have_is_not_taken_from_the_form():
    rule, _errors = read(
        as_sent(EARLIER) | {"slot-2-key": "invented", "slot-2-title": "A", "slot-2-file_label": "A"}
    )
    assert rule.slots[2].key not in ("", "invented")


def test_positions_order_the_slots_and_rows_without_one_come_last():
    rule, _errors = read(as_sent(EARLIER) | {"slot-0-position": "", "slot-1-position": "1"})
    assert [slot.key for slot in rule.slots] == ["list", "school"]


@pytest.mark.parametrize(("row", "position"), [("slot-1", "1"), ("slot-0", "2")])
def test_a_row_takes_the_place_that_it_is_given(row, position):
    rule, _errors = read(as_sent(EARLIER) | {f"{row}-position": position})
    assert [slot.key for slot in rule.slots] == ["list", "school"]


def test_a_removed_row_is_gone():
    rule, errors = read(as_sent(EARLIER) | {"slot-0-removed": "yes", "level-0-removed": "yes"})
    assert errors == {}
    assert ([slot.key for slot in rule.slots], rule.levels) == (["list"], ())


def test_a_template_stays_goes_or_is_replaced():
    kept, _errors = read(as_sent(EARLIER))
    removed, _errors = read(as_sent(EARLIER) | {"slot-1-template_removed": "yes"})
    replaced, _errors = read(as_sent(EARLIER) | {"slot-1-template": Sent("C:\\mallar\\Ny.PDF", b"%PDF-1.7")})
    assert kept.slots[1].template == EARLIER.slots[1].template
    assert removed.slots[1].template is None
    assert replaced.slots[1].template == Template("Ny.PDF", b"%PDF-1.7")


@pytest.mark.parametrize("upload", [Sent("mall.exe", b"MZ"), Sent("mall.pdf", b""), Sent("mall", b"x")])
def test_a_template_of_another_format_or_without_content_is_refused(upload):
    _rule, errors = read(as_sent(EARLIER) | {"slot-1-template": upload})
    assert list(errors) == ["slot-1-template"]


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("validity_years", "0"),
        ("validity_years", "fem"),
        ("report_interval_months", "-1"),
        ("report_lead_days", "366"),
        ("renewal_lead_months", "6; 3"),
        ("renewal_lead_months", "99"),
        ("expiry_lead_days", "trettio"),
        ("expiry_lead_days", "366"),
        ("expiry_lead_days", "30, 0"),
        ("supplement_reminder_days", ""),
        ("supplement_reminder_days", "0"),
        ("supplement_reminder_days", "366"),
        ("reference_date", "juni 2010"),
        ("slot-0-title", ""),
        ("slot-0-file_label", ""),
        ("slot-0-document_type", "Recept"),
        ("slot-0-position", "först"),
        ("level-0-title", ""),
    ],
)
def test_what_cannot_be_read_is_told_at_its_field(field, typed):
    _rule, errors = read(as_sent(EARLIER) | {field: typed})
    assert list(errors) == [field]


@pytest.mark.parametrize(("typed", "months"), [("6, 3", (6, 3)), ("3,6,3", (6, 3)), ("12", (12,)), ("", ())])
def test_months_are_read_forgivingly(typed, months):
    rule, errors = read(as_sent(EARLIER) | {"renewal_lead_months": typed})
    assert (rule.renewal_lead_months, errors) == (months, {})


@pytest.mark.parametrize(("typed", "days"), [("30", (30,)), ("7,60, 30", (60, 30, 7)), ("", ())])
def test_days_before_expiry_are_read_forgivingly(typed, days):
    rule, errors = read(as_sent(EARLIER) | {"expiry_lead_days": typed})
    assert (rule.expiry_lead_days, errors) == (days, {})


@pytest.mark.handbook("H137")
def test_the_days_before_a_supplement_is_reminded_of_are_read():
    rule, errors = read(as_sent(EARLIER) | {"supplement_reminder_days": " 45 "})
    assert (rule.supplement_reminder_days, errors) == (45, {})


def test_a_document_type_of_the_archive_can_be_chosen():
    rule, _errors = read(as_sent(EARLIER) | {"slot-0-document_type": "Bilaga"})
    assert rule.slots[0].document_type is DocumentType.ATTACHMENT
