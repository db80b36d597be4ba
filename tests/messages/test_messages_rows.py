"""Texts of messages as the page shows them: plain, with their line breaks."""

import pytest

from sp.personcert.messages.browser.rows import LINE_LENGTH, first_line, paragraphs
from sp.personcert.messages.domain import CHOSEN_BY_CUSTOMER, CHOSEN_BY_OFFICER, MessageType


@pytest.mark.handbook("H61")
def test_line_breaks_are_kept_and_empty_lines_part_paragraphs():
    assert paragraphs("Hej!\r\nTack.\r\n\r\nHälsningar\nCE") == (("Hej!", "Tack."), ("Hälsningar", "CE"))


@pytest.mark.parametrize("text", ["", "\n\n", "  \n \n"])
def test_an_empty_text_has_no_paragraph(text):
    assert paragraphs(text) == ()


def test_a_folded_row_shows_the_beginning_in_one_line():
    assert first_line("Hej!\n\nTack.") == "Hej! Tack."
    line = first_line("Bästa kund, " + "vi vill göra dig uppmärksam på detta " * 9)
    assert line.endswith(" …") and len(line) <= LINE_LENGTH + 2


@pytest.mark.handbook("H58", "H71")
def test_the_customer_chooses_among_the_handbooks_three_types():
    assert [kind.value for kind in CHOSEN_BY_CUSTOMER] == ["Notering", "Komplettering", "Uppgiftsändring"]


def test_nobody_chooses_a_type_that_only_the_system_or_a_decision_makes():
    assert not {MessageType.DECISION, MessageType.SUPPLEMENT_REMINDER} & set(CHOSEN_BY_OFFICER)
