"""One answer for what is not there, not yours, and not for your role."""

from base64 import b64encode
from typing import Any
from urllib.parse import urlencode

import pytest

from sp.personcert.demo.people import PASSWORD
from sp.personcert.messages import queries as messages

MADE_UP = "0" * 32
VIEWS = (
    "",
    "/view",
    "/@@meddelanden",
    "/@@arkiv",
    "/@@din-adress",
    "/@@ladda-upp-intyg",
    "/@@ladda-upp?plats=welding",
    "/@@meddela-oss",
    "/@@nytt-meddelande",
    "/@@handlaggning",
    "/@@tentamen",
    "/@@beslut",
    "/@@bevilja",
    "/@@title",
    "/@@description",
    "/@@sharing",
    "/absolute_url",
    "/getId",
    "/manage_main",
    "/content_status_modify?workflow_action=take",
    "/@@historyview",
    "/@@images",
    "/@@download",
    "/folder_contents",
    "/require_login",
    "/@@missing",
)
METHODS = ("POST", "HEAD", "PROPFIND", "PUT", "DELETE", "OPTIONS", "MKCOL", "LOCK")
DULL = {"Date", "Content-Length", "Set-Cookie"}


def told(response: Any) -> tuple[int, bytes, tuple[tuple[str, str], ...]]:
    """Everything of an answer that could tell something."""
    headers = sorted((name, value) for name, value in response.headers.items() if name not in DULL)
    return response.status_int, response.body, tuple(headers)


@pytest.fixture
def addresses(case: Any, customer: Any) -> list[str]:
    """Ceper's customer, case, thread, documents and certificate."""
    ceper, found = customer("ceper"), case("ceper", "brunnsborrare")
    thread = messages.threads(found)[0].message
    inside = [ceper, found, thread, *(child for child in ceper.objectValues())]
    return ["/".join(content.getPhysicalPath()) for content in inside]


@pytest.mark.wall
@pytest.mark.parametrize("user_name", ["enkel", "tom", "administrator"])
def test_what_is_not_yours_is_not_there(visitor: Any, addresses: Any, user_name: str) -> None:
    person = visitor(user_name)
    nothing = told(person.see(f"/kunder/{MADE_UP}"))
    assert nothing[0] == 404
    for address in addresses:
        for view in VIEWS:
            assert told(person.see(address + view)) == nothing, address + view
    assert told(person.see("/kunder")) == nothing
    assert told(person.see(f"/kunder/{MADE_UP}/{MADE_UP}/@@arkiv")) == nothing


@pytest.mark.wall
@pytest.mark.parametrize("user_name", ["enkel", "administrator", "ceper", "handlaggare"])
def test_other_methods_are_not_there(visitor: Any, addresses: Any, user_name: str) -> None:
    person = visitor(user_name)
    for method in METHODS[1:]:
        for address in addresses[:3]:
            response, made_up = person.ask(method, address), person.ask(method, f"/kunder/{MADE_UP}")
            assert told(response) == told(made_up), (method, address)
            assert response.status_int == 404


@pytest.mark.wall
def test_not_logged_in_every_path_below_is_the_login(visitor: Any, addresses: Any) -> None:
    person = visitor()
    for address in (*addresses, "/plone/kunder", f"/plone/kunder/{MADE_UP}"):
        for view in VIEWS:
            response = person.see(address + view)
            assert response.status_int == 302
            assert "/login?came_from=%2Fplone%2Fkunder" in response.headers["Location"]
            assert response.text == ""


@pytest.mark.wall
@pytest.mark.parametrize("user_name", ["", "enkel", "ceper", "handlaggare"])
def test_rest_answers_the_same_for_all(visitor: Any, addresses: Any, user_name: str) -> None:
    person = visitor(user_name)
    json = {"Accept": "application/json"}
    nothing = told(person.see(f"/plone/kunder/{MADE_UP}", headers=json))
    assert nothing[0] == (404 if user_name else 401)
    for address in addresses:
        for service in ("", "/@workflow", "/@types", "/@sharing", "/@history"):
            assert told(person.see(address + service, headers=json)) == nothing, address + service


@pytest.mark.wall
def test_a_detour_through_another_folder_serves_nothing(visitor: Any, addresses: Any) -> None:
    person = visitor("ceper")
    path = addresses[1].removeprefix("/plone")
    assert person.see(f"{path}/@@arkiv").status_int == 200
    assert person.see(f"/sidor/startsida{path}/@@arkiv").status_int == 404
    assert person.see(f"/sidor{path}/@@arkiv").status_int == 404


@pytest.mark.wall
def test_a_wrong_role_reaches_no_officer_page(visitor: Any) -> None:
    for user_name in ("ceper", "enkel"):
        person = visitor(user_name)
        nothing = told(person.see("/made-up"))
        assert nothing[0] == 404
        for address in ("/arenden", "/typer", "/certifieringstyper", "/certifieringstyper/brunnsborrare"):
            assert told(person.see(address)) == nothing, address


@pytest.mark.wall
def test_a_task_has_no_address_on_the_web(visitor: Any, customer: Any) -> None:
    certificate = next(
        one for one in customer("ceper").objectValues() if one.portal_type.endswith("certificate")
    )
    for user_name in ("ceper", "handlaggare", "administrator"):
        response = visitor(user_name).see("/".join(certificate.getPhysicalPath()) + "/@@sign-certificate")
        assert response.status_int == 404


@pytest.mark.wall
def test_a_stale_session_opens_nothing(visitor: Any, addresses: Any) -> None:
    person = visitor("ceper")
    assert person.see(f"{addresses[1]}/@@arkiv").status_int == 200
    form = person.see("/start").forms["logout"]
    person.submit(form)
    assert person.see(f"{addresses[1]}/@@arkiv").status_int == 302


@pytest.mark.wall
@pytest.mark.parametrize(
    "tail", ["++skin++x", "++contextportlets++plone.leftcolumn", "@@images/x/y", "++x++y"]
)
def test_stock_code_that_fails_on_the_way_tells_nothing(visitor: Any, addresses: Any, tail: str) -> None:
    person = visitor("enkel")
    nothing = told(person.see(f"/kunder/{MADE_UP}/{tail}"))
    assert nothing[0] == 404
    assert {told(person.see(f"{address}/{tail}")) for address in addresses} == {nothing}


@pytest.mark.wall
def test_the_way_to_the_login_never_leaves_the_site(visitor: Any, addresses: Any) -> None:
    person = visitor()
    for host in ("evil.example", "evil.example:8080"):
        response = person.get(addresses[1], headers={"Host": host}, expect_errors=True)
        assert response.headers["Location"].startswith("/plone/login?came_from=%2Fplone")


@pytest.mark.wall
@pytest.mark.parametrize("address", ["/start", "/register", "/"])
def test_no_other_page_takes_a_password(visitor: Any, address: str) -> None:
    secrets = {"__ac_name": "ceper", "__ac_password": PASSWORD}
    anonymous = visitor()
    for response in (
        anonymous.see(f"{address}?{urlencode(secrets)}"),
        anonymous.send(address, secrets),
        anonymous.see(address, headers={"Authorization": _basic("ceper", PASSWORD)}),
    ):
        assert 'id="logout"' not in response.text
    assert anonymous.see("/start").status_int == 302


def _basic(user_name: str, password: str) -> str:
    return "Basic " + b64encode(f"{user_name}:{password}".encode()).decode()
