"""What may stand in the fields of a new account."""

import pytest

from sp.personcert.accounts.domain.details import is_name, is_user_name
from sp.personcert.foundation.mail_addresses import is_mail_address


@pytest.mark.parametrize("text", ["anna", "c129289", "a-b_c.d", "9a", "x" * 50])
def test_plain_user_names_are_good(text):
    assert is_user_name(text)


@pytest.mark.parametrize("text", ["", "a", "Anna", "åsa", "a b", ".a", "a@b", "a\n", "a\x00", "x" * 51, "а1"])
def test_other_user_names_are_not(text):
    assert not is_user_name(text)


@pytest.mark.parametrize("text", ["Nya Demo", "Åsa-Li O'Demo", "李 Demo", "x" * 100])
def test_names_of_people_are_good(text):
    assert is_name(text)


@pytest.mark.parametrize("text", ["", " ", "a\nb", "a\x00", "a\u200bb", "a\u2028b", "x" * 101])
def test_names_are_one_line_without_hidden_signs(text):
    assert not is_name(text)


@pytest.mark.parametrize(
    "text", ["ny@example.se", "a.b+c@x-y.example.se", f"{'x' * 64}@example.se", "o'demo@example.se"]
)
def test_plain_addresses_are_good(text):
    assert is_mail_address(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ny",
        "ny@",
        "@example.se",
        "ny@localhost",
        "ny@example..se",
        "a..b@example.se",
        "ny @example.se",
        "ny@example.se\nBcc: x@example.se",
        "Ny <ny@example.se>",
        "ny@example.se,x@example.se",
        "åsa@example.se",
        "ny@exämple.se",
        f"{'x' * 65}@example.se",
        f"ny@{'x' * 64}.se",
        f"ny@{'x.' * 130}se",
    ],
)
def test_other_addresses_are_not(text):
    assert not is_mail_address(text)
