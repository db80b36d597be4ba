"""Changing a text, and taking the change back."""

import pytest

from sp.personcert.foundation import mail, texts
from sp.personcert.foundation.texts import Text
from tests.portal.own_texts import (
    EDIT,
    LIST,
    alert,
    changed,
    edit,
    entries,
    in_fields,
    reset_form,
    stored,
    written,
)
from tests.reading import tree, words


def test_a_text_is_saved_and_then_sent(administrator):
    form = written(
        administrator.see(EDIT), subject="Post till dig", body="Ett stycke.\r\n\r\nTill {body_name}."
    )
    page = administrator.submit(form, "gor", "spara").follow()
    assert "Texten är sparad" in words(tree(page).xpath("//*[@role='status']")[0])
    assert stored() == (
        Text("Post till dig", "Ett stycke.\n\nTill {body_name}.", "Logga in på Kundwebben"),
        True,
    )
    assert mail.notice_letter(["new_message"], "sv").subject == "Post till dig"
    assert in_fields(page)[1].splitlines() == ["Ett stycke.", "", "Till {body_name}."]
    ((action, details),) = entries()
    assert (action, details["text"], details["language"]) == ("text.change", "new_message", "sv")
    former = texts.default_text("new_message", "sv")
    assert (details["former"], details["now"]) == (former.digest, stored()[0].digest)
    assert not stored(language="en")[1]


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"body": "Hej {namn}"}, "body", "Det finns inget som heter {namn} i den här texten."),
        ({"subject": "  "}, "subject", "Skriv en text. Den får inte vara tom."),
        ({"link_text": "x" * 81}, "link_text", "Texten är för lång, högst 80 tecken."),
        ({"body": "å" * 5001}, "body", "Texten är för lång, högst 5000 tecken."),
    ],
)
def test_a_refusal_keeps_what_was_typed_with_a_sentence_at_the_field(administrator, fields, field, sentence):
    before = stored()
    form = written(administrator.see(EDIT), **fields)
    answer = administrator.submit(form, "gor", "spara")
    assert answer.status_int == 422
    assert sentence in words(tree(answer).xpath(f"//*[@id='{field}-error']")[0])
    assert tree(answer).xpath(f"//*[@role='alert']//a[@href='#{field}']")
    assert tree(answer).xpath(f"//*[@id='{field}'][@aria-invalid]")
    assert answer.forms["text-form"][field].value.strip() == fields[field].strip()
    assert stored() == before and entries() == []


def test_what_must_stand_in_the_text_cannot_be_left_out(administrator):
    form = written(administrator.see(edit("mail_frame")), body="Hej!")
    answer = administrator.submit(form, "gor", "spara")
    assert answer.status_int == 422 and "{content} måste finnas kvar" in alert(answer)
    assert not stored("mail_frame")[1]


def test_a_changed_text_is_taken_back_and_the_default_is_shown(administrator):
    changed()
    page = administrator.see(EDIT)
    assert "Det finns ett nytt meddelande till dig på Kundwebben." in words(page)
    page = administrator.submit(reset_form(page), "gor", "aterstall").follow()
    assert "Grundtexten gäller igen." in words(tree(page).xpath("//*[@role='status']")[0])
    assert stored() == (texts.default_text("new_message", "sv"), False)
    assert entries()[0] == ("text.reset", {"text": "new_message", "language": "sv"})
    assert "Återställ" not in page.text


def test_the_placeholders_are_listed_with_what_they_become(administrator):
    page = administrator.see(edit("account_activation"))
    said = words(tree(page).xpath("//*[@aria-labelledby='ifyllt']")[0])
    assert "{user_name} måste finnas med Kontots användarnamn. Till exempel: kund.demo" in said
    assert "{days} Hur länge länken gäller, i dagar. Till exempel: 7" in said
    assert "{support_phone} Supportens telefon. Till exempel: 010-516 63 03" in said


def test_a_colleagues_change_is_not_written_over_unseen(administrator):
    form = written(administrator.see(EDIT), body="Min text.")
    theirs = changed()
    answer = administrator.submit(form, "gor", "spara")
    assert answer.status_int == 422 and "Någon annan har ändrat texten" in alert(answer)
    assert stored()[0] == theirs and in_fields(answer)[1] == "Min text."
    assert "Ny text." in words(tree(answer).xpath("//*[@aria-labelledby='galler']")[0])
    assert administrator.submit(answer.forms["text-form"], "gor", "spara").status_int == 303
    assert stored()[0].body == "Min text."


def test_neither_a_preview_nor_a_refusal_lets_a_colleagues_change_go_unseen(administrator):
    form = written(administrator.see(EDIT), body="Min text.")
    theirs = changed()
    previewed = administrator.submit(form, "gor", "granska")
    refused = administrator.submit(written(previewed, subject=" "), "gor", "spara")
    assert "Någon annan har ändrat texten" in alert(refused) and stored()[0] == theirs
    form = written(administrator.see(EDIT), body="{namn}")
    refused = administrator.submit(form, "gor", "spara")
    assert "Det finns inget som heter" in alert(refused)
    theirs = changed(body="Ännu en.")
    refused = administrator.submit(written(refused, body="Min text."), "gor", "spara")
    assert "Någon annan har ändrat texten" in alert(refused) and stored()[0] == theirs


def test_a_colleagues_change_is_not_taken_back_unseen(administrator):
    changed()
    form = reset_form(administrator.see(EDIT))
    theirs = changed(body="Ännu en.")
    answer = administrator.submit(form, "gor", "aterstall")
    assert answer.status_int == 422 and stored() == (theirs, True)
    assert in_fields(answer)[1] == "Ännu en."


def test_a_text_or_language_that_is_not_there_has_no_page(administrator):
    nowhere = administrator.see("/not-there").body
    asked = ("", "?namn=new_message", "?sprak=sv", "?namn=x&sprak=sv", "?namn=new_message&sprak=de")
    for query in (
        *asked,
        "?namn=../../x&sprak=sv",
        "?namn:list=new_message&sprak:list=s",
        "?namn=%00&sprak=sv",
    ):
        answer = administrator.see(f"/texten{query}")
        assert (answer.status_int, answer.body) == (404, nowhere), query


@pytest.mark.wall
@pytest.mark.parametrize("who", ["ceper", "handlaggare", "beslutsfattare"])
def test_only_administrators_see_or_change_texts(visitor, administrator, who):
    person, before = visitor(who), stored()
    nowhere = person.see("/not-there").body
    fields = [*written(administrator.see(EDIT), subject="Min").submit_fields(), ("gor", "spara")]
    assert [person.see(address).body for address in (LIST, EDIT)] == [nowhere] * 2
    for deed in ("spara", "granska", "aterstall"):
        assert person.send("/texten", [*fields[:-1], ("gor", deed)]).status_int == 404
    assert LIST not in person.see("/start").text
    assert stored() == before and entries() == []


@pytest.mark.wall
def test_the_public_is_sent_to_the_login(visitor):
    before = stored()
    answers = (
        visitor().see(LIST),
        visitor().see(EDIT),
        visitor().send("/texten", {"namn": "new_message", "sprak": "sv", "gor": "spara", "body": "x"}),
    )
    assert all(answer.status_int == 302 and "/login" in answer.location for answer in answers)
    assert stored() == before


@pytest.mark.wall
@pytest.mark.parametrize("deed", ["spara", "granska", "aterstall"])
def test_a_forged_token_changes_nothing(administrator, deed):
    theirs = changed()
    other = administrator.see(edit("supplement_requested")).forms["text-form"]
    foreign = {name: other[name].value for name in ("creation_id", "kept", "form_token")}
    for token in ({"form_token": "0" * 64}, foreign):
        form = written(administrator.see(EDIT), body="Min text.", **token)
        answer = administrator.submit(form, "gor", deed)
        assert answer.status_int == 403 and "Sidan var för gammal" in alert(answer)
        assert not tree(answer).xpath("//*[@id='granskning']")
    kept = written(administrator.see(EDIT), body="Min text.")
    kept["kept"] = "0" * 16
    assert administrator.submit(kept, "gor", deed).status_int == 403
    assert stored() == (theirs, True)


@pytest.mark.wall
def test_a_page_that_is_read_writes_nothing(administrator, portal):
    before = portal._p_jar.db().lastTransaction()
    for address in (LIST, EDIT, f"{EDIT}&gor=spara&body=x&klart=spara"):
        assert administrator.see(address).status_int == 200
    assert portal._p_jar.db().lastTransaction() == before


def test_what_an_address_says_is_not_put_into_the_fields(administrator):
    page = administrator.see(f"{EDIT}&subject=Lurat&body=Lurat&gor=granska")
    assert "Lurat" not in " ".join(in_fields(page)) and not tree(page).xpath("//*[@id='granskning']")


@pytest.mark.parametrize("path", [LIST, EDIT])
def test_administrators_find_the_page_in_the_menu(administrator, path):
    page = administrator.see(path)
    assert [words(tab) for tab in tree(page).xpath("//nav//a[@aria-current='page']")] == ["Texter"]
