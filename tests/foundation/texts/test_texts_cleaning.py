"""What people type, as it is stored."""

import pytest

from sp.personcert.foundation.texts import cleaned, one_line


@pytest.mark.wall
@pytest.mark.parametrize(
    ("typed", "text", "line"),
    [
        (" Ett.\r\n\r\nTvå.\rTre. ", "Ett.\n\nTvå.\nTre.", "Ett. Två. Tre."),
        ("Nytt\x00\x1b[31m\ttill", "Nytt  [31m till", "Nytt [31m till"),
        ("a\udcff\ud800b", "a  b", "a b"),
        ("a\x0b\x85b", "a  b", "a b"),
        ("a\u2028\u2029b", "a\u2028\u2029b", "a b"),
        (" \x00\n ", "", ""),
        ("Å – ”ö” 😀", "Å – ”ö” 😀", "Å – ”ö” 😀"),
    ],
)
def test_what_no_text_can_hold_becomes_a_space(typed, text, line):
    assert (cleaned(typed), one_line(typed)) == (text, line)
