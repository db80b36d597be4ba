"""Forms of a page, found by where they are sent."""

from typing import Any

import transaction
from webtest import TestResponse


def form_to(page: TestResponse, view: str, about: str = "") -> Any:
    """The first form that is sent to a view, of the content whose address holds ``about``."""
    return next(
        form for form in page.forms.values() if form.action.endswith(f"/@@{view}") and about in form.action
    )


def forms_to(page: TestResponse, view: str) -> list[Any]:
    """Every form that is sent to a view."""
    return [form for form in page.forms.values() if form.action.endswith(f"/@@{view}")]


def reread() -> None:
    """See what the visitors' requests have committed."""
    transaction.begin()
