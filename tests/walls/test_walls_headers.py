"""Headers of every answer of the site, whoever made it."""

from typing import Any

import pytest
import transaction
from plone import api

from sp.personcert.foundation.walls.headers import CONTENT_SECURITY_POLICY, EVERYWHERE
from tests.reading import address

STYLE = "/++plone++sp.personcert/kundwebb.css"
SCRIPT = "/++plone++sp.personcert/kundwebb.js"
STRICT = (
    *("/", "/login", "/register", "/kontrollera", "/sidor/startsida", "/start", "/made-up", "/sprak"),
    *("/kunder", "/kunder/made-up", "/arenden", "/@@sharing", "/++plone++sp.personcert/made-up.css"),
)
STOCK = ("/robots.txt", "/favicon.ico")
FRAMED = ("/sidor/folder_contents", "/sidor/startsida/edit", "/sidor/++add++Document")
STATIC = (STYLE, SCRIPT, "/++resource++plone-logo.svg", "/++plone++static/icons-bootstrap/x.svg")


def lacking(answer: Any) -> set[str]:
    """Headers that every answer has, and this one has not or has weaker."""
    told = {name.lower(): value for name, value in answer.headers.items()}
    wanted = EVERYWHERE | {"strict-transport-security": "max-age=31536000"}
    if told.get("x-frame-options") == "DENY":
        told["x-frame-options"] = EVERYWHERE["x-frame-options"]
    return {name for name, value in wanted.items() if told.get(name) != value}


@pytest.mark.wall
@pytest.mark.parametrize("user_name", ["", "ceper", "administrator"])
def test_every_answer_has_them(visitor: Any, user_name: str) -> None:
    """Stock 6.2.2 sends X-Frame-Options alone, and names Zope and Python in X-Powered-By."""
    person = visitor(user_name)
    for path in STRICT + STOCK + FRAMED + STATIC:
        for method in ("GET", "HEAD", "POST", "DELETE"):
            answer = person.ask(method, path)
            assert not lacking(answer), (method, path)
            assert {"Server", "X-Powered-By"}.isdisjoint(answer.headers)


@pytest.mark.wall
@pytest.mark.parametrize("user_name", ["", "ceper"])
def test_pages_and_errors_of_ours_are_strict_and_never_kept(visitor: Any, user_name: str) -> None:
    person = visitor(user_name)
    for path in STRICT:
        answer = person.see(path)
        assert answer.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY, path
        assert answer.headers["Cache-Control"] == "private, no-store", path
        assert answer.headers["X-Frame-Options"] == "DENY", path


@pytest.mark.wall
def test_what_rest_answers_has_them_too(visitor: Any) -> None:
    for user_name in ("", "ceper", "handlaggare"):
        for path in ("/@users", "/kunder/@types", "/start", ""):
            answer = visitor(user_name).see(path, headers={"Accept": "application/json"})
            assert not lacking(answer)
            assert answer.headers["Cache-Control"] == "private, no-store"


@pytest.mark.wall
def test_a_page_in_plones_frame_is_framed_by_the_site_alone(visitor: Any) -> None:
    person = visitor("administrator")
    for path in FRAMED:
        answer = person.see(path)
        assert answer.status_int == 200
        policy = answer.headers["Content-Security-Policy"].split("; ")
        assert policy == ["object-src 'none'", "base-uri 'self'", "frame-ancestors 'self'"]
        assert answer.headers["Cache-Control"] == "private, no-store"


@pytest.mark.wall
def test_only_style_sheets_scripts_and_pictures_of_packages_are_kept(visitor: Any) -> None:
    person = visitor("ceper")
    for path in STATIC:
        answer = person.see(path)
        assert answer.status_int == 200
        assert answer.headers["Cache-Control"].replace(" ", "").startswith("public,max-age=")
        assert "Set-Cookie" not in answer.headers
    for path in STOCK:
        assert person.see(path).headers["Cache-Control"] == "private, no-store"


@pytest.mark.wall
def test_a_static_answer_that_sets_a_cookie_is_not_kept(visitor: Any, monkeypatch: Any) -> None:
    """A shared cache would hand the cookie to the next person."""
    from plone.resource.file import FilesystemFile

    stock = FilesystemFile.__call__

    def with_cookie(self: Any, *arguments: Any) -> Any:
        self.request.response.setCookie("x", "1")
        return stock(self, *arguments)

    monkeypatch.setattr(FilesystemFile, "__call__", with_cookie)
    assert visitor().see(STYLE).headers["Cache-Control"] == "private, no-store"


@pytest.mark.wall
def test_a_document_shows_nothing_else(visitor: Any, customer: Any) -> None:
    """What views set themselves goes before: a download is a sandbox."""
    documents = [one for one in customer("ceper").objectValues() if one.portal_type.endswith("document")]
    answer = visitor("ceper").see(address(documents[0], "hamta"))
    assert answer.status_int == 200 and not lacking(answer)
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in visitor().see("/robots.txt").headers["Content-Security-Policy"]


@pytest.mark.wall
def test_only_a_site_with_https_promises_it(visitor: Any) -> None:
    api.portal.set_registry_record("sp.personcert.base_url", "http://127.0.0.1:8080/plone")
    transaction.commit()
    for path in ("/login", STYLE, "/made-up"):
        assert "Strict-Transport-Security" not in visitor().see(path).headers


@pytest.mark.wall
def test_what_fails_before_the_site_is_reached_has_them_too(visitor: Any) -> None:
    answer = visitor().see("/login?x:int=y")
    assert answer.status_int == 400
    assert lacking(answer) == {"strict-transport-security"}
    assert {"Server", "X-Powered-By"}.isdisjoint(answer.headers)
