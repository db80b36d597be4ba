"""The project's own files, read once, for the tests of its shape."""

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
SRC = TOP / "src"
ROOT = SRC / "sp" / "personcert"
PACKAGE = "sp.personcert"
GENERATED = {
    ".installed.cfg",
    ".git",
    ".venv",
    "var",
    "parts",
    "bin",
    "develop-eggs",
    "eggs",
    "build",
    "dist",
}
CACHES = {
    "__pycache__",
    ".pytest_cache",
    ".ruff_cache",
    ".import_linter_cache",
    ".grimp_cache",
    ".hypothesis",
    "node_modules",
}

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """One Python file with its dotted name below src, or its path elsewhere."""

    path: Path
    name: str
    text: str
    tree: ast.Module

    @property
    def where(self) -> str:
        """The path as a reader would type it."""
        return str(self.path.relative_to(TOP))

    @property
    def feature(self) -> str:
        """The first-level package: ``cases`` of ``sp.personcert.cases.content``; "" at the root."""
        parts = self.name.split(".")
        return parts[2] if len(parts) > 2 else ""

    @property
    def layers(self) -> tuple[str, ...]:
        """What follows the feature: ``("browser", "thread")``."""
        return tuple(self.name.split(".")[3:])

    @property
    def lines(self) -> int:
        """Lines of the file."""
        return self.text.count("\n")

    def functions(self) -> list[Function]:
        """Every function and method."""
        return [node for node in ast.walk(self.tree) if isinstance(node, Function)]

    def classes(self) -> list[ast.ClassDef]:
        """Every class."""
        return [node for node in ast.walk(self.tree) if isinstance(node, ast.ClassDef)]


def dotted(path: Path) -> str:
    """The module name of a file below src."""
    parts = list(path.relative_to(SRC).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def read(path: Path, name: str) -> Module:
    """Parse one file."""
    text = path.read_text(encoding="utf-8")
    return Module(path, name, text, ast.parse(text))


@cache
def modules() -> tuple[Module, ...]:
    """Every module of the package."""
    return tuple(read(path, dotted(path)) for path in sorted(ROOT.rglob("*.py")))


@cache
def modules_of_tests() -> tuple[Module, ...]:
    """Every module below tests."""
    return tuple(read(path, str(path.relative_to(TOP))) for path in sorted((TOP / "tests").rglob("*.py")))


@cache
def files(*suffixes: str) -> tuple[Path, ...]:
    """Files of the package and its profiles with one of the suffixes, each once."""
    found = {path.resolve() for top in (ROOT, TOP / "profiles") for path in top.rglob("*")}
    return tuple(sorted(path for path in found if path.is_file() and path.suffix in suffixes))


def where(path: Path) -> str:
    """The path as a reader would type it."""
    return str(path.relative_to(TOP))


@cache
def project_files() -> tuple[Path, ...]:
    """Every file that belongs to the project, nothing that was made from it."""
    found: list[Path] = []
    folders = [TOP]
    while folders:
        for path in folders.pop().iterdir():
            if path.name in CACHES or path.name.endswith(".egg-info") or path.is_symlink():
                continue
            if path.parent == TOP and path.name in GENERATED:
                continue
            if path.is_dir():
                folders.append(path)
            else:
                found.append(path)
    return tuple(sorted(found))


def imports(module: Module) -> list[tuple[str, int]]:
    """Names that a module imports, with line numbers; ``from a import b`` gives ``a`` and ``a.b``."""
    names: list[tuple[str, int]] = []
    package = module.name.split(".")
    if module.path.name != "__init__.py":
        package = package[:-1]
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            names += [(alias.name, node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            source = ".".join([*above, *([node.module] if node.module else [])])
            names.append((source, node.lineno))
            names += [(f"{source}.{alias.name}", node.lineno) for alias in node.names]
    return names


def report(rule: str, found: list[str]) -> str:
    """The text of a failure: the rule, then what breaks it."""
    return "\n".join([rule, *(f"  {line}" for line in found)])
