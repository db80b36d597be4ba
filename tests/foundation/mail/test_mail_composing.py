"""What a letter looks like."""

import re
from datetime import datetime

import pytest

from sp.personcert.foundation.clock import STOCKHOLM, moved_to
from sp.personcert.foundation.mail import Letter, NoticeKind, compose
from sp.personcert.foundation.mail.texts import NOTICES

ADDRESS = "person.test@example.se"
LETTER = Letter("Ämne å ä ö", ("En mening & en till.",))


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


def test_english_for_who_chose_english(person):
    plain, html = parts(compose(ADDRESS, "en", LETTER, "0b0c"))
    assert plain.startswith("Hello,") and "Log in to the customer web" in html


def test_an_unknown_language_gets_swedish(person):
    assert parts(compose(ADDRESS, "de", LETTER, "0b0c"))[0].startswith("Hej!")


def test_a_line_break_cannot_make_a_header(person):
    with pytest.raises(ValueError, match="Header values"):
        compose(f"{ADDRESS}\nBcc: other@example.se", "sv", LETTER, "0b0c")


@pytest.mark.handbook("H53", "H59")
@pytest.mark.parametrize("kind", NoticeKind)
def test_no_notice_has_room_for_what_a_case_holds(kind):
    texts = NOTICES[kind]
    assert set(texts) == {"sv", "en"}
    for text in texts.values():
        assert not re.search(r"[{}%$\d]", text.subject + text.sentence)
