"""Somebody at a browser without JavaScript: real requests through ZPublisher, forms and cookies."""

from typing import Any

from webtest import TestApp, TestResponse
from ZPublisher.httpexceptions import HTTPExceptionHandler
from ZPublisher.WSGIPublisher import publish_module

from .tasks import in_thread


class Visitor(TestApp):
    """A person's browser. Addresses are given below the site; every status is returned, none is raised."""

    def __init__(
        self, site_path: str = "/plone", host: str = "kundwebb.example.se", address: str = "192.0.2.1"
    ) -> None:
        environ = {"HTTP_HOST": host, "HTTP_ACCEPT": "text/html", "wsgi.url_scheme": "https"}
        super().__init__(_publish, extra_environ=environ | {"REMOTE_ADDR": address})
        self.site_path = site_path

    def see(self, address: str, **options: Any) -> TestResponse:
        """GET an address: a path below the site, a path from the root, or a whole URL of a response."""
        return self.get(self._path(address), expect_errors=True, **options)

    def send(self, address: str, fields: Any = "", **options: Any) -> TestResponse:
        """POST fields to an address, as a form would."""
        return self.post(self._path(address), fields, expect_errors=True, **options)

    def ask(self, method: str, address: str, headers: dict[str, str] | None = None) -> TestResponse:
        """Any method, as a program would ask."""
        request = self.RequestClass.blank(self._path(address), self._make_environ())
        request.method = method
        request.headers.update(headers or {})
        return self.do_request(request, expect_errors=True)

    def submit(self, form: Any, button: str | None = None, value: str | None = None) -> TestResponse:
        """Send a form as it is filled in."""
        return form.submit(button, value=value, expect_errors=True)

    def log_in(self, user_name: str, password: str) -> TestResponse:
        """Through the login page."""
        form = self.see("/login").forms["login"]
        form["user_name"], form["password"] = user_name, password
        return self.submit(form)

    def _path(self, address: str) -> str:
        if "://" in address or address.startswith(f"{self.site_path}/") or address == self.site_path:
            return address
        return self.site_path + address


def _publish(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    """In a thread of its own, so that site, person and transaction of the test stay as they are."""

    def answer() -> list[bytes]:
        result = HTTPExceptionHandler(publish_module)(environ, start_response)
        try:
            return list(result)
        finally:
            if hasattr(result, "close"):
                result.close()

    return in_thread(answer)
