"""A text as it will look."""

import pytest

from sp.personcert.foundation import mail, texts
from tests.portal.own_texts import (
    EDIT,
    MARKUP,
    edit,
    entries,
    in_fields,
    shown,
    stored,
    words_of,
    written,
)
from tests.reading import tree, words


def test_a_preview_is_what_is_sent_and_saves_nothing(administrator):
    before = stored()
    fields = {
        "subject": "Nytt från {body_name}",
        "body": f"Först.\n\nSen {MARKUP}\noch mer.",
        "link_text": "Gå in",
    }
    answer = administrator.submit(written(administrator.see(EDIT), **fields), "gor", "granska")
    assert answer.status_int == 200 and "Den är inte sparad." in words(answer)
    assert "Ämne: Nytt från SP Personcertifiering" in words(answer) and MARKUP not in answer.text
    letter = mail.Letter("x", ("Först.", f"Sen {MARKUP}\noch mer."), link_text="Gå in")
    sent = mail.compose("a@example.se", "sv", letter, "x")
    plain = texts.paragraphs(sent.get_body(("plain",)).get_content())
    assert shown(answer, "som-text") == ["".join(part.splitlines()) for part in plain]
    formatted = shown(answer, "som-html")
    assert formatted[:3] == ["Hej!", "Först.", f"Sen {MARKUP}och mer."] and formatted[3] == "Gå in"
    assert in_fields(answer) == (fields["subject"], fields["body"], fields["link_text"])
    assert stored() == before and entries() == []


def test_a_preview_can_be_saved(administrator):
    page = administrator.submit(written(administrator.see(EDIT), subject="Annat"), "gor", "granska")
    assert administrator.submit(page.forms["text-form"], "gor", "spara").status_int == 303
    assert stored()[0].subject == "Annat"


def test_a_preview_tells_what_nothing_is_filled_in_for(administrator):
    form = written(administrator.see(EDIT), body="Hej {namn} och {support_email}")
    answer = administrator.submit(form, "gor", "granska")
    assert "Det här finns det inget att fylla i: {namn}" in words(answer)
    assert "Hej {namn} och support.person@sp.se" in shown(answer, "som-text")


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_text_has_a_preview_of_itself(administrator, language):
    for kind in texts.kinds():
        page = administrator.see(edit(kind.name, language))
        answer = administrator.submit(page.forms["text-form"], "gor", "granska")
        body = texts.filled(
            texts.default_text(kind.name, language), {p.name: p.example for p in kind.placeholders}
        ).body
        said = " ".join(shown(answer, "som-html"))
        last = words_of(texts.paragraphs(body)[-1])
        assert answer.status_int == 200 and last in said, kind.name
        assert "{" not in said, kind.name


def test_the_frame_is_shown_around_a_notice(administrator):
    form = written(administrator.see(edit("mail_frame")), body="Tjena!\n\n{content}\n\nHej då")
    answer = administrator.submit(form, "gor", "granska")
    notice = texts.default_text("new_message", "sv")
    assert shown(answer, "som-html") == ["Tjena!", notice.body, notice.link_text, "Hej då"]


def test_a_message_in_a_case_has_one_form_alone(administrator):
    page = administrator.see(edit("supplement_reminder_message"))
    answer = administrator.submit(page.forms["text-form"], "gor", "granska")
    assert shown(answer, "som-html") and not tree(answer).xpath("//*[@id='som-text']")


@pytest.mark.wall
@pytest.mark.parametrize("typed", ["\0\x1b[31m", "\udcff", "a\r\nX: y", "å" * 10_000, "${1/0}", MARKUP])
def test_whatever_is_typed_is_shown_or_refused(administrator, typed):
    for deed in ("granska", "spara"):
        fields = written(administrator.see(EDIT)).submit_fields()
        fields = [(name, value) for name, value in fields if name not in ("subject", "body", "link_text")]
        sent = [(name, typed.encode("utf-8", "surrogatepass")) for name in ("subject", "body", "link_text")]
        answer = administrator.send("/texten", [*fields, *sent, ("gor", deed)])
        assert answer.status_int in (200, 303, 422), deed
        assert MARKUP not in answer.text
    assert "\n" not in stored()[0].subject and "\0" not in stored()[0].body
