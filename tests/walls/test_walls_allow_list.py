"""Deny by default: what is reachable is a committed list, and everything else answers 404."""

from typing import Any

import pytest
from plone import api

from sp.personcert.foundation.walls.allowed import STOCK_NAMES
from tests.reading import address

from .registered import listed, own_views, own_views_on, stock_names

REACHED_WITHOUT_FRAME = ("", "ceper", "handlaggare")


@pytest.mark.wall
def test_our_views_are_the_listed_ones(portal: Any) -> None:
    """Red when a view or service is added, removed, or gets another permission: look, then list it."""
    assert [str(view) for view in own_views()] == listed()


@pytest.mark.wall
def test_every_open_stock_name_has_a_reason() -> None:
    assert all(len(reason) > 10 for reason in STOCK_NAMES.values())
    assert len(STOCK_NAMES) <= 10


def names_on(content: Any) -> set[str]:
    """What Zope could find on content of ours: stock views, methods, and objects of the site and the root."""
    site = api.portal.get()
    attributes = {name for name in (*dir(content), *dir(site)) if not name.startswith("_")}
    found = {*stock_names(content), *attributes, *site.objectIds(), *site.aq_parent.objectIds()}
    return {name for name in found if "_application_json_" not in name} - {"REQUEST", *own_views_on(content)}


@pytest.mark.wall
@pytest.mark.parametrize("user_name", ["ceper", "handlaggare"])
def test_no_stock_name_answers_on_a_case(visitor: Any, drillers: Any, user_name: str) -> None:
    """Whoever reaches the case reaches our views on it and nothing else, by whatever name it comes."""
    person, names = visitor(user_name), names_on(drillers)
    assert len(names) > 500
    assert {name for name in names if person.see(f"{address(drillers)}/{name}").status_int != 404} == set()


@pytest.mark.wall
@pytest.mark.parametrize("kind", ["customer", "message", "document", "certificate", "certification_type"])
def test_no_stock_view_answers_on_our_types(visitor: Any, portal: Any, drillers: Any, kind: str) -> None:
    places = (drillers.__parent__, *drillers.objectValues(), *drillers.__parent__.objectValues())
    if kind == "certification_type":
        places = portal.certifieringstyper.objectValues()
    place = next(one for one in places if one.portal_type == f"sp.personcert.{kind}")
    for user_name in ("ceper", "administrator"):
        person = visitor(user_name)
        for name in {*stock_names(place), *place.__class__.__dict__} - {*own_views_on(place)}:
            assert person.see(f"{address(place)}/{name}").status_int == 404, name


@pytest.mark.wall
def test_nothing_is_served_through_our_content(visitor: Any, drillers: Any) -> None:
    person = visitor("ceper")
    for tail in ("sidor", "sidor/startsida", "start", "register", "plone/start", "acl_users/source_users"):
        assert person.see(f"{address(drillers)}/{tail}").status_int == 404, tail


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
