"""What reaches the site through the reverse proxy, and what does not."""

import socket
import ssl
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest

from tests.browser.serving import eventually
from tests.deployment.proxy import NAME, Backend, Proxy, backend, nginx

pytestmark = pytest.mark.wall
TOKEN = "kQ7-one-use-code"
OUTSIDE = "/VirtualHostBase/https/evil.example:443/kundwebb/VirtualHostRoot/login"


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    """nginx before a server that trusts it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SP_TRUSTED_PROXY", "127.0.0.1")
        with backend(tmp_path_factory.mktemp("behind")) as behind, nginx(behind) as found:
            yield found


def test_the_site_sees_the_name_of_the_configuration_and_its_own_path(proxy):
    arrived = proxy.ask("/kunder/en%20kund/@@arkiv?sida=2").arrived
    assert arrived["HTTP_HOST"] == NAME
    path = f"/VirtualHostBase/https/{NAME}:443/kundwebb/VirtualHostRoot/kunder/en kund/@@arkiv"
    assert (arrived["PATH_INFO"], arrived["QUERY_STRING"]) == (path, "sida=2")


def test_an_upload_takes_the_same_way(proxy):
    arrived = proxy.ask("/kunder/k/c/@@ladda-upp?plats=1", "POST", body=b"x" * 1_000_000).arrived
    path = f"/VirtualHostBase/https/{NAME}:443/kundwebb/VirtualHostRoot/kunder/k/c/@@ladda-upp"
    assert (arrived["PATH_INFO"], arrived["QUERY_STRING"]) == (path, "plats=1")
    assert (arrived["HTTP_HOST"], arrived["length"]) == (NAME, 1_000_000)


def test_whoever_asks_by_another_name_gets_nothing(proxy):
    before = len(proxy.backend.seen)
    assert proxy.ask(host="evil.example").status == 421
    with pytest.raises(ssl.SSLError):
        proxy.ask(name="evil.example")
    with pytest.raises(ConnectionResetError):
        proxy.ask_in_the_clear(host="evil.example")
    assert len(proxy.backend.seen) == before


def test_reading_in_the_clear_is_sent_to_https_and_a_form_is_refused(proxy):
    answer = proxy.ask_in_the_clear("/register?sida=2")
    assert (answer.status, answer.header("Location")) == (301, [f"https://{NAME}/register?sida=2"])
    assert proxy.ask_in_the_clear("/login", "POST").status == 403


def test_nobody_chooses_the_address_or_the_host_that_the_site_sees(proxy):
    lies = {
        "X-Forwarded-For": "198.51.100.9",
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "http",
        "Forwarded": "for=198.51.100.9;host=evil.example",
        "X_Forwarded_For": "198.51.100.9",
    }
    arrived = proxy.ask(headers=lies, client="127.0.0.5").arrived
    assert (arrived["REMOTE_ADDR"], arrived["HTTP_X_FORWARDED_FOR"]) == ("127.0.0.5", "127.0.0.5")
    assert not {"HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PROTO", "HTTP_FORWARDED"} & arrived.keys()
    assert arrived["HTTP_HOST"] == NAME


def test_no_way_of_writing_the_host_changes_the_one_that_arrives(proxy):
    for host in (f"{NAME}:9443", NAME.upper(), f"{NAME}."):
        assert proxy.ask(host=host).arrived["HTTP_HOST"] == NAME
    answer = proxy.ask(f"https://{NAME}/start", host="evil.example")
    assert "evil.example" not in answer.text


@pytest.mark.parametrize(
    "path",
    [
        OUTSIDE,
        "/login/VirtualHostRoot/login",
        OUTSIDE.replace("V", "%56"),
        "/login/VirtualHostRoot/_vh_evil/login",
        "/_vh_evil/login",
        "/++api++/++api++/kunder",
        "/%2b%2bapi%2b%2b/kunder",
        "/manage",
        "/manage_main",
        "/kunder/manage_workspace",
        "/x/../manage_main",
        "//manage_main",
        "/acl_users/manage_users",
        "/kunder/acl_users",
        "/Control_Panel/Database",
        "/portal_setup/manage_main",
        "/portal_catalog",
        "/login?manage_main:method=1",
        "/login?x:action=manage_main",
        "/login?manage_main%3Amethod=1",
    ],
)
def test_paths_of_zope_do_not_reach_the_site(proxy, path):
    before = len(proxy.backend.seen)
    assert proxy.ask(path).status == 404
    assert len(proxy.backend.seen) == before


@pytest.mark.parametrize(
    "path", ["/@@manage-portlets", "/portalen", "/hantera?sort=method", "/sidor/acl", "/@@plone_portal_state"]
)
def test_paths_that_only_look_alike_reach_it(proxy, path):
    assert proxy.ask(path).status == 200


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PROPFIND", "MOVE", "LOCK", "OPTIONS", "TRACE", "PATCH"])
def test_other_methods_do_not_reach_the_site(proxy, method):
    before = len(proxy.backend.seen)
    assert proxy.ask("/kunder", method).status == 405
    assert len(proxy.backend.seen) == before


def test_a_password_by_header_does_not_reach_the_site_and_a_bearer_token_does(proxy):
    for scheme in ("Basic YWRtaW46YWRtaW4=", "basic YWRtaW46YWRtaW4=", "Digest username=admin"):
        assert "HTTP_AUTHORIZATION" not in proxy.ask(headers={"Authorization": scheme}).arrived
    arrived = proxy.ask(headers={"Authorization": "Bearer abc.def"}).arrived
    assert arrived["HTTP_AUTHORIZATION"] == "Bearer abc.def"


@pytest.mark.parametrize("door", ["/login", "/engangskod", "/glomt-losenord", "/@@valj-losenord"])
def test_a_flood_at_a_door_is_slowed_down_and_others_get_in(proxy, door):
    client = f"127.0.1.{len(door)}"
    answers = [proxy.ask(door, "POST", body=b"password=x", client=client) for _ in range(24)]
    assert [answer.status for answer in answers[:20]] == [200] * 20
    assert answers[-1].status == 429
    assert "Vänta en minut" in answers[-1].text
    assert proxy.ask(door, client=client).status == 200
    assert proxy.ask(door, "POST", body=b"password=x", client="127.0.1.99").status == 200


def test_a_body_that_is_too_large_is_refused_before_it_is_read(proxy):
    before = len(proxy.backend.seen)
    announced = {"Content-Length": str(29_000_000)}
    for path in ("/kontrollera", "/kunder/k/c/@@ladda-upp", "/certifieringstyper/x/redigera"):
        assert proxy.ask(path, "POST", announced, b"x").status == 413
    answer = proxy.ask("/meddelanden", "POST", body=b"x" * 600_000)
    assert (answer.status, "för stort" in answer.text) == (413, True)
    assert len(proxy.backend.seen) == before


def test_a_request_with_two_lengths_is_refused(proxy):
    before = len(proxy.backend.seen)
    headers = {"Content-Length": "5", "Transfer-Encoding": "chunked"}
    assert proxy.ask("/login", "POST", headers, b"0\r\n\r\n").status == 400
    assert len(proxy.backend.seen) == before


def test_whoever_sends_headers_slowly_is_cut_off(proxy):
    raw = socket.create_connection(("127.0.0.1", proxy.https), timeout=8)
    with proxy.trust().wrap_socket(raw, server_hostname=NAME) as line:
        line.sendall(b"GET / HTTP/1.1\r\nHost:")
        assert line.recv(100) == b""


def test_logs_hold_no_query_cookie_or_referrer(proxy):
    headers = {"Cookie": f"kw-session={TOKEN}", "Referer": f"https://{NAME}/valj-losenord?kod={TOKEN}"}
    proxy.ask(f"/valj-losenord?kod={TOKEN}", headers=headers)
    proxy.ask(f"/manage_main?kod={TOKEN}", headers=headers)
    proxy.ask_in_the_clear(f"/valj-losenord?kod={TOKEN}")
    for _ in range(24):
        proxy.ask(f"/valj-losenord?kod={TOKEN}", "POST", headers, b"", client="127.0.2.1")
    assert eventually(lambda: " POST /valj-losenord 429 " in proxy.log())
    assert "127.0.2.1 " in proxy.log()
    assert TOKEN not in proxy.log() + proxy.log("error.log")


def test_a_site_that_is_away_is_one_sentence_and_leaves_no_query_in_the_logs():
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        with nginx(Backend(held.getsockname()[1])) as proxy:
            answer = proxy.ask(f"/valj-losenord?kod={TOKEN}")
            assert (answer.status, "svarar inte" in answer.text) == (503, True)
            assert eventually(lambda: " /valj-losenord 503 " in proxy.log())
            assert TOKEN not in proxy.log() + proxy.log("error.log")


def test_what_nginx_answers_itself_has_the_headers_too(proxy):
    for answer in (proxy.ask("/manage"), proxy.ask("/", "PUT"), proxy.ask("/.well-known/security.txt")):
        assert answer.header("Strict-Transport-Security") == ["max-age=31536000"]
        assert answer.header("X-Content-Type-Options") == ["nosniff"]
        assert answer.header("Referrer-Policy") == ["same-origin"]
        assert answer.header("Cache-Control") == ["no-store"]
        assert "frame-ancestors 'none'" in answer.header("Content-Security-Policy")[0]


def test_what_the_site_says_stands_alone(proxy):
    said = {
        "Strict-Transport-Security": "max-age=1",
        "Content-Security-Policy": "default-src 'self'",
        "X-Content-Type-Options": "none",
        "Referrer-Policy": "origin",
        "Cache-Control": "private",
    }
    answer = proxy.ask(f"/start?{urlencode(said)}")
    assert {name: answer.header(name) for name in said} == {name: [value] for name, value in said.items()}


def test_what_the_site_leaves_out_is_filled_in_but_for_scripts_and_caches(proxy):
    answer = proxy.ask("/++plone++static/x.css")
    assert answer.header("Strict-Transport-Security") == ["max-age=31536000"]
    assert answer.header("X-Content-Type-Options") == ["nosniff"]
    assert answer.header("Content-Security-Policy") == ["frame-ancestors 'self'; object-src 'none'"]
    assert not answer.header("Cache-Control")


def test_no_answer_tells_a_version(proxy):
    told = "/start?X-Powered-By=Zope&Server=waitress&Via=waitress"
    for answer in (proxy.ask(told), proxy.ask("/manage"), proxy.ask_in_the_clear()):
        assert answer.header("Server") == ["nginx"]
        assert not answer.header("Via") + answer.header("X-Powered-By")
        assert "nginx/" not in answer.text


def test_only_strong_tls_is_spoken(proxy):
    assert proxy.ask().tls[1] == "TLSv1.3"
    older = proxy.trust()
    older.maximum_version = ssl.TLSVersion.TLSv1_2
    assert proxy.ask(trust=older).tls[0].startswith("ECDHE-ECDSA-AES256-GCM")
    older.set_ciphers("ECDHE-ECDSA-AES128-SHA")
    with pytest.raises(ssl.SSLError):
        proxy.ask(trust=older)


def test_security_txt_says_whom_to_tell(proxy):
    answer = proxy.ask("/.well-known/security.txt")
    assert (answer.status, answer.header("Content-Type")) == (200, ["text/plain; charset=utf-8"])
    fields = dict(line.split(": ", 1) for line in answer.text.splitlines())
    assert fields["Contact"] == "mailto:support.person@sp.se"
    assert fields["Canonical"] == f"https://{NAME}/.well-known/security.txt"
    assert fields["Expires"].endswith("T00:00:00Z")
