"""The server itself, as scripts/instance.py sets it up: whom it believes, and what it says of itself."""

import configparser
import json
import re
from http.client import HTTPConnection
from pathlib import Path

import pytest
from scripts.instance import Instance, trusted_proxy

from tests.deployment.proxy import TOP, Answer, Backend, backend, exchange

pytestmark = pytest.mark.wall
LIES = {"X-Forwarded-For": "198.51.100.9", "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"}


def ask(behind: Backend, client: str = "127.0.0.1", headers: dict[str, str] | None = None) -> Answer:
    """One request without a proxy."""
    connection = HTTPConnection("127.0.0.1", behind.port, timeout=10, source_address=(client, 0))
    return exchange(connection, "GET", "/", {"Host": "127.0.0.1", **(headers or {})})


def test_without_a_proxy_the_peer_counts_and_headers_do_not(tmp_path, monkeypatch):
    monkeypatch.delenv("SP_TRUSTED_PROXY", raising=False)
    with backend(tmp_path) as behind:
        arrived = ask(behind, "127.0.0.6", LIES).arrived
    assert arrived["REMOTE_ADDR"] == "127.0.0.6"
    assert (arrived["HTTP_HOST"], arrived["wsgi.url_scheme"]) == ("127.0.0.1", "http")
    assert not [name for name in arrived if "FORWARDED" in name]


def test_only_the_trusted_proxy_is_believed_and_only_about_the_last_address(tmp_path, monkeypatch):
    monkeypatch.setenv("SP_TRUSTED_PROXY", "127.0.0.1")
    chain = LIES | {"X-Forwarded-For": "203.0.113.5, 198.51.100.9"}
    with backend(tmp_path) as behind:
        proxied, direct = ask(behind, headers=chain).arrived, ask(behind, "127.0.0.6", chain).arrived
    assert proxied["REMOTE_ADDR"] == "198.51.100.9"
    assert direct["REMOTE_ADDR"] == "127.0.0.6"
    assert (proxied["HTTP_HOST"], proxied["wsgi.url_scheme"]) == ("127.0.0.1", "http")


@pytest.mark.parametrize("given", ["*", "localhost", "127.0.0.1\nident = x", "127.0.0.0/8"])
def test_a_proxy_is_one_address(given, monkeypatch):
    monkeypatch.setenv("SP_TRUSTED_PROXY", given)
    with pytest.raises(ValueError, match="does not appear to be an IPv4 or IPv6 address"):
        trusted_proxy()


def test_the_server_does_not_say_what_it_is(tmp_path):
    with backend(tmp_path) as behind:
        plain, refused = ask(behind), ask(behind, headers={"X-Long": "x" * 40_000})
    assert json.loads(plain.text)
    assert refused.status == 431
    for answer in (plain, refused):
        assert not answer.header("Server") + answer.header("Via")
        assert "waitress" not in answer.text


def section(path: Path, name: str) -> dict[str, str]:
    """One part of a configuration, uninterpreted."""
    parser = configparser.RawConfigParser()
    parser.read(path)
    return dict(parser[name])


def test_a_real_site_is_served_like_the_demonstration(tmp_path, monkeypatch):
    monkeypatch.setenv("SP_TRUSTED_PROXY", "127.0.0.1")
    demo = Instance(tmp_path)
    demo.write()
    real, shown = section(TOP / "docs/security/wsgi.ini", "server:main"), section(demo.ini, "server:main")
    where = {"host", "port", "listen"}
    filled_in = {"threads", "max_request_body_size"}
    assert real.keys() ^ shown.keys() == where
    assert {real[name] for name in filled_in} == {f"%({name})s" for name in filled_in}
    assert all(real[name] == shown[name] for name in real.keys() & shown.keys() - filled_in)
    part = section(TOP / "buildout.cfg", "instance")
    assert part["max-request-body-size"] == shown["max_request_body_size"]
    for rule in re.findall(r"form-\S+ \S+", demo.conf.read_text()):
        assert rule in part["zope-conf-additional"]


def test_no_server_keeps_a_log_of_accesses_with_queries(tmp_path):
    demo = Instance(tmp_path)
    demo.write()
    for path in (TOP / "docs/security/wsgi.ini", demo.ini):
        assert section(path, "pipeline:main")["pipeline"].split() == ["egg:Zope#httpexceptions", "zope"]


@pytest.mark.parametrize("before", [r"POST \.\*/\(@@\)\?", r'location ~ "/\(@@\)\?'])
def test_nginx_names_views_that_there_are(before):
    views = {line.partition(" |")[0] for line in (TOP / "tests/walls/own_views.txt").read_text().splitlines()}
    found = re.search(rf"{before}\(([^)]+)\)", (TOP / "docs/security/nginx.conf").read_text())
    assert found
    assert not set(found[1].split("|")) - views


def test_nginx_lets_files_through_to_every_view_that_takes_one():
    package, takers = TOP / "src/sp/personcert", {"dialog.pt", "rows.pt", "verify.pt"}
    found = [path for path in package.rglob("*.pt") if 'type="file"' in path.read_text(encoding="utf-8")]
    assert {path.name for path in found} == takers  # another one: its view belongs in nginx.conf
