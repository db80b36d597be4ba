"""Administrators change what a certification asks for."""

import pytest
from webtest import Upload

from sp.personcert.certification_types import operations, queries
from tests.reading import address, column, tree, words
from tests.sending import form_to, reread


@pytest.fixture
def well_driller(portal):
    """The type Brunnsborrare."""
    return queries.by_id("brunnsborrare")


def opened(person, found):
    """The form of a type."""
    return form_to(person.see(address(found, "redigera")), "redigera")


@pytest.mark.handbook("H32", "H171")
def test_the_list_shows_every_type_with_its_rule(visitor, well_driller):
    page = visitor("administrator").see("/typer")
    titles = [words(cell) for cell in tree(page).xpath("//tbody//th")]
    assert titles == [found.title for found in queries.all_types()]
    assert column(page, "Dokument")[0] == str(len(well_driller.rule.slots))


@pytest.mark.handbook("H171", "H102", "H107")
def test_a_saved_change_is_a_new_version_and_begun_cases_keep_theirs(visitor, well_driller, case):
    begun = case("ceper", "brunnsborrare")
    before, version = well_driller.rule, well_driller.version
    person = visitor("administrator")
    form = opened(person, well_driller)
    form["slot-0-help_text"], form["validity_years"] = "Alla sidor, även baksidan.", "4"
    answer = person.submit(form)
    reread()
    assert answer.status_int == 303
    assert (well_driller.version, well_driller.rule.validity_years) == (version + 1, 4)
    assert well_driller.rule.slots[0].help_text == "Alla sidor, även baksidan."
    assert [slot.key for slot in well_driller.rule.slots] == [slot.key for slot in before.slots]
    assert begun.rule == before
    assert f"version {version + 1}" in words(person.see(answer.location))


@pytest.mark.handbook("H171", "H137")
def test_when_reminders_come_is_set_for_each_type(visitor, well_driller):
    person = visitor("administrator")
    form = opened(person, well_driller)
    assert (form["expiry_lead_days"].value, form["supplement_reminder_days"].value) == ("30", "90")
    form["expiry_lead_days"], form["supplement_reminder_days"] = "14, 60", "45"
    page = person.submit(form).follow()
    reread()
    assert (well_driller.rule.expiry_lead_days, well_driller.rule.supplement_reminder_days) == ((60, 14), 45)
    assert form_to(page, "redigera")["expiry_lead_days"].value == "60, 14"


def test_days_that_cannot_be_read_are_told_at_their_fields(visitor, well_driller):
    person, version = visitor("administrator"), well_driller.version
    form = opened(person, well_driller)
    form["expiry_lead_days"], form["supplement_reminder_days"] = "en månad", "aldrig"
    answer = person.submit(form)
    reread()
    assert answer.status_int == 422
    told = [
        words(tree(answer).get_element_by_id(f"{name}-error"))
        for name in ("expiry_lead_days", "supplement_reminder_days")
    ]
    assert told[0].startswith("Skriv hela dagar")
    assert told[1] == "Skriv ett helt tal mellan 1 och 365."
    assert well_driller.version == version


@pytest.mark.handbook("H171", "H118")
def test_a_new_document_with_a_template_is_asked_for(visitor, well_driller):
    person = visitor("administrator")
    form = opened(person, well_driller)
    new = f"slot-{len(well_driller.rule.slots)}"
    form[f"{new}-title"], form[f"{new}-file_label"] = "Borrjournal", "Borrjournal"
    form[f"{new}-position"] = "1"
    form[f"{new}-template"] = Upload("Journal.pdf", b"%PDF-1.7", "application/pdf")
    assert person.submit(form).status_int == 303
    reread()
    first = well_driller.rule.slots[0]
    assert (first.title, first.template.file_name) == ("Borrjournal", "Journal.pdf")


def test_everything_typed_stays_when_something_is_wrong(visitor, well_driller):
    person, version = visitor("administrator"), well_driller.version
    form = opened(person, well_driller)
    form["validity_years"], form["slot-1-title"] = "många", "Nytt namn"
    form["slot-2-mandatory"], form["level-0-meaning"] = False, "Ny innebörd"
    answer = person.submit(form)
    reread()
    again = form_to(answer, "redigera")
    assert answer.status_int == 422
    assert (
        words(tree(answer).get_element_by_id("validity_years-error")) == "Skriv ett helt tal mellan 1 och 50."
    )
    assert (again["validity_years"].value, again["slot-1-title"].value) == ("många", "Nytt namn")
    assert (again["slot-2-mandatory"].checked, again["level-0-meaning"].value) == (False, "Ny innebörd")
    assert well_driller.version == version


def test_the_same_form_twice_makes_one_version(visitor, well_driller):
    person, version = visitor("administrator"), well_driller.version
    form = opened(person, well_driller)
    new = f"slot-{len(well_driller.rule.slots)}"
    form[f"{new}-title"], form[f"{new}-file_label"] = "Borrjournal", "Borrjournal"
    assert [person.submit(form).status_int for _ in range(2)] == [303, 303]
    reread()
    assert well_driller.version == version + 1


def test_nothing_changed_makes_no_version(visitor, well_driller):
    person, version = visitor("administrator"), well_driller.version
    assert person.submit(opened(person, well_driller)).status_int == 303
    reread()
    assert well_driller.version == version


def test_what_somebody_else_saved_meanwhile_is_not_overwritten_unseen(visitor, well_driller, acting):
    person = visitor("administrator")
    form = opened(person, well_driller)
    with acting("administrator"):
        operations.change_type(well_driller, "Brunnsborrare och geoenergi", well_driller.rule)
        rule = well_driller.rule.__class__(slots=well_driller.rule.slots[:3])
        operations.change_type(well_driller, "Brunnsborrare", rule)
    visitor("administrator")
    form["reference"] = "SCR002"
    answer = person.submit(form)
    reread()
    assert answer.status_int == 422
    assert "Typen har ändrats sedan du öppnade sidan." in words(answer)
    assert form_to(answer, "redigera")["reference"].value == "SCR002"
    assert well_driller.rule == rule


def test_a_type_without_documents_is_refused(visitor, well_driller):
    person = visitor("administrator")
    form = opened(person, well_driller)
    for n in range(len(well_driller.rule.slots)):
        form[f"slot-{n}-removed"] = True
    answer = person.submit(form)
    assert answer.status_int == 422
    assert "Typen behöver minst ett dokument." in words(answer)


@pytest.mark.wall
def test_types_are_for_administrators_alone(visitor, well_driller):
    for name in ("ceper", "handlaggare", "beslutsfattare"):
        person = visitor(name)
        assert person.see("/typer").status_int == 404
        assert person.see(address(well_driller, "redigera")).status_int == 404
        assert person.send(address(well_driller, "redigera"), {"title": "X"}).status_int == 404
