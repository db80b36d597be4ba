"""What gate, guard, session and headers cost of a page, asked in this process: ``bench_walls.py CONF ASKED``.

Each is wrapped and its thread's CPU time added up; what one calls of another counts once. Prints one
line of JSON with milliseconds per request. Used by ``bench.py``.
"""

import io
import json
import sys
import time
from collections.abc import Callable
from typing import Any

WARM_UP = 30
spent: dict[str, float] = {}
_depth = [0]


def counted(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
    """The call, whose outermost runs are added up."""

    def run(*args: Any, **options: Any) -> Any:
        if _depth[0]:
            return call(*args, **options)
        _depth[0] += 1
        begin = time.thread_time()
        try:
            return call(*args, **options)
        finally:
            spent[name] = spent.get(name, 0.0) + time.thread_time() - begin
            _depth[0] -= 1

    return run


def wrap() -> None:
    """Put the counters in."""
    from zope.component import getGlobalSiteManager

    from sp.personcert.accounts.plugins.sessions import Sessions
    from sp.personcert.foundation.walls.gate import Gate

    Gate.__before_publishing_traverse__ = counted("gate", Gate.__before_publishing_traverse__)
    for name in ("extractCredentials", "authenticateCredentials"):
        setattr(Sessions, name, counted("session", getattr(Sessions, name)))
    registry = getGlobalSiteManager()
    for found in list(registry.registeredHandlers()):
        module = getattr(found.handler, "__module__", "")
        if module.startswith("sp.personcert.foundation") and "taskqueue" not in module:
            registry.unregisterHandler(found.handler, found.required)
            label = f"{module.rpartition('.')[2]}.{found.handler.__name__}"
            registry.registerHandler(counted(label, found.handler), found.required)


def ask(asked: dict[str, Any]) -> None:
    """One request for the page, through ZPublisher.

    :raises SystemExit: when the answer is not the page.
    """
    from ZPublisher.WSGIPublisher import publish_module

    statuses: list[str] = []
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": asked["path"],
        "QUERY_STRING": "",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8099",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in asked["cookies"].items()),
        "HTTP_ACCEPT": "text/html",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
    }
    for _ in publish_module(environ, lambda status, headers, error=None: statuses.append(status)):
        pass
    if not statuses or not statuses[0].startswith("200"):
        raise SystemExit(f"{asked['path']} answered {statuses}.")


def main(conf: str, asked: dict[str, Any]) -> None:
    """Measure and print."""
    from Zope2.Startup.run import configure_wsgi

    configure_wsgi(conf)
    import Zope2

    Zope2.app()._p_jar.close()  # starts Zope
    wrap()
    for _ in range(WARM_UP):
        ask(asked)
    spent.clear()
    begin, times = time.thread_time(), asked["requests"]
    for _ in range(times):
        ask(asked)
    total = time.thread_time() - begin
    walls = {name: cost * 1000 / times for name, cost in spent.items()}
    print(json.dumps({"total": total * 1000 / times, "walls": walls}))


if __name__ == "__main__":
    main(sys.argv[1], json.loads(sys.argv[2]))
