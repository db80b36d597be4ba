"""What the documentation says of itself: its links lead somewhere, its generated page is in step."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from scripts import handbook_coverage

from tests.architecture.sources import ROOT, TOP, project_files, report, where

LINK = re.compile(r"\[(?P<text>[^\]]*)\]\((?P<target>[^)\s]+)\)")
CODE = re.compile(r"```.*?```|~~~.*?~~~", re.DOTALL)
CODE_NAME = re.compile(r"`[\w.]+`")
VARIABLE = re.compile(r"\bSP_[A-Z_]*[A-Z]\b")


def pages() -> list[Path]:
    """Every page of the project."""
    return [path for path in project_files() if path.suffix == ".md"]


def links() -> Iterator[tuple[Path, str, Path]]:
    """(page, text, file) of every relative link."""
    for page in pages():
        for found in LINK.finditer(CODE.sub("", page.read_text(encoding="utf-8"))):
            target = found["target"].partition("#")[0]
            if target and "://" not in target and not target.startswith("mailto:"):
                yield page, found["text"], page.parent / target


def defined(path: Path) -> set[str]:
    """The names that a module defines, with the methods of its classes."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names |= {target.id for target in targets if isinstance(target, ast.Name)}
    return names


def test_every_relative_link_leads_somewhere():
    found = [f"{where(page)}: {target}" for page, _, target in links() if not target.exists()]
    assert not found, report("A relative link leads to a file of the project.", found)


def test_a_link_to_code_names_what_the_file_defines():
    found = [
        f"{where(page)}: {text} is not in {target.name}"
        for page, text, target in links()
        if target.suffix == ".py" and target.exists() and CODE_NAME.fullmatch(text)
        if text.strip("`").rpartition(".")[2] not in {*defined(target), target.stem, "py"}
    ]
    assert not found, report("A link to a function or class is renamed along with it.", found)


def test_every_page_of_docs_stands_in_the_index():
    index = TOP / "docs" / "index.md"
    listed = {target.resolve() for page, _, target in links() if page == index}
    found = [where(page) for page in pages() if (TOP / "docs") in page.parents and page not in listed]
    assert found in ([], [where(index)]), report("docs/index.md lists every page.", found)


def test_every_variable_of_the_environment_is_explained():
    operations = (TOP / "docs" / "operations.md").read_text(encoding="utf-8")
    sources = [path for top in (ROOT, TOP / "scripts") for path in sorted(top.rglob("*.py"))]
    found = {name for path in sources for name in VARIABLE.findall(path.read_text(encoding="utf-8"))}
    missing = sorted(found - set(VARIABLE.findall(operations)))
    assert not missing, report("docs/operations.md explains what the environment may hold.", missing)


def test_the_handbook_table_is_in_step():
    written = handbook_coverage.TABLE.read_text(encoding="utf-8")
    assert written == handbook_coverage.table(), "Run make coverage-table."
