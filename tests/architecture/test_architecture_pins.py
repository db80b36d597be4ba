"""One list of versions: what is installed is what constraints.txt says."""

import re
import sys
from importlib.metadata import distributions, packages_distributions

from tests.architecture.sources import TOP, imports, modules, report

OURS = "sp-personcert"


def normal(name: str) -> str:
    """A distribution's name as registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pinned() -> dict[str, str]:
    """constraints.txt as name to version."""
    lines = (TOP / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.split("==") for line in lines if line and not line.startswith("#")]
    return {normal(name): version for name, version in pairs}


def closure(name: str, known: dict[str, list[str]], seen: set[str]) -> set[str]:
    """Everything that installing a distribution brings."""
    if name not in seen:
        seen.add(name)
        for needed in known.get(name, []):
            closure(needed, known, seen)
    return seen


def requirements() -> dict[str, list[str]]:
    """What each installed distribution needs, extras left out."""
    found: dict[str, list[str]] = {}
    for one in distributions():
        lines = [line for line in one.requires or [] if "extra ==" not in line]
        found[normal(one.name)] = [normal(re.split(r"[^A-Za-z0-9._-]", line)[0]) for line in lines]
    return found


def test_what_is_installed_is_what_is_pinned():
    pins = pinned()
    found = [
        f"{one.name} {one.version}, pinned {pins.get(normal(one.name), 'nowhere')}"
        for one in distributions()
        if normal(one.name) != OURS and pins.get(normal(one.name)) != one.version
    ]
    assert not found, report("Install with constraints.txt, or pin what is new.", sorted(found))


def test_pins_are_sorted_and_exact():
    lines = (TOP / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert lines == sorted(lines, key=str.lower), "constraints.txt is sorted without regard to case."
    found = [line for line in lines if not re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!]+", line)]
    assert not found, report("A pin is name==version.", found)
    local = [line for line in lines if "+" in line]
    assert not local, report("A pin is a public version.", local)


def test_what_the_package_imports_is_declared():
    brought = closure(OURS, requirements(), set())
    owners = packages_distributions()
    found = set()
    for module in modules():
        for name, _ in imports(module):
            top = name.split(".")[0]
            if top in sys.stdlib_module_names or top == "sp" or module.feature == "testing":
                continue
            if not brought.intersection(normal(owner) for owner in owners.get(top, [])):
                found.add(f"{module.where} imports {top}")
    assert not found, report("setup.py declares what the package imports.", sorted(found))
