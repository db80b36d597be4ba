"""The site's address is the configured one: what a request claims about it changes nothing (F2)."""

from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
import transaction
from plone import api
from Products.SiteAccess.VirtualHostMonster import VirtualHostMonster

from sp.personcert.demo.people import PASSWORD
from sp.personcert.foundation.addresses import Address
from sp.personcert.foundation.settings import base_url
from sp.personcert.foundation.taskqueue.outbox import ensure_outbox
from sp.personcert.testing.tasks import run_due
from sp.personcert.testing.visitor import Visitor
from tests.reading import address, tree

BROWSER = Path(__file__).parents[2] / "src" / "sp" / "personcert"
EVIL = "evil.example"
BASE = f"/VirtualHostBase/https/{EVIL}:443"
WAYS = {
    "headers": "/plone",
    "base": f"{BASE}/plone/VirtualHostRoot",
    "base and root": f"{BASE}/plone/VirtualHostRoot/_vh_{EVIL}",
    "root before the site": f"{BASE}/VirtualHostRoot/_vh_{EVIL}/plone",
    "root alone": f"/plone/VirtualHostRoot/_vh_{EVIL}",
    "root behind the site": f"{BASE}/plone/sidor/VirtualHostRoot/_vh_{EVIL}",
}
ADDRESSES = (
    *("", "/", "/login", "/start", "/register", "/glomt-losenord", "/kontrollera?nr=1", "/sidor/startsida"),
    *("/made-up", "/kunder", "/kunder/made-up", "/arenden", "/@@sharing", "/folder_contents", "/acl_users"),
    *(
        "/logout",
        "/login?came_from=/plone/start",
        "/sprak?till=en&fran=/plone/login",
        "/@users",
        "/robots.txt",
    ),
)


@pytest.fixture
def stranger(visitor: Any, portal: Any) -> Any:
    """A browser that claims another host, in one of the ways: ``stranger("base", "ceper")``."""
    monster = VirtualHostMonster()
    monster.id = "virtual_hosting"
    monster.addToContainer(portal.aq_parent)
    transaction.commit()

    def visit(way: str, user_name: str = "") -> Visitor:
        person = Visitor(WAYS[way], host=f"{EVIL}:444")
        for name in ("HOST", "SERVER", "PREFIX"):
            person.extra_environ[f"HTTP_X_FORWARDED_{name}"] = EVIL
        person.extra_environ["HTTP_FORWARDED"] = f"host={EVIL};proto=http"
        if user_name:
            form = person.see("/login").forms["login"]
            form["user_name"], form["password"] = user_name, PASSWORD
            person.send("/login", form.submit_fields())
        return person

    return visit


def said(response: Any) -> str:
    """Headers and body."""
    return f"{response.status} {sorted(response.headers.items())} {response.text}"


@pytest.mark.wall
@pytest.mark.parametrize(
    ("way", "user_name"),
    [
        *((way, "") for way in WAYS),
        ("headers", "ceper"),
        ("root alone", "ceper"),
        ("base and root", "administrator"),
    ],
)
def test_no_answer_names_a_claimed_host(stranger: Any, way: str, user_name: str) -> None:
    """Stock 6.2.2 renders the claimed host into every link of every page."""
    person = stranger(way, user_name)
    for path in ADDRESSES:
        for method in ("GET", "POST"):
            answer = person.ask(method, path)
            assert EVIL not in said(answer), (method, path)
            assert answer.status_int < 500, (method, path)


@pytest.mark.wall
@pytest.mark.parametrize("way", ["headers", "base and root", "root before the site"])
def test_the_login_leads_to_a_path_of_the_site(stranger: Any, way: str) -> None:
    person = stranger(way)
    form = person.see("/login?came_from=/plone/din-adress").forms["login"]
    assert form.action == "/plone/login"
    form["user_name"], form["password"] = "ceper", PASSWORD
    answer = person.send("/login", form.submit_fields())
    assert (answer.status_int, answer.headers["Location"]) == (303, "/plone/din-adress")
    assert person.see("/login").headers["Location"] == "/plone/start"


@pytest.mark.wall
@pytest.mark.parametrize("path", ["/kunder/made-up", "/arenden", "/@@sharing", "/sidor/folder_contents"])
def test_whoever_must_log_in_is_sent_to_a_path(stranger: Any, path: str) -> None:
    """By the gate, by PAS and by pages of ours alike."""
    for way in ("headers", "base and root", "root before the site"):
        answer = stranger(way).see(path)
        assert answer.status_int == 302
        assert answer.headers["Location"].startswith("/plone/login?came_from=%2Fplone%2F")


@pytest.mark.wall
def test_stock_code_gets_the_configured_address(stranger: Any) -> None:
    """Plone's own frame asks for absolute addresses; an administrator sees the configured ones."""
    for way in ("headers", "base and root"):
        page = stranger(way, "administrator").see("/sidor/startsida/edit")
        assert page.status_int == 200
        assert "https://kundwebb.example.se/plone/sidor/startsida" in page.text


@pytest.mark.wall
@pytest.mark.parametrize("way", ["headers", "base and root", "root before the site"])
def test_no_letter_and_no_task_names_a_claimed_host(
    stranger: Any, way: str, drillers: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, portal: Any
) -> None:
    """Stock 6.2.2 mails ``http://evil.example/Plone/passwordreset/<token>`` to whoever forgot a password."""
    monkeypatch.setenv("SP_MAIL_DIR", str(tmp_path))
    run_due(after=3600)  # what the demonstration has left to send
    officer, tab = stranger(way, "handlaggare"), address(drillers).removeprefix("/plone")
    form = officer.see(f"{tab}/@@nytt-meddelande").forms["nytt"]
    form["text"], form["message_type"] = "Hej", "Notering"
    answer = officer.send(f"{tab}/@@nytt-meddelande", form.submit_fields("do", submit_value="save"))
    assert answer.headers["Location"].startswith(f"/plone{tab}/@@meddelanden")
    transaction.begin()
    waiting = list(ensure_outbox(portal.getPhysicalRoot()._p_jar).unsettled())
    assert waiting and EVIL not in repr([vars(record.task) for record in waiting])
    before = set(tmp_path.glob("*.eml"))
    run_due(after=3600)
    letters = [path.read_bytes() for path in set(tmp_path.glob("*.eml")) - before]
    assert len(letters) == 1 and EVIL.encode() not in letters[0]
    letter = message_from_bytes(letters[0], policy=default)
    parts = [letter.get_body((kind,)).get_content() for kind in ("plain", "html")]
    assert all("https://kundwebb.example.se/plone/" in part for part in parts)


OFF_SITE = (
    *("https://evil.example/", "//evil.example/", "/\\evil.example", "\\\\evil.example", "///evil.example"),
    *(
        "http:evil.example",
        "https:/evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "\x00//evil.example",
    ),
    *(
        " //evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "https://kundwebb.example.se@evil.example/",
    ),
    *("https://kundwebb.example.se.evil.example/", "%2F%2Fevil.example", "/%09/evil.example"),
    *(
        "/\u2028/evil.example",
        "evil.example",
        "/..//evil.example",
        "/.//evil.example",
        "/plone/..//evil.example",
    ),
    *("/%5Cevil.example", "/;@evil.example", "/？//evil.example", "/\u3002evil.example/中%20"),
)


def leads_off(location: str) -> bool:
    """Whether a browser that follows this leaves the host, by the rules of the URL standard."""
    plain = location.strip("".join(map(chr, range(33)))).translate({9: None, 10: None, 13: None})
    return not plain.startswith("/") or plain.replace("\\", "/").startswith("//")


@pytest.mark.wall
def test_no_address_in_a_query_leads_off_the_site(visitor: Any) -> None:
    """The return address of the login, the language link, and the stock names of the login."""
    person, known = visitor(), visitor("ceper")
    for value in OFF_SITE:
        answers = (
            person.see("/sprak", params={"till": "en", "fran": value}),
            known.see("/login", params={"came_from": value}),
            known.see("/require_login", params={"came_from": value}),
            person.see("/require_login", params={"came_from": value}),
            person.see("/login_form", params={"came_from": value, "next": value, "target_url": value}),
        )
        for answer in answers:
            assert answer.status_int == 302
            assert answer.headers["Location"].isascii()
            assert not leads_off(answer.headers["Location"]), value


@pytest.mark.wall
@pytest.mark.parametrize("value", OFF_SITE[::5])
def test_no_login_leads_off_the_site(visitor: Any, value: str) -> None:
    person = visitor()
    form = person.see("/login").forms["login"]
    fields = {name: form[name].value for name in ("creation_id", "kept", "form_token")}
    fields |= {"user_name": "enkel", "password": PASSWORD, "came_from": value}
    answer = person.send("/login", fields)
    assert answer.status_int == 303 and not leads_off(answer.headers["Location"])


@pytest.fixture
def at_root(stranger: Any) -> Visitor:
    """A browser at a site that stands at the root of its host, behind a rewriting proxy."""
    api.portal.set_registry_record("sp.personcert.base_url", "https://kundwebb.example.se")
    transaction.commit()
    return Visitor("/VirtualHostBase/https/kundwebb.example.se:443/plone/VirtualHostRoot")


@pytest.mark.wall
def test_a_site_at_the_root_of_its_host_has_paths_without_a_prefix(stranger: Any, at_root: Visitor) -> None:
    page = at_root.see("/register")
    links = {link.get("href") for link in tree(page).xpath("//a")}
    assert {"/", "/kontrollera", "/login", "/register"} <= links
    assert not {link for link in links if link.startswith("//") or "plone" in link}
    assert at_root.see("/start").headers["Location"] == "/login?came_from=%2Fstart"
    assert at_root.see("/kunder/x").headers["Location"] == "/login?came_from=%2Fkunder%2Fx"
    assert at_root.see("/logout").headers["Location"] == "/"
    assert at_root.see("/sprak?till=en&fran=//x").headers["Location"] == "/"
    missing = at_root.see("/made-up")
    assert missing.status_int == 404 and 'href="/"' in missing.text and '"//' not in missing.text


def test_a_demonstration_alone_says_where_it_serves(visitor: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """``make run PORT=8090`` serves a site that was made at another port."""
    monkeypatch.setenv("SP_BASE_URL", "http://127.0.0.1:8090/plone/")
    assert base_url() == "http://127.0.0.1:8090/plone"
    assert "http://127.0.0.1:8090/plone/" in visitor().see("/robots.txt").text
    monkeypatch.setenv("SP_DEMO", "0")
    assert base_url() == "https://kundwebb.example.se/plone"


def test_no_page_of_ours_asks_for_an_address_with_a_host() -> None:
    """``absolute_url_path`` is for pages, ``base_url`` for letters."""
    sources = [path for path in BROWSER.rglob("browser/*") if path.suffix in (".py", ".pt")]
    assert len(sources) > 50
    assert [path.name for path in sources if "absolute_url()" in path.read_text("utf-8")] == []


@pytest.mark.parametrize(
    ("url", "parts"),
    [
        ("https://kund.example.se", ("https", "kund.example.se", 443, "", "kund.example.se")),
        ("http://127.0.0.1:8080/kundwebb/", ("http", "127.0.0.1", 8080, "/kundwebb", "127.0.0.1:8080")),
        ("http://[::1]:81/a/b", ("http", "[::1]", 81, "/a/b", "[::1]:81")),
        ("https://x.se/k%C3%B6", ("https", "x.se", 443, "/kö", "x.se")),
        ("nonsense", ("http", "localhost", 80, "nonsense", "localhost")),
    ],
)
def test_the_parts_of_an_address(url: str, parts: tuple[Any, ...]) -> None:
    found = Address.of(url)
    assert (found.scheme, found.host, found.port, found.root, found.host_header) == parts
