"""How code is written: annotations, docstrings, marks, and words."""

import ast
import re
from collections.abc import Iterator

from tests.architecture.sources import (
    TOP,
    Function,
    Module,
    modules,
    modules_of_tests,
    project_files,
    report,
    where,
)

TYPED_LAYERS = {"domain", "operations"}
SILENCERS = ("TO" + "DO", "FIX" + "ME", "no" + "qa", "type: " + "ignore", "X" + "XX")
SKIPPERS = ("pytest.mark." + "skip", "pytest.mark." + "xfail", "pytest." + "skip(", "pytest." + "xfail(")
FOREIGN_WORDS = (
    "py" + "pi.org",
    "python" + "hosted",
    "registry." + "npm" + "js",
    "deb." + "debian",
    "/wo" + "rk/",
    "/ro" + "ot/",
    "/far" + "m/",
    "sub" + "agent",
    "language " + "model",
    "session" + " of the project",
    "ship" + "it",
)
TEXT_SUFFIXES = {
    ".py",
    ".pt",
    ".zcml",
    ".xml",
    ".md",
    ".toml",
    ".cfg",
    ".txt",
    ".sh",
    ".js",
    ".css",
    ".po",
    ".in",
    "",
}
PERSONNUMMER = re.compile(r"\b(?:19|20)?\d{6}[-+]?\d{4}\b")


def is_public(node: ast.AST) -> bool:
    """True for a name without a leading underscore."""
    return not node.name.startswith("_")


def public_functions(module: Module) -> Iterator[Function]:
    """Public functions of a module and public methods of its public classes."""
    for node in module.tree.body:
        if isinstance(node, Function) and is_public(node):
            yield node
        elif isinstance(node, ast.ClassDef) and is_public(node):
            yield from (n for n in node.body if isinstance(n, Function) and is_public(n))


def unannotated(function: Function) -> bool:
    """True when an argument or the return value has no annotation."""
    arguments = function.args
    named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    named += [extra for extra in (arguments.vararg, arguments.kwarg) if extra]
    missing = [a for a in named if a.annotation is None and a.arg not in {"self", "cls"}]
    return bool(missing) or function.returns is None


def must_be_typed(module: Module) -> bool:
    """Domain, operations and the foundation are read by everybody."""
    return module.feature == "foundation" or bool(TYPED_LAYERS.intersection(module.layers[:1]))


def test_domain_operations_and_foundation_are_annotated():
    found = [
        f"{module.where}:{function.lineno} {function.name}"
        for module in modules()
        if must_be_typed(module)
        for function in public_functions(module)
        if unannotated(function)
    ]
    assert not found, report("Every argument and return value is annotated here.", found)


def test_every_module_says_what_it_is():
    found = [m.where for m in modules() if m.text.strip() and not ast.get_docstring(m.tree)]
    assert not found, report("A module begins with a docstring.", found)


def test_public_functions_and_classes_have_docstrings():
    found = []
    for module in modules():
        nodes = [n for n in module.tree.body if isinstance(n, Function | ast.ClassDef) and is_public(n)]
        found += [f"{module.where}:{n.lineno} {n.name}" for n in nodes if not ast.get_docstring(n)]
    assert not found, report("A public function or class has a docstring.", found)


def test_nothing_is_silenced_or_left_undone():
    words = re.compile("|".join(rf"\b{re.escape(word)}\b" for word in SILENCERS))
    found = [
        f"{m.where}:{number} {line.strip()[:80]}"
        for m in (*modules(), *modules_of_tests())
        for number, line in enumerate(m.text.splitlines(), 1)
        if words.search(line) or any(word in line for word in SKIPPERS)
    ]
    assert not found, report("No mark silences a check, skips a test or leaves work undone.", found)


def test_the_project_speaks_of_itself_alone():
    found = []
    for path in project_files():
        if path.suffix not in TEXT_SUFFIXES:
            continue
        text = path.read_text(encoding="utf-8", errors="replace").lower()
        found += [f"{where(path)}: {word}" for word in FOREIGN_WORDS if word in text]
    assert not found, report("No registry host, machine path or word about how it was made.", found)


def test_package_and_profiles_hold_no_personnummer():
    found = [
        f"{m.where}:{number} {line.strip()[:80]}"
        for m in modules()
        if m.feature not in {"demo", "testing"}
        for number, line in enumerate(m.text.splitlines(), 1)
        if PERSONNUMMER.search(line)
    ]
    assert not found, report("A personnummer stands only in demo data, and there only test numbers.", found)


def test_tests_are_named_after_their_folder():
    found = []
    for module in modules_of_tests():
        folders = module.path.relative_to(TOP / "tests").parts[:-1]
        fitting = tuple(f"test_{folder}" for folder in folders)
        if folders and module.path.name.startswith("test_") and not module.path.name.startswith(fitting):
            found.append(module.where)
    assert not found, report("A test file is called test_<folder>_<module>.py.", found)
