"""Small pieces: the limits of CONTRIBUTING.md, section Style."""

from statistics import median

from tests.architecture.sources import Module, files, modules, modules_of_tests, report, where

MODULE = 300
MODULE_MEDIAN = 80
FUNCTION = 40
TEST_FUNCTION = 30
CLASS = 200
ZCML = 120
TEMPLATE = 150


def long_nodes(module: Module, nodes: list, limit: int) -> list[str]:
    """Functions or classes of a module with more lines than the limit, their decorators not counted."""
    sizes = [(node.end_lineno - node.lineno + 1, node) for node in nodes]
    return [f"{module.where}:{node.lineno} {node.name}: {n} lines" for n, node in sizes if n > limit]


def long_files(suffix: str, limit: int) -> list[str]:
    """Files with more lines than the limit."""
    sizes = [(len(path.read_text(encoding="utf-8").splitlines()), path) for path in files(suffix)]
    return [f"{where(path)}: {n} lines" for n, path in sizes if n > limit]


def test_no_module_is_long():
    found = [f"{m.where}: {m.lines} lines" for m in (*modules(), *modules_of_tests()) if m.lines > MODULE]
    assert not found, report(f"A module has at most {MODULE} lines.", found)


def test_most_modules_are_short():
    sizes = [module.lines for module in modules() if module.lines]
    assert median(sizes) <= MODULE_MEDIAN, (
        f"The median module has {median(sizes)} lines; {MODULE_MEDIAN} at most."
    )


def test_no_function_is_long():
    found = [line for m in modules() for line in long_nodes(m, m.functions(), FUNCTION)]
    assert not found, report(f"A function has at most {FUNCTION} lines.", found)


def test_no_test_is_long():
    found = [line for m in modules_of_tests() for line in long_nodes(m, m.functions(), TEST_FUNCTION)]
    assert not found, report(f"A test or fixture has at most {TEST_FUNCTION} lines.", found)


def test_no_class_is_long():
    found = [line for m in (*modules(), *modules_of_tests()) for line in long_nodes(m, m.classes(), CLASS)]
    assert not found, report(f"A class has at most {CLASS} lines.", found)


def test_no_zcml_file_is_long():
    found = long_files(".zcml", ZCML)
    assert not found, report(f"A ZCML file has at most {ZCML} lines.", found)


def test_no_template_is_long():
    found = long_files(".pt", TEMPLATE)
    assert not found, report(f"A template has at most {TEMPLATE} lines.", found)
