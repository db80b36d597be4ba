"""What a mail looks like."""

import re
from datetime import datetime

import pytest
from plone import api

from sp.personcert.foundation.clock import STOCKHOLM, moved_to
from sp.personcert.foundation.mail import Letter, compose, notice_letter
from sp.personcert.foundation.texts import LANGUAGES, Text, TextGroup, default_text, kinds, storage
from sp.personcert.foundation.texts.filling import placeholders_in

ADDRESS = "person.test@example.se"
LETTER = Letter("Ämne å ä ö", ("En mening & en till.", "Två rader\ni samma stycke."))


@pytest.fixture
def message(person):
    """A composed letter."""
    with moved_to(datetime(2026, 11, 24, 12, 0, tzinfo=STOCKHOLM)):
        return compose(ADDRESS, "sv", LETTER, "0b0c")


def parts(message):
    """Plain text and HTML."""
    return [message.get_body((kind,)).get_content() for kind in ("plain", "html")]


def test_headers_say_that_a_machine_wrote(message):
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Auto-Response-Suppress"] == "All"
    assert message["Message-ID"] == "<0b0c@kund.example.se>"
    assert message["Date"] == "Tue, 24 Nov 2026 12:00:00 +0100"
    assert (message["To"], message["Subject"]) == (ADDRESS, "Ämne å ä ö")
    assert message["Content-Language"] == "sv"


def test_the_sender_is_the_body_and_answers_go_to_the_support(message):
    assert message["From"].addresses[0].display_name == "SP Personcertifiering"
    assert message["Reply-To"] == "support.person@sp.se"


def test_both_texts_have_the_sentence_the_link_and_the_support(message):
    plain, html = parts(message)
    assert "En mening & en till." in plain and "En mening &amp; en till." in html
    for text in (plain, html):
        assert "https://kund.example.se/start" in text
        assert "support.person@sp.se" in text and "010-516 63 03" in text
    assert '<html lang="sv">' in html


def test_each_paragraph_is_a_paragraph_of_html(message):
    html = parts(message)[1]
    assert html.count("<p>") == html.count("</p>") == 6
    assert "<p>Två rader<br>\ni samma stycke.</p>" in html
    assert '<p><a href="https://kund.example.se/start">Logga in på Kundwebben</a></p>' in html


def test_an_address_is_written_so_that_html_keeps_it(person):
    letter = Letter("Ämne", ("Text.",), link='/valj?kod=1&b="2"')
    html = parts(compose(ADDRESS, "sv", letter, "0b0c"))[1]
    assert 'href="https://kund.example.se/valj?kod=1&amp;b=&quot;2&quot;"' in html


def test_the_plain_text_is_the_frame_around_the_letter(message):
    assert parts(message)[0].split("\n\n") == [
        "Hej!",
        "En mening & en till.",
        "Två rader\ni samma stycke.",
        "Logga in på Kundwebben:\nhttps://kund.example.se/start",
        "Det här brevet skickades automatiskt. Meddelanden läser och besvarar du på Kundwebben. "
        "Har du andra frågor? Skriv till support.person@sp.se eller ring 010-516 63 03.",
        "Vänliga hälsningar\nSP Personcertifiering\n",
    ]


def test_a_frame_of_the_sites_own_stands_around_what_the_letter_says(person):
    storage.keep(
        "mail_frame", "sv", Text("", "God dag!\nFörst {content} sedan {content}\n\n/{body_name}", "")
    )
    api.portal.set_registry_record("sp.personcert.body_name", "Organet {content} <b>")
    plain, html = parts(compose(ADDRESS, "sv", Letter("Ämne", ("{support_email}",)), "0b0c"))
    assert plain.startswith("God dag!\nFörst\n\n{support_email}\n\nLogga in på Kundwebben:\n")
    assert plain.endswith("sedan\n\n/Organet {content} <b>\n")
    assert "<p>/Organet {content} &lt;b&gt;</p>" in html


def test_english_for_who_chose_english(person):
    plain, html = parts(compose(ADDRESS, "en", LETTER, "0b0c"))
    assert plain.startswith("Hello,") and "Log in to the customer web" in html


def test_an_unknown_language_gets_swedish(person):
    message = compose(ADDRESS, "de", LETTER, "0b0c")
    assert parts(message)[0].startswith("Hej!") and message["Content-Language"] == "sv"


def test_a_line_break_cannot_make_a_header(person):
    with pytest.raises(ValueError, match="Header values"):
        compose(f"{ADDRESS}\nBcc: other@example.se", "sv", LETTER, "0b0c")


def test_one_notice_is_its_own_text(person):
    letter = notice_letter(["supplement_requested"], "sv")
    assert letter.subject == "Ditt ärende behöver kompletteras" and letter.link == "/start"
    assert letter.sentences == ("På Kundwebben står vad vi behöver från dig, och till när.",)


def test_several_notices_stand_under_a_common_subject(person):
    letter = notice_letter(["supplement_requested", "new_message"], "en")
    assert letter.subject == "There is news for you on the customer web"
    assert letter.sentences == (
        "Several things have happened in your cases:",
        "The customer web says what we need from you, and by when.",
        "There is a new message for you on the customer web.",
    )


@pytest.mark.handbook("H53", "H59")
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_notice_has_room_for_what_a_case_holds(person, language):
    notices = [kind for kind in kinds() if kind.group is TextGroup.NOTICE]
    assert {"new_message", "supplement_requested", "several_notices"} <= {kind.name for kind in notices}
    for kind in notices:
        text = default_text(kind.name, language)
        assert kind.placeholders == () and placeholders_in(text) == ()
        assert not re.search(r"[{}%$\d]", f"{text.subject}{text.body}{text.link_text}")
