"""What is registered: every page names its permission and its layer, and lies beside its code."""

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from tests.architecture.sources import ROOT, SRC, files, report, where

BROWSER = "{http://namespaces.zope.org/browser}"
PLONE = "{http://namespaces.plone.org/plone}"
PUBLISHED = {f"{BROWSER}page", f"{BROWSER}pages", f"{BROWSER}view", f"{PLONE}service"}
LAYERS = {
    "sp.personcert.interfaces.IPersonCertLayer",
    "sp.personcert.foundation.taskqueue.interfaces.ITaskQueueLayer",
}


def elements() -> Iterator[tuple[Path, etree._Element]]:
    """Every directive of every ZCML file."""
    for path in files(".zcml"):
        for element in etree.parse(path).getroot().iter(etree.Element):
            yield path, element


def published() -> Iterator[tuple[Path, etree._Element]]:
    """The directives that give something an address."""
    for path, element in elements():
        if element.tag in PUBLISHED:
            yield path, element


def absolute(path: Path, name: str) -> str:
    """A dotted name that may begin with dots, as seen from its ZCML file."""
    bare = name.lstrip(".")
    up = len(name) - len(bare)
    if not up:
        return name
    package = list(path.parent.relative_to(SRC).parts)
    return ".".join([*package[: len(package) - up + 1], bare])


def test_every_page_names_its_permission():
    found = [f"{where(p)}:{e.sourceline} {e.get('name')}" for p, e in published() if not e.get("permission")]
    assert not found, report("A page or service states its permission.", found)


def test_every_page_is_on_our_layer():
    found = [
        f"{where(path)}:{element.sourceline} {element.get('name')}"
        for path, element in published()
        if absolute(path, element.get("layer") or "") not in LAYERS
    ]
    assert not found, report("A page or service is registered for one of our layers.", found)


def test_names_of_our_own_package_exist_as_files():
    found = []
    for path, element in elements():
        names = [element.get(key) for key in ("class", "factory", "handler") if element.get(key)]
        for name in (n for value in names for n in value.split()):
            target = absolute(path, name)
            if target.startswith("sp.personcert.") and not exists(target):
                found.append(f"{where(path)}:{element.sourceline} {name}")
    assert not found, report("What ZCML registers exists.", found)


def exists(name: str) -> bool:
    """True when a module of ours lies at the name or one or two steps above it."""
    parts = name.split(".")
    places = [SRC.joinpath(*parts[: len(parts) - n]) for n in (0, 1, 2)]
    return any(place.with_suffix(".py").exists() or (place / "__init__.py").exists() for place in places[:2])


def test_templates_lie_beside_their_zcml():
    found = []
    for path, element in elements():
        template = element.get("template")
        if template and not (path.parent / template).exists():
            found.append(f"{where(path)}:{element.sourceline} {template}")
    assert not found, report("A template lies in the folder of the ZCML that names it.", found)


def test_no_zcml_file_is_empty():
    found = [where(path) for path in files(".zcml") if not len(etree.parse(path).getroot())]
    assert not found, report("A ZCML file registers something.", found)


def test_every_folder_with_zcml_is_included():
    included = {
        path.parent / (element.get("package") or "").lstrip(".").replace(".", "/")
        for path, element in elements()
        if element.tag.endswith("}include") and (element.get("package") or "").startswith(".")
    }
    folders = {path.parent for path in files(".zcml") if path.name == "configure.zcml"} - {ROOT}
    found = [where(folder) for folder in sorted(folders) if folder not in included]
    assert not found, report("A folder's configure.zcml is included by the folder above it.", found)
