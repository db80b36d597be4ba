"""Business time comes from foundation/clock.py alone, so a test or the demo can move it."""

import ast

from tests.architecture.sources import Module, modules, report

MACHINE_CLOCK = {
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "time.time",
    "time.localtime",
    "time.gmtime",
    "time.strftime",
}
MAY_READ_IT = {
    "sp.personcert.foundation.clock": "is the clock",
    "sp.personcert.foundation.pdf": "a signature says when the machine made it",
}
MAY_MOVE_IT = {"foundation", "demo", "testing"}


def called(node: ast.AST) -> str:
    """``datetime.now`` of a call of ``datetime.now()`` or ``datetime.datetime.now()``; "" for others."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return ""
    owner = node.func.value
    name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
    return f"{name}.{node.func.attr}"


def may_read_the_machine_clock(module: Module) -> bool:
    """True for the listed modules and what lies below them."""
    return any(module.name == name or module.name.startswith(f"{name}.") for name in MAY_READ_IT)


def names_moved_to(node: ast.AST) -> bool:
    """True where ``moved_to`` is imported or reached."""
    if isinstance(node, ast.ImportFrom):
        return any(alias.name == "moved_to" for alias in node.names)
    return isinstance(node, ast.Attribute) and node.attr == "moved_to"


def test_only_the_clock_asks_the_machine_for_the_time():
    found = [
        f"{module.where}:{node.lineno} calls {called(node)}()"
        for module in modules()
        if not may_read_the_machine_clock(module)
        for node in ast.walk(module.tree)
        if called(node) in MACHINE_CLOCK
    ]
    assert not found, report("Use now() and today() of sp.personcert.foundation.clock.", found)


def test_only_the_demo_and_test_factories_move_the_clock():
    found = [
        f"{module.where}:{node.lineno}"
        for module in modules()
        if module.feature not in MAY_MOVE_IT
        for node in ast.walk(module.tree)
        if names_moved_to(node)
    ]
    assert not found, report("clock.moved_to belongs to the demo and the test factories.", found)
