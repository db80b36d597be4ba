"""Every view and service that the component registry knows, as plain rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zope.component import getGlobalSiteManager
from zope.interface.interfaces import IInterface
from zope.publisher.interfaces import IRequest

from sp.personcert.foundation.forms.form import Form
from sp.personcert.interfaces import IOwnView

LIST = Path(__file__).with_name("own_views.txt")


@dataclass(frozen=True, order=True)
class View:
    """One registration."""

    name: str
    context: str
    layer: str
    permission: str

    def __str__(self) -> str:
        return f"{self.name} | {self.context} | {self.layer} | {self.permission}"


def own_views() -> list[View]:
    """Our views and services."""
    return sorted({_row(found) for found in _views() if _is_ours(found.factory)})


def own_forms() -> list[View]:
    """Our views that take a form and write."""
    return sorted({_row(found) for found in _views() if issubclass(found.factory, Form)})


def listed() -> list[str]:
    """The committed rows: name, content, layer and permission of each view and service of ours."""
    return [line for line in LIST.read_text("utf-8").splitlines() if line and not line.startswith("#")]


def listed_permission(view: View) -> str | None:
    """The permission that the committed list gives a view; None when it is not there."""
    key = f"{view.name} | {view.context} | {view.layer} | "
    return next((row.removeprefix(key) for row in listed() if row.startswith(key)), None)


def own_views_on(content: Any) -> dict[str, View]:
    """Our views and services that the web reaches on a piece of content, by name."""
    rows = [found for found in _views() if _is_ours(found.factory) and _covers(found.required[0], content)]
    return {row.name: row for row in map(_row, rows) if row.layer != "ITaskQueueLayer"}


def stock_names(content: Any) -> list[str]:
    """Names of stock views and services that are registered for a class of content."""
    return sorted(
        {
            found.name
            for found in _views()
            if found.name
            and not IOwnView.implementedBy(found.factory)
            and _covers(found.required[0], content)
        }
    )


def _views() -> Iterator[Any]:
    for found in getGlobalSiteManager().registeredAdapters():
        if (
            len(found.required) == 2
            and found.required[1] is not None
            and IInterface.providedBy(found.provided)
        ):
            layer, is_class = found.required[1], isinstance(found.factory, type)
            if is_class and (layer.isOrExtends(IRequest) or IOwnView.implementedBy(found.factory)):
                yield found


def _is_ours(factory: type) -> bool:
    """A view of the package, not one that another test has registered."""
    modules = [base.__module__ for base in factory.__mro__]
    return IOwnView.implementedBy(factory) and any(name.startswith("sp.personcert.") for name in modules)


def _covers(required: Any, content: Any) -> bool:
    return required is None or bool(required.providedBy(content))


def _row(found: Any) -> View:
    protected = getattr(found.factory, "__ac_permissions__", ())
    permission = next((title for title, names in protected if "__call__" in names or "" in names), "public")
    return View(found.name, _short(found.required[0]), _short(found.required[1]), permission)


def _short(interface: Any) -> str:
    return interface.__name__ if interface is not None else "*"
