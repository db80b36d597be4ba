"""docs/security/nginx.conf in a real nginx, before a server with the settings of a real site.

nginx runs as nobody in a folder of its own. Behind it is waitress with the server section that
``scripts/instance.py`` writes; the application only tells what arrived.
"""

import configparser
import json
import os
import shutil
import ssl
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from scripts.instance import Instance
from waitress.server import create_server

from tests.browser.serving import free_port
from tests.deployment.certificate import write_certificate

TOP = Path(__file__).resolve().parents[2]
CONFIGURATION = TOP / "docs" / "security" / "nginx.conf"
NAME = "kundwebb.example.se"
# not on everybody's PATH
NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
READY_WITHIN = 20.0
UNPRIVILEGED = {"user": "nobody", "group": "nogroup", "extra_groups": ()} if os.geteuid() == 0 else {}
TEMPORARY = "".join(
    f"{kind}_temp_path {{folder}}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
)


@dataclass
class Backend:
    """The server behind: what it was asked for, in the order of arrival."""

    port: int
    seen: list[dict[str, Any]] = field(default_factory=list)

    def answer(self, environ: dict[str, Any], start: Any) -> list[bytes]:
        """Tell what arrived, with the headers that the query asks for."""
        body = environ["wsgi.input"].read()
        told = {name: value for name, value in environ.items() if isinstance(value, str)}
        self.seen.append(told | {"length": len(body)})
        start("200 OK", [("Content-Type", "application/json"), *parse_qsl(environ["QUERY_STRING"])])
        return [json.dumps(self.seen[-1]).encode()]


@dataclass
class Answer:
    """What a client got."""

    status: int
    headers: dict[str, list[str]]
    text: str
    tls: tuple[Any, ...] = ()

    @property
    def arrived(self) -> dict[str, Any]:
        """What the server behind saw of this request."""
        return dict(json.loads(self.text))

    def header(self, name: str) -> list[str]:
        """The values of a header, as often as it was sent."""
        return self.headers.get(name.lower(), [])


@dataclass
class Proxy:
    """A running nginx, its folder and what lies behind it."""

    folder: Path
    https: int
    http: int
    backend: Backend

    def ask(
        self,
        path: str = "/",
        method: str = "GET",
        headers: dict[str, str] | None = None,
        body: bytes | None = None,
        client: str = "127.0.0.1",
        host: str = NAME,
        trust: ssl.SSLContext | None = None,
        name: str = NAME,
    ) -> Answer:
        """Over HTTPS, from an address of this machine. ``name`` is the one in the handshake."""
        connection = HTTPConnection("127.0.0.1", self.https, timeout=10, source_address=(client, 0))
        connection.connect()
        connection.sock = (trust or self.trust()).wrap_socket(connection.sock, server_hostname=name)
        return exchange(connection, method, path, {"Host": host, **(headers or {})}, body)

    def ask_in_the_clear(self, path: str = "/", method: str = "GET", host: str = NAME) -> Answer:
        """Over HTTP."""
        return exchange(HTTPConnection("127.0.0.1", self.http, timeout=10), method, path, {"Host": host})

    def trust(self) -> ssl.SSLContext:
        """A client that trusts the throw-away certificate and nothing else."""
        return ssl.create_default_context(cafile=str(self.folder / "fullchain.pem"))

    def log(self, name: str = "access.log") -> str:
        """What nginx wrote."""
        return (self.folder / name).read_text(encoding="utf-8")


def exchange(
    connection: HTTPConnection, method: str, path: str, headers: dict[str, str], body: bytes | None = None
) -> Answer:
    """One request and its answer, redirects not followed."""
    connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
    if body is not None and "Content-Length" not in headers:
        headers = {**headers, "Content-Length": str(len(body))}
    for header, value in headers.items():
        connection.putheader(header, value)
    connection.endheaders(body)
    tls = connection.sock.cipher() if isinstance(connection.sock, ssl.SSLSocket) else ()
    answer: HTTPResponse = connection.getresponse()
    found: dict[str, list[str]] = {}
    for header, value in answer.getheaders():
        found.setdefault(header.lower(), []).append(value)
    text = answer.read().decode()
    connection.close()
    return Answer(answer.status, found, text, tls or ())


@contextmanager
def backend(folder: Path) -> Iterator[Backend]:
    """A server with the settings of ``scripts/instance.py``, as the environment has them."""
    instance = Instance(folder / "site", port=free_port())
    instance.write()
    ini = configparser.ConfigParser()
    ini.read(instance.ini)
    settings = {name: value for name, value in ini["server:main"].items() if name != "use"}
    found = Backend(instance.port)
    server = create_server(found.answer, **settings)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield found
    server.close()
    server.task_dispatcher.shutdown()
    thread.join(10)


def configured(folder: Path, https: int, http: int, backend_port: int) -> str:
    """The configuration with folders and ports of a test; everything else stays."""
    text = CONFIGURATION.read_text(encoding="utf-8")
    text = "".join(line for line in text.splitlines(keepends=True) if "listen [::]" not in line)
    changes = {
        "/run/nginx.pid": f"{folder}/nginx.pid",
        "/var/log/nginx": str(folder),
        "/etc/ssl/kundwebb": str(folder),
        "listen 443": f"listen 127.0.0.1:{https}",
        "listen 80": f"listen 127.0.0.1:{http}",
        "server 127.0.0.1:8080": f"server 127.0.0.1:{backend_port}",
        "client_header_timeout 10s": "client_header_timeout 1s",
        "worker_processes auto": "daemon off;\nworker_processes 1",
        "http {\n": "http {\n" + TEMPORARY.format(folder=folder),
    }
    for before, after in changes.items():
        assert before in text, f"nginx.conf no longer says {before}"
        text = text.replace(before, after)
    return text


@contextmanager
def nginx(behind: Backend) -> Iterator[Proxy]:
    """nginx before a server, ended and cleaned away afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="nginx-"))
    proxy = Proxy(folder, free_port(), free_port(), behind)
    write_certificate(folder, NAME)
    conf = folder / "nginx.conf"
    conf.write_text(configured(folder, proxy.https, proxy.http, behind.port), encoding="utf-8")
    if UNPRIVILEGED:
        for path in (folder, *folder.iterdir()):
            shutil.chown(path, "nobody", "nogroup")
    command = [NGINX, "-e", str(folder / "error.log"), "-p", str(folder), "-c", str(conf)]
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, **UNPRIVILEGED)
    try:
        _wait_for(proxy, server)
        yield proxy
    finally:
        server.terminate()
        server.communicate(timeout=10)
        shutil.rmtree(folder)


def _wait_for(proxy: Proxy, server: subprocess.Popen[str]) -> None:
    end = time.monotonic() + READY_WITHIN
    while time.monotonic() < end:
        assert server.poll() is None, server.stderr.read()
        try:
            proxy.ask("/.well-known/security.txt")
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"no nginx within {READY_WITHIN} s")
