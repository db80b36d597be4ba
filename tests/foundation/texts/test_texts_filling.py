"""Filling in: names in braces that are known, and nothing else."""

import pytest

from sp.personcert import _
from sp.personcert.foundation.texts import (
    COMMON,
    Placeholder,
    Text,
    TextGroup,
    TextKind,
    filled,
    paragraphs,
    unknown_placeholders,
)

NAME = Placeholder("user_name", _("heading_test", default="Prov"), "kund.demo")
KIND = TextKind("probe", _("heading_test", default="Prov"), TextGroup.LETTER, (NAME,))


def fill(body, **fields):
    """A body, filled in."""
    return filled(Text("", body, ""), fields).body


def test_a_name_in_braces_is_filled_in_everywhere(portal):
    text = filled(Text("Till {user_name}", "Hej {user_name}!", "Öppna {user_name}"), {"user_name": "kaj"})
    assert text == Text("Till kaj", "Hej kaj!", "Öppna kaj")


def test_what_the_settings_know_is_always_there(portal):
    body = "\n".join(f"{{{placeholder.name}}}" for placeholder in COMMON)
    assert fill(body).splitlines() == [
        "SP Personcertifiering",
        "support.person@sp.se",
        "010-516 63 03",
        "https://kundwebb.example.se/plone",
    ]


@pytest.mark.parametrize(
    "body",
    [
        "{nobody_knows}",
        "{}",
        "{ user_name }",
        "{user name}",
        "{0}",
        "{user_name",
        "user_name}",
        "{user_name!r}",
        "{user_name.__class__}",
        "{user_name[0]}",
        "{user_name:>99999999}",
        "%(user_name)s %s ${unknown}",
        "\\g<1> \\1",
    ],
)
def test_anything_else_in_braces_stays_as_it_is(portal, body):
    assert fill(body, user_name="kaj") == body


def test_double_braces_are_no_way_out(portal):
    assert fill("{{user_name}}", user_name="kaj") == "{kaj}"


def test_what_was_filled_in_is_not_looked_at_again(portal):
    assert fill("{user_name}{body_name}", user_name="{support_email} \\1") == (
        "{support_email} \\1SP Personcertifiering"
    )


def test_no_value_can_make_a_second_line_of_a_subject(portal):
    text = filled(Text("Till {user_name}", "", ""), {"user_name": "kaj\r\nBcc: other@example.se"})
    assert text.subject == "Till kaj Bcc: other@example.se"


def test_unknown_names_are_found_in_every_part_once():
    text = Text("{a}", "{user_name} {b} {a} {body_name}", "{c}")
    assert unknown_placeholders(KIND, text) == ("a", "c", "b")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Ett.", ("Ett.",)),
        ("Ett.\n\nTvå.", ("Ett.", "Två.")),
        ("Ett.\nsamma.\n \t\n\n\nTvå.\n\n", ("Ett.\nsamma.", "Två.")),
        (" \n\n ", ()),
        ("", ()),
    ],
)
def test_paragraphs_are_parted_by_empty_lines(body, expected):
    assert paragraphs(body) == expected


def test_a_long_text_of_spaces_takes_no_time():
    assert paragraphs(" \n" * 4000 + "\t" * 4000 + "x") == ("x",)
