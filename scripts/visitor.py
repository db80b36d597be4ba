"""A person at the site without a browser: one keep-alive connection, cookies, the login form."""

import http.client
import json
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit


@dataclass(frozen=True)
class Account:
    """Somebody of the demo's accounts.json."""

    login: str
    password: str
    name: str
    roles: tuple[str, ...]

    @property
    def is_customer(self) -> bool:
        """True for the accounts of certified persons and applicants."""
        return "customer" in self.roles


def read_accounts(path: Path) -> list[Account]:
    """The demo accounts in the order of the file; one with two roles has two rows there."""
    if not path.exists():
        return []
    found: dict[str, Account] = {}
    for row in json.loads(path.read_text(encoding="utf-8")):
        before = found.get(row["username"])
        roles = (*(before.roles if before else ()), row["role"])
        found[row["username"]] = Account(row["username"], row["password"], row["name"], roles)
    return list(found.values())


class LoginForm(HTMLParser):
    """The action and inputs of the form that asks for a password."""

    def __init__(self) -> None:
        super().__init__()
        self.action = ""
        self.hidden: dict[str, str] = {}
        self.login_name = ""
        self.password_name = ""
        self._form: dict[str, Any] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = {"action": values.get("action", ""), "hidden": {}, "text": ""}
        elif tag in {"input", "button"} and self._form and not self.password_name:
            self._take(values, tag)

    def _take(self, values: dict[str, str], tag: str) -> None:
        kind, name = values.get("type", "text"), values.get("name", "")
        if kind == "hidden":
            self._form["hidden"][name] = values.get("value", "")
        elif kind == "password":
            self.password_name, self.login_name = name, self._form["text"]
            self.action, self.hidden = self._form["action"], self._form["hidden"]
        elif kind in {"text", "email"} and tag == "input" and name:
            self._form["text"] = name


@dataclass
class Visitor:
    """One connection to a server on this machine. ``host`` is the name that the visitor typed."""

    port: int
    host: str = "127.0.0.1"
    cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)

    def ask(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, str, str]:
        """(status, page, Location) of one request; redirects are not followed."""
        headers = {"Host": self.host if self.host != "127.0.0.1" else f"127.0.0.1:{self.port}"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, urlencode(form) if form is not None else None, headers)
        answer = self.connection.getresponse()
        page = answer.read().decode("utf-8", "replace")
        for line in answer.headers.get_all("Set-Cookie") or []:
            self.cookies.update({name: item.coded_value for name, item in SimpleCookie(line).items()})
        return answer.status, page, answer.headers.get("Location", "")

    def get(self, path: str) -> tuple[int, str]:
        """Status and text of a page."""
        status, page, _ = self.ask("GET", path)
        return status, page

    def log_in(self, site: str, account: Account) -> bool:
        """Fill and send the site's login form; True when it led somewhere else."""
        address = f"{site}/login"
        _, page = self.get(address)
        form = LoginForm()
        form.feed(page)
        if not form.password_name:
            return False
        values = {**form.hidden, form.login_name: account.login, form.password_name: account.password}
        target = urlsplit(form.action).path or address
        status, _, location = self.ask("POST", target, values)
        return status in {302, 303} and "/login" not in location
