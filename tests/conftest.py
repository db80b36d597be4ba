"""The demonstration's site for every test, and who visits it.

``portal`` is the site with the demonstration, ``acting("ceper")`` makes the test code act as a
person, ``visitor("ceper")`` is that person at a browser without JavaScript, ``browse`` (see
``tests/browser``) a real Chromium.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import transaction
from plone import api
from pytest_plone import fixtures_factory
from xdist.scheduler import LoadScopeScheduling

from sp.personcert.accounts import throttle
from sp.personcert.cases import queries as cases
from sp.personcert.customers import queries as customers
from sp.personcert.demo.people import PASSWORD
from sp.personcert.foundation import clock
from sp.personcert.testing.environment import ENVIRONMENT
from sp.personcert.testing.tasks import forget_wake_ups
from sp.personcert.testing.visitor import Visitor
from tests.layers import FUNCTIONAL

globals().update(fixtures_factory(((FUNCTIONAL, "functional"),)))


@pytest.fixture
def portal(functional: Any) -> Iterator[Any]:
    """The site with the demonstration; what a test does to it is gone afterwards."""
    forget_wake_ups()
    throttle.forget_all()
    for letter in Path(ENVIRONMENT["SP_MAIL_DIR"]).glob("*.eml"):
        letter.unlink()
    yield functional["portal"]


@pytest.fixture
def acting(portal: Any) -> Callable[..., AbstractContextManager[None]]:
    """Act as a person: ``with acting("ceper"): ...``."""

    @contextmanager
    def act(user_name: str) -> Iterator[None]:
        with api.env.adopt_user(username=user_name):
            yield

    return act


@pytest.fixture
def visitor(portal: Any) -> Callable[..., Visitor]:
    """A browser: ``visitor()`` for the public, ``visitor("ceper")`` logged in."""

    def visit(user_name: str = "") -> Visitor:
        transaction.commit()
        person = Visitor("/".join(portal.getPhysicalPath()))
        if user_name:
            person.log_in(user_name, PASSWORD)
        return person

    return visit


@pytest.fixture
def at() -> Iterator[Callable[[datetime], None]]:
    """Move the clock of every thread: ``at(datetime(2026, 12, 1, 9, 0))``."""
    frozen: list[Any] = []

    def move(moment: datetime) -> None:
        frozen.append(clock.frozen_at(moment))
        frozen[-1].__enter__()

    yield move
    while frozen:
        frozen.pop().__exit__(None, None, None)


@pytest.fixture
def customer(portal: Any) -> Callable[[str], Any]:
    """A customer of the demonstration by user name."""
    return lambda user_name: customers.of_user(api.user.get(username=user_name).getId())


@pytest.fixture
def case(customer: Callable[[str], Any]) -> Callable[[str, str], Any]:
    """The newest case of a customer and type: ``case("ceper", "brunnsborrare")``."""
    return lambda user_name, type_id: cases.newest_by_type(customer(user_name))[type_id]


@pytest.fixture
def drillers(case: Callable[[str, str], Any]) -> Any:
    """The handbook's case."""
    return case("ceper", "brunnsborrare")


@pytest.fixture
def ceper(visitor: Callable[..., Visitor]) -> Visitor:
    """The handbook's customer at a browser."""
    return visitor("ceper")


def pytest_configure(config: pytest.Config) -> None:
    """Markers of our own."""
    config.addinivalue_line("markers", "wall: somebody tries to get in where they don't belong")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest: the browser's story, then the killed servers."""
    items.sort(key=lambda item: ("tests/browser" not in item.nodeid, "crash" not in item.nodeid))


class ByFile(LoadScopeScheduling):
    """Two processes share the tests: a file stays together, and so does the browser's whole story."""

    def _split_scope(self, nodeid: str) -> str:
        return "browser" if "tests/browser" in nodeid else nodeid.partition("::")[0]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    """Used by ``make test``, which starts two processes."""
    return ByFile(config, log)
