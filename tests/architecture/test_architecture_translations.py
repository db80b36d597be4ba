"""The catalogues: in step with the sources, whole, and saying the same as the Swedish."""

import re

import pytest
from scripts import update_translations
from scripts.update_translations import ENGLISH, Unclear, catalogues, collect, read

from tests.architecture.sources import report, where

ENDS, SHORT = (".", ":", "?", "!"), "t.o.m."
VARIABLE = re.compile(r"\$\{(\w+)\}")


def test_every_message_has_one_swedish_text_that_can_be_read():
    assert collect()


def test_the_catalogues_are_in_step_with_the_sources():
    found = [
        where(path)
        for path, text in catalogues(collect()).items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    assert not found, report("Run make translations.", found)


def test_every_message_has_an_english_text():
    found = [key for key, entry in read(ENGLISH).items() if not entry.text.strip()]
    assert not found, report("Every message is translated.", found)


def test_english_names_what_the_swedish_names():
    found = [
        f"{key}: {entry.text}"
        for key, entry in read(ENGLISH).items()
        if sorted(VARIABLE.findall(entry.text)) != sorted(VARIABLE.findall(entry.default))
    ]
    assert not found, report("A translation keeps every ${variable}.", found)


def test_english_is_plain_text_in_english():
    wrong = re.compile(r"[<>åäöÅÄÖ]|\s\s|^\s|\s$|&\w+;")
    found = [f"{key}: {entry.text}" for key, entry in read(ENGLISH).items() if wrong.search(entry.text)]
    assert not found, report("A translation has no markup, no Swedish letter, no stray space.", found)


def test_english_ends_as_the_swedish_does():
    found = [
        f"{key}: {entry.text}"
        for key, entry in read(ENGLISH).items()
        if entry.default.endswith(ENDS) and entry.text[-1] != entry.default[-1]
        if not entry.default.endswith(SHORT)
    ]
    assert not found, report("A sentence stays a sentence, a label with a colon stays one.", found)


@pytest.fixture
def package(tmp_path, monkeypatch):
    """An empty package in place of ours."""
    monkeypatch.setattr(update_translations, "PACKAGE", tmp_path)
    monkeypatch.setattr(update_translations, "ENGLISH", tmp_path / "en.po")
    return tmp_path


def test_what_is_translated_stays_what_is_new_comes_in_and_what_is_gone_goes_out(package):
    template, english = package / "x.pt", package / "en.po"
    template.write_text('<p i18n:translate="kept">Kvar</p><p i18n:translate="gone">Borta</p>')
    english.write_text(catalogues(collect())[english])
    text = english.read_text().replace('msgid "kept"\nmsgstr ""', 'msgid "kept"\nmsgstr "Still \\"here\\""')
    english.write_text(text)
    template.write_text('<p i18n:translate="kept">Kvar</p><a title="Ny" i18n:attributes="title new">x</a>')
    english.write_text(catalogues(collect())[english])
    assert {key: entry.text for key, entry in read(english).items()} == {"kept": 'Still "here"', "new": ""}


def test_named_parts_of_a_page_become_variables(package):
    (package / "x.pt").write_text(
        '<p i18n:translate="hello">Hej\n  <b i18n:name="name">${python: 1 &lt; 2}</b>!</p>'
    )
    (package / "x.py").write_text('_("days", default="${days} " "dagar", mapping={"days": 2})\n_(OTHER)\n')
    assert {key: text.default for key, text in collect().items()} == {
        "days": "${days} dagar",
        "hello": "Hej ${name}!",
    }


@pytest.mark.parametrize(
    "source",
    [
        '<p i18n:translate="a">Ett</p><p i18n:translate="a">Annat</p>',
        '<p i18n:translate="a">Ett <b>ord</b></p>',
        '<p i18n:translate="a"></p>',
    ],
)
def test_two_texts_none_or_markup_are_refused(package, source):
    (package / "x.pt").write_text(source)
    with pytest.raises(Unclear, match="a: "):
        collect()
