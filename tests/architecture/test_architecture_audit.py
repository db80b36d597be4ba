"""Whatever an operation writes leaves an entry in the audit (H178)."""

import ast
from collections.abc import Iterator
from functools import cache

import pytest

from tests.architecture.sources import PACKAGE, Function, Module, modules, report

RECORDS = {f"{PACKAGE}.foundation.audit.{name}" for name in ("record", "erase_details")}
WITHOUT_ENTRY = {
    "accounts.operations.links.make_link": "part of a letter that was asked for, which is recorded",
    "accounts.operations.letters.queue_letter": "part of what asks for a link: recorded there",
    "accounts.operations.logging_in.drop_session": "part of logging in and out: recorded there",
    "accounts.operations.logging_in.keep_session": "part of logging in: recorded there",
    "accounts.operations.logging_in.pending_of": "reads a cookie",
    "accounts.operations.logging_in.use_code": "part of the second step: recorded there",
    "accounts.operations.logging_in.wait_for": "a cookie of the browser, nothing in the database",
    "accounts.operations.passwords.store": "PasswordStored leads to tell_owner, which records",
    "accounts.operations.second_factor.begin_enrolment": "reads only",
    "accounts.operations.setting_up.set_up": "installation, before there is anybody",
    "accounts.operations.setting_up.take_down": "uninstallation, when the trail has ended",
    "cases.operations.arm": "part of asking for a supplement: recorded there",
    "cases.operations.disarm": "part of taking a request back: recorded there",
    "cases.operations.handle": "part of handling: recorded by the operation that handles",
    "cases.operations.mark_message": "part of sending a message: recorded there",
    "cases.operations.mark_notified": "part of MEDDELA OSS: recorded there",
    "cases.operations.move": "part of taking, proposing and deciding: recorded there",
    "cases.operations.refile": "work lists follow what is recorded",
    "cases.operations.settle_notice": "part of judging: recorded there",
    "certificates.operations.face": "reads only",
    "certification_types.operations.make_folder": "installation, before there is anybody",
    "customers.operations.addresses.checked": "reads only",
    "customers.operations.opening.make_folder": "installation, before there is anybody",
    "customers.operations.opening.normalized": "reads only",
    "documents.operations.suitable_format": "reads only",
    "messages.operations.drop_draft": "what was not sent is the writer's own",
    "messages.operations.is_customer": "reads only",
    "messages.operations.keep_draft": "what was not sent is the writer's own",
    "postal_letters.operations.put": "the way of a notice; what it tells of is recorded",
    "public_register.operations.enter": "the register follows the certificate, which is recorded",
    "public_register.operations.enter_all": "the register follows the certificates and the customer",
    "reminders.operations.plan": "the plan follows what is recorded",
    "reminders.operations.queue_due": "what it queues records what is sent",
    "reminders.operations.replan": "the plan follows what is recorded",
    "reminders.operations.replan_all": "the plan follows what is recorded",
    "supplements.operations.resume": "part of taking a case: recorded there",
}


def public_operations() -> Iterator[str]:
    """The dotted name of every public function of every feature's operations, after the package."""
    for module in modules():
        if module.layers[:1] == ("operations",) and module.feature != "demo":
            for node in module.tree.body:
                if isinstance(node, Function) and not node.name.startswith("_"):
                    yield f"{module.name.removeprefix(PACKAGE + '.')}.{node.name}"


@cache
def names_in(module: Module) -> dict[str, str]:
    """What a name stands for in a module: imports, and the module's own functions and classes."""
    package = module.name.split(".")
    if module.path.name != "__init__.py":
        package = package[:-1]
    names = {node.name: f"{module.name}.{node.name}" for node in module.tree.body if hasattr(node, "name")}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            source = ".".join([*above, *([node.module] if node.module else [])])
            names |= {alias.asname or alias.name: f"{source}.{alias.name}" for alias in node.names}
    return names


def called_in(module: Module, function: ast.AST) -> set[str]:
    """The dotted names of what a function calls."""
    found, names = set(), names_in(module)
    for node in ast.walk(function):
        if isinstance(node, ast.Call):
            steps, place = [], node.func
            while isinstance(place, ast.Attribute):
                steps, place = [place.attr, *steps], place.value
            if isinstance(place, ast.Name) and place.id in names:
                found.add(".".join([names[place.id], *steps]))
    return found


@cache
def calls() -> dict[str, set[str]]:
    """Dotted name of each function → what it calls. A package's own names lead to where they are made."""
    found: dict[str, set[str]] = {}
    for module in modules():
        for node in module.tree.body:
            if isinstance(node, Function):
                found[f"{module.name}.{node.name}"] = called_in(module, node)
        if module.path.name == "__init__.py":
            aliases = names_in(module).items()
            found |= {f"{module.name}.{name}": {target} for name, target in aliases if target != name}
    return found


def leaves_an_entry(name: str, seen: set[str]) -> bool:
    """Whether a function records, by itself or through what it calls."""
    if name in RECORDS:
        return True
    new = calls().get(name, set()) - seen
    seen |= new
    return any(leaves_an_entry(one, seen) for one in new)


@pytest.mark.handbook("H178")
def test_every_operation_leaves_an_entry_or_has_a_reason():
    operations = list(public_operations())
    assert len(operations) > 30
    found = [
        name
        for name in operations
        if name not in WITHOUT_ENTRY and not leaves_an_entry(f"{PACKAGE}.{name}", set())
    ]
    assert not found, report("An operation that writes records it, or has a reason.", found)


def test_every_reason_belongs_to_an_operation_that_leaves_no_entry():
    operations = set(public_operations())
    found = [
        name
        for name in WITHOUT_ENTRY
        if name not in operations or leaves_an_entry(f"{PACKAGE}.{name}", set())
    ]
    assert not found, report("The list of reasons holds no more than it must.", found)
