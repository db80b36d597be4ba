"""Write which tests show which sentences of the customer handbook: ``make coverage-table``.

The numbers are read from the marks ``@pytest.mark.handbook("H12", ...)`` in the sources of the tests, without
running or importing them.
"""

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
TESTS = TOP / "tests"
TABLE = TOP / "docs" / "handbook-coverage.md"
NUMBER = re.compile(r"H[1-9]\d*")
HEAD = """\
# The handbook's sentences and their tests

Each sentence of the customer handbook has a number. A test that shows one carries it in its mark
`@pytest.mark.handbook("H12")`. Only numbers that a test carries stand here.

This page is made by `make coverage-table`; a test keeps it in step with the marks.

| sentence | tests |
| --- | --- |
"""


def marks(node: ast.AST) -> Iterator[ast.Call]:
    """Every call of ``pytest.mark.handbook`` in a piece of code."""
    for found in ast.walk(node):
        if isinstance(found, ast.Call) and getattr(found.func, "attr", "") == "handbook":
            yield found


def numbers(node: ast.AST, values: Mapping[str, ast.expr]) -> set[str]:
    """The numbers that an expression holds: written out, in a value that it names, or as a range."""
    found: set[str] = set()
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and NUMBER.fullmatch(part.value):
            found.add(part.value)
        elif isinstance(part, ast.Name) and part.id in values:
            rest = {name: value for name, value in values.items() if name != part.id}
            found |= numbers(values[part.id], rest)
        elif isinstance(part, ast.Call) and getattr(part.func, "id", "") == "range":
            found |= {f"H{number}" for number in range(*map(ast.literal_eval, part.args))}
    return found


def of_decorators(node: ast.FunctionDef | ast.ClassDef, values: Mapping[str, ast.expr]) -> set[str]:
    """The numbers that the decorators of a test or class carry, also through the parameters they name."""
    found: set[str] = set()
    for decorator in node.decorator_list:
        for mark in marks(decorator):
            found |= numbers(mark, values)
        for name in (part.id for part in ast.walk(decorator) if isinstance(part, ast.Name)):
            if name in values and any(marks(values[name])):
                found |= numbers(values[name], values)
    return found


def of_module(tree: ast.Module) -> Iterator[tuple[str, set[str]]]:
    """Name and numbers of each test of a module."""
    values = {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    shared: set[str] = set()
    for mark in marks(values.get("pytestmark", ast.Constant(None))):
        shared |= numbers(mark, values)
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield node.name, shared | of_decorators(node, values)
        elif isinstance(node, ast.ClassDef):
            of_class = shared | of_decorators(node, values)
            for method in node.body:
                if isinstance(method, ast.FunctionDef) and method.name.startswith("test_"):
                    yield f"{node.name}::{method.name}", of_class | of_decorators(method, values)


def covered() -> dict[str, list[str]]:
    """Number to the tests that carry it, in the order of the numbers."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted(TESTS.rglob("test_*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for name, carried in of_module(tree):
            for number in carried:
                found[number].append(f"{path.relative_to(TOP).as_posix()}::{name}")
    return dict(sorted(found.items(), key=lambda row: int(row[0][1:])))


def table() -> str:
    """The whole page."""
    rows = covered().items()
    return HEAD + "".join(
        f"| {number} | {'<br>'.join(f'`{name}`' for name in sorted(tests))} |\n" for number, tests in rows
    )


def main() -> int:
    """Write the page."""
    TABLE.parent.mkdir(exist_ok=True)
    TABLE.write_text(table(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
