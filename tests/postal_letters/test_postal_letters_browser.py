"""The officers' list of letters by post, as it is read and used."""

import subprocess
from dataclasses import replace
from datetime import timedelta

import pytest
from plone import api

from sp.personcert.customers import operations as customers
from sp.personcert.foundation import audit
from sp.personcert.foundation.clock import today
from sp.personcert.postal_letters import operations
from sp.personcert.postal_letters.domain import LetterState
from tests.reading import column, tree, words
from tests.sending import reread


def boxes(page):
    """The customers' check boxes: is it ticked? by the words beside it."""
    labels = {label.get("for"): words(label) for label in tree(page).xpath("//tbody//label")}
    found = tree(page).xpath("//tbody//input[@type='checkbox']")
    return {labels[box.get("id")]: box.get("checked") is not None for box in found}


def text_of(answer, folder):
    """The text of a PDF that was sent."""
    (folder / "letters.pdf").write_bytes(answer.body)
    command = ["pdftotext", "-layout", folder / "letters.pdf", "-"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def tabs(page):
    """The tabs at the top."""
    return [words(link) for link in tree(page).xpath("//nav[@class='kw-header__tabs']/a")]


@pytest.mark.handbook("H42")
def test_an_officer_prints_what_waits_and_ticks_it_off_on_the_same_page(
    visitor, analog, other, notify, letters_of, tmp_path
):
    notify(analog, other)
    person = visitor("handlaggare")
    page = person.see("/arenden").click(r"Brev \(2\)")
    assert boxes(page) == {"CE Person Test": True, "Enkel Exempel": True}
    assert column(page, "Väntar sedan") == ["2026-11-23"] * 2
    assert column(page, "Läge") == ["Att skriva ut"] * 2
    assert "nytt meddelande" in column(page, "Varför")[0]
    assert "Kunden nås med vanlig post" in column(page, "Varför")[0]
    answer = person.submit(page.forms["brev"], "do", "print")
    assert answer.content_type == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="brev-2026-11-23.pdf"'
    assert "no-store" in answer.headers["Cache-Control"]
    assert "CE Person Test" in text_of(answer, tmp_path) and "Enkel Exempel" in text_of(answer, tmp_path)
    after = person.submit(page.forms["brev"], "do", "post").follow()
    assert "Avprickade brev: 2." in words(after) and "Det finns inga brev att skicka." in words(after)
    assert "Brev" in tabs(after)
    reread()
    assert [letters_of(one)[0].state for one in (analog, other)] == [LetterState.POSTED] * 2


def test_what_is_printed_says_when_and_by_whom_and_is_not_chosen_beside_what_is_not(
    visitor, acting, analog, other, notify, letters_of
):
    notify(analog, other)
    with acting("handlaggare2"):
        operations.print_letters([letters_of(analog)[0].id])
    page = visitor("handlaggare").see("/brev")
    assert boxes(page) == {"CE Person Test": False, "Enkel Exempel": True}
    assert "Utskrivet 2026-11-23 Handläggare Demo Två" in column(page, "Läge")
    with acting("handlaggare2"):
        operations.print_letters([letters_of(other)[0].id])
    assert boxes(visitor("handlaggare").see("/brev")) == {"CE Person Test": True, "Enkel Exempel": True}


def test_only_the_ticked_ones_are_printed_and_posted(visitor, analog, other, notify, letters_of, tmp_path):
    notify(analog, other)
    person = visitor("handlaggare")
    form = person.see("/brev").forms["brev"]
    form.fields["brev"][0].checked = False
    left_out = {letters_of(one)[0].id: one for one in (analog, other)}[form.fields["brev"][0]._value]
    printed = text_of(person.submit(form, "do", "print"), tmp_path)
    assert [one.full_name in printed for one in (analog, other)].count(True) == 1
    assert left_out.full_name not in printed
    person.submit(form, "do", "post")
    reread()
    states = {one: letters_of(one)[0].state for one in (analog, other)}
    assert states.pop(left_out) is LetterState.WAITING
    assert list(states.values()) == [LetterState.POSTED]


def test_a_refusal_says_why_and_keeps_the_ticks(visitor, analog, other, notify, letters_of):
    notify(analog, other)
    person = visitor("handlaggare")
    form = person.see("/brev").forms["brev"]
    form.fields["brev"][1].checked = False
    answer = person.submit(form, "do", "post")
    assert answer.status_int == 422 and "Skriv ut breven innan du prickar av dem" in words(answer)
    assert sorted(boxes(answer).values()) == [False, True]
    form.fields["brev"][0].checked = False
    for button in ("print", "post"):
        answer = person.submit(form, "do", button)
        assert answer.status_int == 422 and "Kryssa för minst ett brev." in words(answer)
    reread()
    assert letters_of(analog)[0].state is letters_of(other)[0].state is LetterState.WAITING


def test_who_has_no_postal_address_has_no_box_and_a_clear_sentence(visitor, customer, notify):
    person = customer("tom")
    person.person = replace(person.person, email="")
    notify(person)
    page = visitor("handlaggare").see("/brev")
    assert boxes(page) == {}
    assert column(page, "Läge") == [
        "Postadress saknas. Ta reda på adressen, eller ring kunden och stryk brevet."
    ]
    assert not tree(page).xpath("//button[@value='print']")


def test_a_letter_that_is_not_needed_is_struck_out(visitor, analog, notify, letters_of):
    notify(analog)
    person = visitor("handlaggare")
    page = person.see("/brev").click("Behövs inte")
    assert "CE Person Test · C129289" in words(page)
    answer = person.submit(page.forms["stryk"]).follow()
    assert "Brevet är struket." in words(answer)
    reread()
    assert letters_of(analog)[0].state is LetterState.CANCELLED
    assert person.submit(page.forms["stryk"]).status_int == 404
    assert person.see("/brev-stryk?brev=" + letters_of(analog)[0].id).status_int == 404


def test_fifty_letters_are_a_page(visitor, analog):
    for number in range(51):
        operations.put(analog, ["new_message"], "sv", today() - timedelta(days=number), str(number))
    person = visitor("handlaggare")
    first = person.see("/brev")
    assert len(boxes_of(first)) == 50 and "Brev (51)" in tabs(first)
    second = first.click("Nästa")
    assert len(boxes_of(second)) == 1 and second.click("Föregående").status_int == 200
    for odd in ("0", "-1", "x", "9" * 40, "\u0663"):
        assert person.see("/brev", params={"sida": odd}).status_int == 200


def boxes_of(page):
    """The check boxes of a page."""
    return tree(page).xpath("//tbody//input[@type='checkbox']")


@pytest.mark.wall
@pytest.mark.parametrize("who", ["", "ceper", "beslutsfattare", "administrator"])
def test_the_pages_are_officers_alone(visitor, acting, analog, notify, letters_of, who):
    notify(analog)
    (letter,) = letters_of(analog)
    officer = visitor("handlaggare")
    fields = dict(officer.see("/brev").forms["brev"].submit_fields()) | {"do": "print"}
    person = visitor(who)
    for answer in (
        person.see("/brev"),
        person.send("/brev", fields),
        person.see(f"/brev-stryk?brev={letter.id}"),
        person.send("/brev-stryk", {"brev": letter.id}),
    ):
        assert answer.status_int == (404 if who else 302)
        assert "%PDF" not in answer.text and "C129289" not in answer.text
    if who:
        assert not any(tab.startswith("Brev") for tab in tabs(person.see("/start").maybe_follow()))
    reread()
    assert letters_of(analog) == [letter]


@pytest.mark.wall
@pytest.mark.parametrize("button", ["print", "post"])
def test_nothing_is_printed_or_posted_without_the_forms_token(visitor, analog, notify, letters_of, button):
    notify(analog)
    (letter,) = letters_of(analog)
    person = visitor("handlaggare")
    person.see("/brev")
    answer = person.send("/brev", {"brev": letter.id, "do": button})
    assert answer.status_int == 403 and answer.content_type == "text/html"
    other = dict(visitor("handlaggare2").see("/brev").forms["brev"].submit_fields())
    assert person.send("/brev", other | {"do": button}).status_int == 403
    reread()
    assert letters_of(analog) == [letter]
    assert not [one for one in audit.entries_for(analog) if one.action.startswith("letter.")]


@pytest.mark.wall
def test_a_link_prints_nothing(visitor, analog, notify, letters_of):
    notify(analog)
    (letter,) = letters_of(analog)
    answer = visitor("handlaggare").see(f"/brev?brev={letter.id}&do=print")
    reread()
    assert answer.content_type == "text/html" and letters_of(analog) == [letter]


@pytest.mark.wall
def test_closed_and_protected_ones_are_not_there_even_by_id(
    visitor, acting, analog, other, notify, letters_of
):
    with acting("administrator"):
        customers.close_records_by_number(api.user.get(username="handlaggare").getId(), "", ["C129290"])
    with acting("handlaggare2"):
        named = {api.user.get(username="handlaggare2").getId()}
        customers.protect_identity(analog, True, named)
    notify(analog, other)
    ids = [letters_of(one)[0].id for one in (analog, other)]
    person = visitor("handlaggare")
    page = person.see("/brev")
    assert boxes(page) == {} and "Brev till kunder med skyddade personuppgifter: 1." in words(page)
    for secret in ("CE Person", "Enkel", *ids):
        assert secret not in page.text
    missing = person.see("/brev-stryk?brev=nothing")
    for one in ids:
        answer = person.see(f"/brev-stryk?brev={one}")
        assert (answer.status_int, answer.text) == (404, missing.text)
    assert boxes(visitor("handlaggare2").see("/brev")) == {"CE Person Test": True, "Enkel Exempel": True}
