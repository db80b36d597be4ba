"""The journey ends: others try every address that its people met, and learn nothing."""

import re
from collections.abc import Callable
from urllib.error import HTTPError
from urllib.parse import quote, urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import APIResponse, Page

from tests.browser.serving import Site
from tests.browser.story import Story

pytestmark = pytest.mark.browser

Browse = Callable[..., Page]
MADE_UP = "0" * 32
PEOPLE = ("ceper", "handlaggare", "handlaggare2", "beslutsfattare")
DULL = {"date", "set-cookie"}


def told(answer: APIResponse, address: str) -> tuple[int, str, tuple[tuple[str, str], ...]]:
    """Everything of an answer that could tell something; the address itself is known to who asked."""
    path = quote(urlsplit(address).path, safe="")
    headers = (
        (name, value.replace(path, "HERE")) for name, value in answer.headers.items() if name not in DULL
    )
    return answer.status, answer.text(), tuple(sorted(headers))


@pytest.fixture
def addresses(visited: dict[str, set[str]], story: Story) -> list[str]:
    """What the pages of the journey opened and linked below the customer of the story."""
    folder = story.case_url.rpartition("/")[0]
    met = {address.partition("#")[0] for user_name in PEOPLE for address in visited.get(user_name, ())}
    found = sorted(address for address in met if address.startswith(folder))
    views = {re.sub(r"[0-9a-f]{32}|\?.*", "", address.removeprefix(folder)) for address in found}
    assert {"//@@arkiv", "//@@handlaggning", "//@@bevilja", "///@@hamta", "//@@meddela-oss"} <= views
    return found


@pytest.mark.wall
@pytest.mark.handbook("H34")
@pytest.mark.parametrize(("user_name", "status"), [("enkel", 404), ("administrator", 404), ("", 302)])
def test_every_address_answers_others_as_a_made_up_one(
    site: Site, browse: Browse, story: Story, addresses: list[str], user_name: str, status: int
) -> None:
    person = browse(user_name).request
    made_up = f"{site.url}/kunder/{MADE_UP}/{MADE_UP}/@@meddelanden"
    nothing = told(person.get(made_up, max_redirects=0), made_up)
    assert nothing[0] == status
    for address in addresses:
        assert told(person.get(address, max_redirects=0), address) == nothing, address
    posted = told(person.post(made_up, form={"do": "save"}, max_redirects=0), made_up)
    for address in addresses:
        if "?" not in address:
            answer = person.post(address, form={"do": "save"}, max_redirects=0)
            assert told(answer, address) == posted, address


@pytest.mark.wall
def test_officers_pages_are_not_there_for_a_customer(site: Site, browse: Browse) -> None:
    person = browse("ceper").request
    nothing = told(person.get(f"{site.url}/made-up"), "")
    assert nothing[0] == 404
    for name in ("arenden", "arenden?lista=notified", "typer", "kunder", "certifieringstyper/brunnsborrare"):
        assert told(person.get(f"{site.url}/{name}"), "") == nothing, name


@pytest.mark.wall
def test_a_form_of_very_many_fields_is_refused_before_it_is_read(site: Site) -> None:
    """Zope's parsing of such fields grows with the square of their number."""
    fields = "&".join(["a.b:record:list=1"] * 20_000).encode()
    with pytest.raises(HTTPError) as refusal:
        urlopen(f"{site.url}/kontrollera", data=fields, timeout=30)
    assert 400 <= refusal.value.code < 500
    with urlopen(f"{site.url}/kontrollera", timeout=5) as answer:
        assert answer.status == 200
