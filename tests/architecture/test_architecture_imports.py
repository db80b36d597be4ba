"""Who may know whom: the import contracts, and the rules that they cannot say."""

import subprocess
import sys
from pathlib import Path

from tests.architecture.sources import PACKAGE, ROOT, TOP, Module, imports, modules, report

PRIVATE_LAYERS = {"storage", "browser", "restapi", "tasks", "subscribers"}
PLATFORM = {
    "zope",
    "plone",
    "Products",
    "ZODB",
    "BTrees",
    "persistent",
    "transaction",
    "AccessControl",
    "OFS",
}
FORBIDDEN_NAMES = {"utils", "util", "common", "helpers", "helper", "base", "misc", "lib", "tools"}
SHARED = {"", "foundation"}


def private_imports(module: Module) -> list[str]:
    """Imports of another feature's private layers."""
    found = []
    for name, line in imports(module):
        parts = name.split(".")
        if parts[:2] != PACKAGE.split(".") or len(parts) < 4:
            continue
        other, layer = parts[2], parts[3]
        if other not in SHARED | {module.feature} and layer in PRIVATE_LAYERS:
            found.append(f"{module.where}:{line} imports {name}")
    return sorted(set(found))


def is_domain(module: Module) -> bool:
    """True for the plain-Python layer of a feature."""
    return module.layers[:1] == ("domain",)


def test_import_contracts_hold():
    """In a process of its own: the linter turns off the loggers that exist."""
    linter = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run([linter, "--no-cache"], cwd=TOP, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout


def test_no_feature_imports_another_features_private_layers():
    found = [line for module in modules() for line in private_imports(module)]
    assert not found, report(
        "Another feature is used through operations, queries, content, domain, events.", found
    )


def test_domain_is_plain_python():
    found = [
        f"{module.where}:{line} imports {name}"
        for module in modules()
        if is_domain(module)
        for name, line in imports(module)
        if name.split(".")[0] in PLATFORM
    ]
    assert not found, report("A domain module imports neither Zope nor Plone.", found)


def test_the_project_does_not_import_its_scripts_or_tests():
    found = [
        f"{module.where}:{line} imports {name}"
        for module in modules()
        for name, line in imports(module)
        if name.split(".")[0] in {"scripts", "tests", "pytest"} and module.feature != "testing"
    ]
    assert not found, report("The package stands alone.", found)


def test_names_say_what_a_thing_is():
    found = [str(p.relative_to(TOP)) for p in ROOT.rglob("*") if p.stem in FORBIDDEN_NAMES]
    assert not found, report(f"No file or folder is called {', '.join(sorted(FORBIDDEN_NAMES))}.", found)


def test_every_python_folder_is_a_package():
    folders = {module.path.parent for module in modules()}
    found = [
        str(folder.relative_to(TOP)) for folder in sorted(folders) if not (folder / "__init__.py").exists()
    ]
    assert not found, report("A folder with modules has an __init__.py.", found)
