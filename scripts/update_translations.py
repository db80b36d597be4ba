"""Bring the translations in step with the sources; ``make translations`` runs it.

A message id is an English key, and the Swedish text stands where the message is used. ``sp.personcert.pot``
lists what there is, and English is written into the ``sp.personcert.po`` of English:

- ids that are new come in without a text, those that are gone go out, what is translated stays;
- ids stand in alphabetical order, with the files that use them and without line numbers, so that a change
  of one text is a change of few lines;
- what a translator must look at is said at the end: texts that are missing, and texts whose Swedish changed.

Swedish has a catalogue as well, and it is empty: without one ``zope.i18n`` falls back to English.
"""

import ast
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

TOP = Path(__file__).resolve().parents[1]
PACKAGE = TOP / "src" / "sp" / "personcert"
DOMAIN = "sp.personcert"
TEMPLATE = PACKAGE / "locales" / f"{DOMAIN}.pot"
ENGLISH = PACKAGE / "locales" / "en" / "LC_MESSAGES" / f"{DOMAIN}.po"
SWEDISH = PACKAGE / "locales" / "sv" / "LC_MESSAGES" / f"{DOMAIN}.po"

I18N = "{http://xml.zope.org/namespaces/i18n}"
WRAPPER = (
    '<wrapper xmlns:tal="http://xml.zope.org/namespaces/tal"'
    ' xmlns:metal="http://xml.zope.org/namespaces/metal"'
    f' xmlns:i18n="{I18N.strip("{}")}">%s</wrapper>'
)
HEADER = """\
# {about}
# make translations keeps the ids in step with the sources; the Swedish stands in the sources.
msgid ""
msgstr ""
"Project-Id-Version: {domain}\\n"
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Domain: {domain}\\n"
"""
ENTRY = """\

{files}
#. Default: {default}
msgid {key}
msgstr {text}
"""


class Unclear(Exception):
    """The sources leave open what a message says; the text names every place."""


@dataclass(frozen=True)
class Found:
    """A message where it is used. ``default`` is "" when it cannot be read from the source."""

    key: str
    default: str
    file: str


@dataclass(frozen=True)
class Text:
    """A message id with its Swedish text and the files that use it."""

    default: str
    files: tuple[str, ...]


@dataclass(frozen=True)
class Entry:
    """What a catalogue says of an id: the Swedish that was translated, and the translation."""

    default: str
    text: str


def in_template(path: Path) -> Iterator[Found]:
    """What a page template translates: contents and attributes."""
    file = str(path.relative_to(PACKAGE))
    tree = etree.fromstring((WRAPPER % path.read_text(encoding="utf-8")).encode())
    for element in tree.iter(etree.Element):
        if f"{I18N}translate" in element.attrib:
            yield Found(element.get(f"{I18N}translate"), content(element), file)
        for pair in re.split(r"[;\n]", element.get(f"{I18N}attributes", "")):
            name, _, key = pair.strip().partition(" ")
            if name:
                yield Found(key.strip(), element.get(name, ""), file)


def content(element: etree._Element) -> str:
    """The text in an element, ``${name}`` for a named part; "" with markup that has no name."""
    parts = [element.text or ""]
    for child in element:
        name = child.get(f"{I18N}name")
        if name is None:
            return ""
        parts += [f"${{{name}}}", child.tail or ""]
    return " ".join("".join(parts).split())


def in_python(path: Path) -> Iterator[Found]:
    """Every ``_("key", default="...")``; a call that copies another message has no key of its own."""
    file = str(path.relative_to(PACKAGE))
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or getattr(node.func, "id", "") != "_" or not node.args:
            continue
        if isinstance(node.args[0], ast.Constant):
            default = next((word.value for word in node.keywords if word.arg == "default"), None)
            text = default.value if isinstance(default, ast.Constant) else ""
            yield Found(node.args[0].value, " ".join(text.split()), file)


def collect() -> dict[str, Text]:
    """Every message of the package by its id, in alphabetical order.

    :raises Unclear: when an id has two texts, or none that can be read.
    """
    found = [one for path in sorted(PACKAGE.rglob("*.pt")) for one in in_template(path)]
    found += [one for path in sorted(PACKAGE.rglob("*.py")) for one in in_python(path)]
    places: dict[str, dict[str, set[str]]] = {}
    for one in found:
        places.setdefault(one.key, {}).setdefault(one.default, set()).add(one.file)
    unclear = [
        f"{key}: {default!r} in {', '.join(sorted(files))}"
        for key, by_default in places.items()
        for default, files in by_default.items()
        if len(by_default) > 1 or not default
    ]
    if unclear:
        raise Unclear("\n".join(["A message has one text, without markup:", *sorted(unclear)]))
    return {
        key: Text(default, tuple(sorted(files)))
        for key in sorted(places)
        for default, files in places[key].items()
    }


def read(path: Path) -> dict[str, Entry]:
    """What a catalogue holds, by id; nothing while it does not exist."""
    blocks = path.read_text(encoding="utf-8").split("\n\n") if path.exists() else []
    entries = {}
    for block in blocks:
        values = {"#.": "", "msgid": "", "msgstr": ""}
        word = ""
        for line in block.splitlines():
            start, _, rest = line.partition(" ")
            word, rest = (word, line) if line.startswith('"') else (start, rest)
            if word in values:
                values[word] += json.loads(rest.removeprefix("Default: "))
        entries[values["msgid"]] = Entry(values["#."], values["msgstr"])
    entries.pop("", None)
    return entries


def written(texts: dict[str, Text], known: dict[str, Entry], language: str, about: str) -> str:
    """A whole catalogue."""
    parts = [HEADER.format(about=about, domain=DOMAIN, language=language)]
    for key, text in texts.items():
        files = "\n".join(f"#: {file}" for file in text.files)
        translation = known[key].text if key in known else ""
        parts.append(
            ENTRY.format(files=files, default=quoted(text.default), key=quoted(key), text=quoted(translation))
        )
    return "".join(parts)


def quoted(text: str) -> str:
    """A string of a catalogue; its escapes are those of JSON."""
    return json.dumps(text, ensure_ascii=False)


def catalogues(texts: dict[str, Text]) -> dict[Path, str]:
    """Every file of the translations as it should be."""
    return {
        TEMPLATE: written(texts, {}, "", f"Every text of {DOMAIN}."),
        ENGLISH: written(texts, read(ENGLISH), "en", f"The English of {DOMAIN}."),
        SWEDISH: written({}, {}, "sv", f"Empty, so that {DOMAIN} does not fall back to English."),
    }


def main() -> int:
    """Write the files, and say what a translator should look at."""
    try:
        texts = collect()
    except Unclear as problem:
        print(problem, file=sys.stderr)
        return 1
    before = read(ENGLISH)
    for path, content_of_file in catalogues(texts).items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content_of_file, encoding="utf-8")
    missing = [key for key in texts if key not in before or not before[key].text]
    changed = [key for key in texts if key in before and before[key].default != texts[key].default]
    print(f"Texts: {len(texts)}.")
    for label, keys in (("Without English", missing), ("Swedish changed, read the English again", changed)):
        if keys:
            print(f"{label}: {', '.join(keys)}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
