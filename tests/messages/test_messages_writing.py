"""Answering and writing: Avbryt, Utkast and Spara."""

from datetime import datetime

import pytest
import transaction

from sp.personcert.cases import queries as cases
from sp.personcert.messages import queries
from tests.reading import address, tree, words

SENT, KEPT = "Meddelandet har skickats", "Utkastet är sparat. Bara du ser det."
TEXT = "Intyget kommer i veckan.\nHälsningar CE"


@pytest.fixture
def thread(drillers, acting):
    """The officer's latest request for supplements."""
    with acting("ceper"):
        return queries.threads(drillers)[0].message


@pytest.fixture
def answering(ceper, drillers, thread):
    """The open form in the thread."""
    page = ceper.see(address(drillers, "meddelanden") + f"?svara={thread.getId()}")
    return page.forms["svar"]


@pytest.fixture
def writing(ceper, drillers):
    """The open form for a new message."""
    return ceper.see(address(drillers, "meddelanden") + "?nytt=1").forms["nytt"]


def stored(content) -> list[str]:
    """The texts of a thread, or of every thread of a case, as committed."""
    transaction.begin()
    threads = [content] if hasattr(content, "entries") else [row.message for row in queries.threads(content)]
    return [entry.text for thread in threads for entry in thread.sorted_entries()]


@pytest.mark.handbook("H63", "H64")
def test_svara_opens_a_form_in_the_thread(ceper, drillers, thread, at):
    at(datetime(2013, 3, 18, 9, 9))
    page = ceper.see(address(drillers, "meddelanden") + f"?svara={thread.getId()}")
    form = tree(page).xpath("//details[@open]//form[@id='svar']")[0]
    said = words(form)
    assert "Datum: 2013-03-18 09:09" in said and "Från: CE Person Test (ceper)" in said
    assert words(form.xpath(".//label[@for='text']")[0]) == "Meddelande"
    assert [words(button) for button in form.xpath(".//button")] == ["Avbryt", "Utkast", "Spara"]


@pytest.mark.handbook("H67", "H68")
def test_spara_sends_the_answer_into_the_same_thread(ceper, acting, drillers, thread, answering):
    answering["text"] = TEXT
    page = ceper.submit(answering, "do", "save").follow()
    assert SENT in words(tree(page).xpath("//*[@role='status']")[0])
    assert stored(thread)[0] == TEXT and len(stored(thread)) == 2
    assert thread.message_type == "Komplettering"
    with acting("handlaggare"):
        listed = [one.getId() for one in cases.work_list(cases.WorkList.MESSAGES)]
    assert listed == [drillers.getId()]


@pytest.mark.handbook("H67")
def test_an_empty_answer_is_refused_and_nothing_is_stored(ceper, thread, answering):
    answering["text"] = " \n "
    page = ceper.submit(answering, "do", "save")
    assert page.status_int == 422
    assert "Skriv något innan du sparar." in words(tree(page).xpath("//*[@role='alert']")[0])
    assert tree(page).xpath("//textarea[@id='text']/@aria-invalid") == ["true"]
    assert len(stored(thread)) == 1


def test_a_too_long_answer_stays_in_the_field(ceper, thread, answering):
    answering["text"] = "x" * 4001
    page = ceper.submit(answering, "do", "save")
    assert page.status_int == 422 and "högst 4000 tecken" in words(page)
    assert page.forms["svar"]["text"].value == "x" * 4001
    assert len(stored(thread)) == 1


def test_line_breaks_count_as_one_character(ceper, thread, answering):
    answering["text"] = "a\r\n" * 2000
    assert ceper.submit(answering, "do", "save").status_int == 303
    assert len(stored(thread)[0]) == 3999


@pytest.mark.handbook("H66")
def test_utkast_keeps_the_text_for_its_author_alone(ceper, visitor, drillers, thread, answering):
    answering["text"] = TEXT
    page = ceper.submit(answering, "do", "draft").follow()
    assert KEPT in words(page) and len(stored(thread)) == 1
    again = ceper.see(address(drillers, "meddelanden") + f"?svara={thread.getId()}")
    assert again.forms["svar"]["text"].value.strip() == TEXT and "Bara du ser det." in words(again)
    officers = visitor("handlaggare").see(address(drillers, "meddelanden") + f"?svara={thread.getId()}")
    assert officers.forms["svar"]["text"].value == "" and "Intyget kommer" not in officers


@pytest.mark.handbook("H65")
def test_avbryt_sends_and_keeps_nothing(ceper, drillers, thread, answering):
    answering["text"] = TEXT
    ceper.submit(answering, "do", "draft")
    page = ceper.submit(answering, "do", "cancel").follow()
    assert page.request.path == address(drillers, "meddelanden") and not tree(page).xpath(
        "//form[@id='svar']"
    )
    again = ceper.see(address(drillers, "meddelanden") + f"?svara={thread.getId()}")
    assert again.forms["svar"]["text"].value == "" and len(stored(thread)) == 1


@pytest.mark.handbook("H66", "H67")
def test_sending_forgets_the_draft(ceper, drillers, thread, answering):
    answering["text"] = TEXT
    ceper.submit(answering, "do", "draft")
    ceper.submit(answering, "do", "save")
    again = ceper.see(address(drillers, "meddelanden") + f"?svara={thread.getId()}")
    assert again.forms["svar"]["text"].value == ""


@pytest.mark.handbook("H69", "H70", "H71", "H72")
def test_nytt_meddelande_asks_for_a_type_and_a_text(ceper, drillers):
    page = ceper.see(address(drillers, "meddelanden") + "?nytt=1")
    form = tree(page).xpath("//form[@id='nytt']")[0]
    said = words(form)
    assert "Datum: " in said and "Från: CE Person Test (ceper)" in said and "Meddelandetyp:" in said
    options = [words(option) for option in form.xpath(".//select[@name='message_type']/option")]
    assert options == ["Välj meddelandetyp", "Notering", "Komplettering", "Uppgiftsändring"]
    assert "Välj Notering om du är osäker. Den används normalt." in said
    assert [words(button) for button in form.xpath(".//button")] == ["Avbryt", "Utkast", "Spara"]


@pytest.mark.handbook("H69", "H71")
def test_a_new_message_begins_a_thread_of_its_type(ceper, drillers, writing):
    before = len(stored(drillers))
    writing["message_type"], writing["text"] = "Notering", TEXT
    page = ceper.submit(writing, "do", "save").follow()
    assert SENT in words(page) and len(stored(drillers)) == before + 1
    newest = tree(page).xpath("//li[@class='kw-thread']")[0]
    assert words(newest.xpath(".//*[@class='kw-thread__type']")[0]) == "Notering"
    assert "CE Person Test" in words(newest) and "Intyget kommer i veckan." in words(newest)


@pytest.mark.handbook("H71")
def test_without_type_and_text_both_fields_say_so(ceper, drillers, writing):
    before = stored(drillers)
    page = ceper.submit(writing, "do", "save")
    assert page.status_int == 422
    box = words(tree(page).xpath("//*[@role='alert']")[0])
    assert "Välj en meddelandetyp." in box and "Skriv något innan du sparar." in box
    assert stored(drillers) == before


def test_a_type_that_only_the_system_uses_cannot_be_sent(ceper, drillers, writing):
    before = stored(drillers)
    writing["message_type"].force_value("Beslut")
    writing["text"] = TEXT
    assert ceper.submit(writing, "do", "save").status_int == 422
    assert stored(drillers) == before


@pytest.mark.handbook("H66", "H70")
def test_a_draft_of_a_new_message_keeps_text_and_type(ceper, drillers, writing):
    writing["message_type"], writing["text"] = "Komplettering", TEXT
    page = ceper.submit(writing, "do", "draft").follow()
    assert KEPT in words(page) and "Du har ett utkast" in words(page)
    again = ceper.see(address(drillers, "meddelanden") + "?nytt=1").forms["nytt"]
    assert (again["message_type"].value, again["text"].value.strip()) == ("Komplettering", TEXT)


def test_the_address_can_suggest_a_type(ceper, drillers):
    page = ceper.see(address(drillers, "meddelanden") + "?nytt=1&typ=Uppgifts%C3%A4ndring")
    assert page.forms["nytt"]["message_type"].value == "Uppgiftsändring"


@pytest.mark.handbook("H53")
def test_an_officer_answers_with_more_types_and_their_own_name(visitor, drillers):
    officer = visitor("handlaggare")
    form = officer.see(address(drillers, "meddelanden") + "?nytt=1").forms["nytt"]
    assert [value for value, _chosen, _text in form["message_type"].options][-2:] == [
        "Årsrapport",
        "Förnyelse",
    ]
    form["message_type"], form["text"] = "Notering", "Vi har fått dina handlingar."
    page = officer.submit(form, "do", "save").follow()
    assert "Handläggare Demo Vi har fått dina handlingar." in words(page)
