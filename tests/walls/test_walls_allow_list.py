"""Deny by default: what is reachable is a committed list, and everything else answers 404."""

from pathlib import Path
from typing import Any

import pytest

from sp.personcert.foundation.walls.allowed import STOCK_NAMES

from .registered import own_views, stock_names

LIST = Path(__file__).with_name("own_views.txt")
REACHED_WITHOUT_FRAME = ("", "ceper", "handlaggare")


def listed() -> list[str]:
    """The committed rows: name, content, layer and permission of each view and service of ours."""
    return [line for line in LIST.read_text("utf-8").splitlines() if line and not line.startswith("#")]


@pytest.mark.wall
def test_our_views_are_the_listed_ones(portal: Any) -> None:
    """Red when a view or service is added, removed, or gets another permission: look, then list it."""
    assert [str(view) for view in own_views()] == listed()


@pytest.mark.wall
def test_every_open_stock_name_has_a_reason() -> None:
    assert all(len(reason) > 10 for reason in STOCK_NAMES.values())


@pytest.mark.wall
@pytest.mark.parametrize("user_name", REACHED_WITHOUT_FRAME)
@pytest.mark.parametrize("place", ["", "/sidor", "/sidor/startsida"])
def test_no_other_stock_view_answers(portal: Any, visitor: Any, user_name: str, place: str) -> None:
    person = visitor(user_name)
    content = portal.unrestrictedTraverse(place.strip("/")) if place else portal
    names = [name for name in stock_names(content) if "_application_json_" not in name]
    assert len(names) > 20
    opened = {}
    for name in names:
        if name in STOCK_NAMES:
            continue
        response = person.see(f"{place}/@@{name}")
        if response.status_int not in (302, 404) or "came_from" not in response.headers.get(
            "Location", "came_from"
        ):
            opened[name] = response.status_int
    assert opened == {}


@pytest.mark.wall
@pytest.mark.parametrize("user_name", REACHED_WITHOUT_FRAME)
def test_no_rest_service_answers(visitor: Any, user_name: str) -> None:
    person = visitor(user_name)
    for service in ("", "@users", "@types", "@search", "@vocabularies", "@querystring", "@actions", "@login"):
        for method in ("GET", "POST", "PATCH", "DELETE"):
            response = person.ask(method, f"/{service}", {"Accept": "application/json"})
            assert response.status_int in (401, 404), (service, method, response.status_int)
