"""Role by address: what one person meets answers nobody else, unless the table says so.

Every address on every page that each person reaches, and every view of ours on content of each type, is
asked for by everybody, in six ways. ``make test`` asks once for each view and type, ``make torture``
for every address.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from plone import api

from sp.personcert.customers import queries as customers
from sp.personcert.foundation.permissions import Permission
from sp.personcert.foundation.walls.allowed import STOCK_NAMES
from tests.reading import address

from .crawling import Met, crawl, met
from .registered import listed_permission, own_views_on
from .test_walls_one_answer import told

CUSTOMERS = ("ceper", "enkel", "tom")
PEOPLE = frozenset({*CUSTOMERS, "handlaggare", "beslutsfattare", "administrator"})
EVERYBODY = PEOPLE | {""}
OFFICERS = frozenset({"handlaggare"})
DESK = OFFICERS | {"beslutsfattare"}
ADMINISTRATORS = frozenset({"administrator"})
OWNER = frozenset({"the owner"})

# Who holds the permission of a view on the site and its pages. A new permission is added here.
ON_THE_SITE: dict[str, frozenset[str]] = {
    "public": EVERYBODY,
    Permission.VIEW: PEOPLE,
    Permission.USE_DESK: DESK,
    Permission.MANAGE_TYPES: ADMINISTRATORS,
    Permission.MANAGE_ACCOUNTS: ADMINISTRATORS,
    Permission.READ_AUDIT: ADMINISTRATORS,
    Permission.MANAGE_TASKS: ADMINISTRATORS,
    Permission.MANAGE_TEXTS: ADMINISTRATORS,
    Permission.POST_LETTERS: OFFICERS,
}
# The same inside a customer's record, where the site's roles meet the person that it is about.
IN_A_RECORD: dict[str, frozenset[str]] = {
    Permission.VIEW: OWNER | DESK,
    Permission.WRITE_MESSAGE: OWNER | DESK,
    Permission.UPLOAD: OWNER,
    Permission.USE_DESK: DESK,
    Permission.OPEN_IDENTITY_NUMBER: DESK,
    Permission.TAKE: OFFICERS,
    Permission.REVIEW: OFFICERS,
    Permission.OPEN_CUSTOMER: OFFICERS,
}
# Views with the permission View that the public reads as well.
PUBLIC_PAGES = frozenset(
    {
        *("personcert-front", "document_view", "ansokan", "fragor-och-svar", "personcertifiering"),
        *("personuppgifter", "tillganglighet"),
    }
)
DEFAULT_VIEWS = {
    "plone_site": "personcert-front",
    "document": "document_view",
    "case": "view",
    "customer": "view",
}
PACKAGED = ("++plone++", "++resource++", "++webresource++", "++theme++")
IN_PLONES_FRAME = frozenset({"plone_site", "folder", "document"})
MADE_UP = "/plone/" + "0" * 32
JSON = {"Accept": "application/json"}
WAYS = ("GET", "HEAD", "POST", "JSON", "DELETE", "PROPFIND")
NOBODYS = ("DELETE", "PROPFIND")
AUDITED = frozenset({"hamta", "login"})  # staff's reading and a failed log-in leave an entry
IS_FULL = int(os.environ.get("SP_TORTURE", "1")) > 1


@dataclass(frozen=True)
class Rule:
    """A line of the allow list: who is answered at an address, and whether a view of ours answers."""

    at: Met
    holders: frozenset[str]
    is_ours: bool

    @property
    def name(self) -> str:
        """The name of the view."""
        return self.at.view.removeprefix("@@")


def rule_for(portal: Any, one: Met) -> Rule:
    """The line for an address."""
    name = one.view.removeprefix("@@") or DEFAULT_VIEWS.get(one.kind, "")
    view = own_views_on(portal.unrestrictedTraverse(one.place)).get(name)
    if view is None:
        return Rule(one, _who_may_stock(one), False)
    permission = listed_permission(view)
    table = IN_A_RECORD if one.owner and permission != "public" else ON_THE_SITE
    holders = table[permission] if permission else frozenset()
    if name in PUBLIC_PAGES and not one.owner:
        holders |= {""}
    return Rule(one, holders | {one.owner} if holders >= OWNER else holders, True)


def _who_may_stock(one: Met) -> frozenset[str]:
    """What is not ours: files of packages, the names with a reason, and Plone's frame for its users."""
    if one.view.startswith(PACKAGED) or one.view.removeprefix("@@").partition("/")[0] in STOCK_NAMES:
        return EVERYBODY
    return ADMINISTRATORS if one.kind in IN_PLONES_FRAME and not one.owner else frozenset()


@pytest.fixture
def owners(portal: Any) -> dict[str, str]:
    """User names by the ids of their records."""
    return {customers.of_user(api.user.get(username=name).getId()).getId(): name for name in CUSTOMERS}


_RULES: list[Rule] = []  # the demonstration lies at the same addresses in every test of a process


@pytest.fixture
def rules(portal: Any, visitor: Any, owners: dict[str, str]) -> list[Rule]:
    """One for each address that the crawls met, and for every view of ours on every place."""
    if not _RULES:
        found: dict[tuple[str, ...], Met] = {}
        for name in sorted(EVERYBODY):
            found.update(crawl(visitor(name), portal, owners, with_frame=IS_FULL))
        for place in _places(portal):
            for name in ("", *(f"/@@{name}" for name in own_views_on(place))):
                one = met(portal, owners, address(place) + name)
                found.setdefault(one.key, one)
        _RULES.extend(rule_for(portal, one) for one in (found if IS_FULL else thinned(found)).values())
    return _RULES


def thinned(found: dict[tuple[str, ...], Met]) -> dict[Any, Met]:
    """One address for each view and type, of the person with most of them; of the others the records."""
    others = {one.key: one for one in found.values() if one.owner != "ceper" and not one.view}
    ordered = sorted(found.values(), key=lambda one: (one.owner == "ceper", not one.query), reverse=True)
    return others | {(one.kind, one.view): one for one in reversed(ordered)}


def _places(portal: Any) -> Iterator[Any]:
    """One of each type, in each record."""
    folders = (portal, portal.sidor, portal.kunder, portal.certifieringstyper)
    yield from (*folders, portal.sidor.startsida, portal.certifieringstyper.brunnsborrare)
    for name in CUSTOMERS:
        record = customers.of_user(api.user.get(username=name).getId())
        inside = [record, *record.objectValues()]
        inside += [found for case in record.objectValues() for found in getattr(case, "objectValues", list)()]
        yield from {found.portal_type: found for found in inside}.values()


class Person:
    """Somebody who asks for all of it, with a real token of a form of theirs."""

    def __init__(self, visitor: Any, name: str, portal: Any) -> None:
        self.name, self.browser = name, visitor(name)
        self.storage = portal._p_jar.db().storage
        form = list(self.browser.see("/andra-losenord" if name else "/login").forms.values())[-1]
        self.token = {field: form[field].value for field in ("creation_id", "kept", "form_token")}
        self.nothing = {way: told(self.ask(way, MADE_UP)) for way in WAYS}
        self.nothing |= dict.fromkeys(NOBODYS, self.nothing["GET"])

    def ask(self, way: str, path: str) -> Any:
        """One request."""
        if way == "POST":
            return self.browser.send(path, self.token | {"text": "Hej", "do": "save", "verdict": "approved"})
        if way == "JSON":
            return self.browser.ask("GET", path, JSON)
        return self.browser.ask(way, path)

    def was_refused(self, way: str, answer: Any) -> bool:
        """The one 404; whoever is not logged in may be sent to the login instead."""
        if answer.status_int == 404:
            return told(answer) == self.nothing[way]
        if self.name:
            return False
        location = answer.headers.get("Location", "")
        to_login = answer.status_int == 302 and location.startswith("/plone/login?came_from=")
        return to_login or (way == "JSON" and answer.status_int == 401)


@pytest.mark.wall
@pytest.mark.torture
@pytest.mark.parametrize("name", sorted(EVERYBODY))
def test_only_the_allow_list_answers(portal: Any, visitor: Any, rules: list[Rule], name: str) -> None:
    """Who is not on it is refused in all six ways, and nothing is written; nobody uses the last two."""
    person, wrong = Person(visitor, name, portal), []
    for rule in rules:
        may = name in rule.holders
        is_framed = may and name in ADMINISTRATORS and not (rule.is_ours and rule.at.kind != "document")
        for way in NOBODYS if is_framed else WAYS:
            before = person.storage.lastTransaction()
            answer = person.ask(way, rule.at.address)
            has_written = person.storage.lastTransaction() != before
            if may and way not in NOBODYS:
                is_right = answer.status_int < 500 and not (has_written and rule.name not in AUDITED)
            else:
                is_right = person.was_refused(way, answer) and not has_written
            if not is_right:
                wrong.append((way, rule.at.address, answer.status_int, has_written))
    assert wrong == []


@pytest.mark.wall
def test_the_crawls_met_the_whole_site(rules: list[Rule]) -> None:
    """Else the matrix would be green because it asked for nothing."""
    assert {"case", "customer", "message", "certificate", "certification_type"} <= {
        rule.at.kind for rule in rules
    }
    assert {rule.at.owner for rule in rules} == {"", *CUSTOMERS}
    assert len(rules) > 120
