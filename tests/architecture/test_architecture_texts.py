"""What people read: message ids are English keys, their default text is the Swedish."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from tests.architecture.sources import files, modules, report, where

I18N = "{http://xml.zope.org/namespaces/i18n}"
KEY = re.compile(r"^[a-z][a-z0-9_.]*$")
NAMESPACES = (
    '<wrapper xmlns="http://www.w3.org/1999/xhtml" xmlns:tal="http://xml.zope.org/namespaces/tal"'
    ' xmlns:metal="http://xml.zope.org/namespaces/metal"'
    ' xmlns:i18n="http://xml.zope.org/namespaces/i18n">'
)
DECLARATION = re.compile(r"<\?xml[^>]*\?>|<!DOCTYPE[^>]*>", re.IGNORECASE)


def parsed(path: Path) -> etree._Element:
    """The tree of a template; a template need not be one element."""
    text = DECLARATION.sub("", path.read_text(encoding="utf-8"))
    parser = etree.XMLParser(recover=True, resolve_entities=False)
    return etree.fromstring(f"{NAMESPACES}{text}</wrapper>".encode(), parser)


def default_of(element: etree._Element) -> str:
    """The text that stands in the template, with ``${name}`` for named parts."""
    parts = [element.text or ""]
    for child in element:
        name = child.get(f"{I18N}name")
        parts += [f"${{{name}}}" if name else etree.tostring(child, encoding="unicode", with_tail=False)]
        parts.append(child.tail or "")
    return " ".join("".join(parts).split())


def template_messages() -> Iterator[tuple[str, str, str]]:
    """(place, message id, default) of everything translated in templates."""
    for path in files(".pt"):
        for element in parsed(path).iter(etree.Element):
            place = f"{where(path)}:{element.sourceline}"
            if f"{I18N}translate" in element.attrib:
                yield place, element.get(f"{I18N}translate"), default_of(element)
            for pair in filter(None, re.split(r"[;\n]", element.get(f"{I18N}attributes", ""))):
                name, _, key = pair.strip().partition(" ")
                yield place, key.strip(), element.get(name, "given by tal:attributes")


def literal(node: ast.expr) -> str:
    """A text that stands in the source, or the word "computed"."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else "computed"


def python_messages() -> Iterator[tuple[str, str, str]]:
    """(place, message id, default) of every ``_("key", default="...")``."""
    for module in modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_" and node.args:
                defaults = [word.value for word in node.keywords if word.arg == "default"]
                text = literal(defaults[0]) if defaults else ""
                yield f"{module.where}:{node.lineno}", literal(node.args[0]), text


def test_every_message_id_is_an_english_key():
    found = [f"{p} {key!r}" for p, key, _ in (*template_messages(), *python_messages()) if not KEY.match(key)]
    assert not found, report("A message id is lower case letters, digits, dots and underscores.", found)


def test_every_message_has_a_swedish_default():
    found = [f"{p} {key}" for p, key, text in (*template_messages(), *python_messages()) if not text.strip()]
    assert not found, report("The Swedish text stands where the message is used.", found)


def test_one_message_id_has_one_text():
    texts: dict[str, dict[str, str]] = {}
    for place, key, text in (*template_messages(), *python_messages()):
        if text not in {"computed", "given by tal:attributes"}:
            texts.setdefault(key, {})[" ".join(text.split())] = place
    found = [f"{key}: {by_text}" for key, by_text in texts.items() if len(by_text) > 1]
    assert not found, report("The same message id has the same default everywhere.", found)


def test_every_translated_template_names_the_domain():
    found = []
    for path in files(".pt"):
        text = path.read_text(encoding="utf-8")
        if "i18n:translate" in text and 'i18n:domain="sp.personcert"' not in text:
            found.append(where(path))
    assert not found, report('A template with texts says i18n:domain="sp.personcert".', found)
