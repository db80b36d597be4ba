"""The default texts: every kind has one in each language, whole and in the right words."""

from pathlib import Path

import pytest

from sp.personcert import _
from sp.personcert.foundation.texts import (
    COMMON,
    LANGUAGES,
    Text,
    TextGroup,
    TextKind,
    default_text,
    kind_of,
    kinds,
    unknown_placeholders,
)
from sp.personcert.foundation.texts.defaults import FOLDER, BadTextFile, parse
from sp.personcert.foundation.texts.filling import placeholders_in
from sp.personcert.foundation.texts.operations import LONGEST

TITLE = _("heading_test", default="Prov")
NOTICE = TextKind("probe", TITLE, TextGroup.NOTICE)
MESSAGE = TextKind("probe", TITLE, TextGroup.MESSAGE, has_subject=False, has_link=False)


def test_kinds_come_by_group_and_name(portal):
    found = [(kind.group, kind.name) for kind in kinds()]
    groups = list(TextGroup)
    assert found == sorted(found, key=lambda row: (groups.index(row[0]), row[1]))
    names = [name for _group, name in found]
    assert names[-1] == "mail_frame" and {"new_message", "account_activation"} < set(names)


def test_every_kind_is_registered_under_its_own_name(portal):
    assert [kind_of(kind.name) for kind in kinds()] == kinds()
    with pytest.raises(LookupError, match="joke"):
        kind_of("joke")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_default_text_could_have_been_written_by_an_administrator(portal, language):
    for kind in kinds():
        text = default_text(kind.name, language)
        assert unknown_placeholders(kind, text) == (), kind.name
        assert kind.required <= set(placeholders_in(Text("", text.body, ""))), kind.name
        assert bool(text.subject) == kind.has_subject and bool(text.link_text) == kind.has_link, kind.name
        assert all(len(getattr(text, field)) <= longest for field, longest in LONGEST.items()), kind.name


def test_the_languages_differ(portal):
    for kind in kinds():
        assert default_text(kind.name, "sv") != default_text(kind.name, "en"), kind.name


def test_both_languages_fill_in_the_same(portal):
    for kind in kinds():
        swedish, english = (set(placeholders_in(default_text(kind.name, one))) for one in LANGUAGES)
        assert swedish == english, kind.name


def test_an_unknown_language_is_swedish(portal):
    assert default_text("new_message", "de") == default_text("new_message", "sv")


def test_no_file_is_left_over(portal):
    expected = {f"{kind.name}.{language}.txt" for kind in kinds() for language in LANGUAGES}
    assert {path.name for path in Path(FOLDER).iterdir()} == expected


def test_every_placeholder_is_explained_and_has_an_example(portal):
    for placeholder in (*COMMON, *(one for kind in kinds() for one in kind.placeholders)):
        assert placeholder.description.default and placeholder.example


def test_a_file_has_a_head_an_empty_line_and_a_body():
    text = parse(NOTICE, "Subject: Ämne: ett\nLink: Hit\n\nFörsta.\n\nAndra.\n")
    assert text == Text("Ämne: ett", "Första.\n\nAndra.", "Hit")
    assert parse(MESSAGE, "Första.\n\nAndra.\n") == Text("", "Första.\n\nAndra.", "")


@pytest.mark.parametrize(
    "content",
    [
        "Subject: Ämne\n\nText.",
        "Link: Hit\nSubject: Ämne\n\nText.",
        "Subject: \nLink: Hit\n\nText.",
        "Subject: Ämne\nLink: Hit\n",
        "Text.",
    ],
)
def test_a_file_that_lacks_a_part_is_refused(content):
    with pytest.raises(BadTextFile):
        parse(NOTICE, content)
