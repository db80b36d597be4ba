"""The audit trail for administrators: who did what, when, to what (H178). Nothing here changes it."""

import re
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from zope.i18nmessageid import Message

from sp.personcert import _
from sp.personcert.customers import queries as customers
from sp.personcert.foundation.audit.entries import Entry
from sp.personcert.foundation.audit.reading import details_of
from sp.personcert.foundation.audit.searching import Found, search
from sp.personcert.foundation.forms.page import Page
from sp.personcert.foundation.taskqueue.interfaces import SYSTEM_USER

from ..trail.actions import ACTIONS
from ..trail.people import People, Person
from ..trail.things import Thing, thing_at
from .trail_filters import Asked, asked, choices, place

PAGE_SIZE = 50
ADDRESS = "granskningslogg"
PEOPLE, CUSTOMERS = {"named"}, {"customers"}
PROVEN = {"account.logged_in", "account.link_used", "account.password_changed", "account.factor_enrolled"}
ACCOUNT = _("thing_account", default="Konto")
LONGEST_DETAIL = 40
_CODE = re.compile(r"[\w.:@+,/-]+")

UNKNOWN = _("trail_unknown_account", default="Konto som inte finns")
NOBODY = _("trail_nobody", default="Inte inloggad")
HIDDEN = _("trail_free_text", default="text som inte visas här")


@dataclass(frozen=True)
class Row:
    """One entry in words."""

    entry: Entry
    who: str
    behind: str
    deed: Message | str
    thing: Thing
    details: tuple[tuple[str, str], ...]
    is_erased: bool

    @property
    def shown_moment(self) -> str:
        """In Swedish time."""
        return self.entry.when.strftime("%Y-%m-%d %H:%M:%S")


class Trail(Page):
    """The page. What is asked for stands in its address, and so does the place from where it goes on."""

    @cached_property
    def people(self) -> People:
        """Everybody who was looked up for this page."""
        return People()

    @cached_property
    def asked(self) -> Asked:
        """What the address says."""
        return asked(self.request, self.people)

    @property
    def errors(self) -> dict[str, Message]:
        """A sentence for each field that means nothing; nothing is shown then."""
        return self.asked.errors

    @property
    def choices(self) -> list[tuple[str, str]]:
        """The actions to choose from, by their words."""
        found = [(code, self.text(word)) for code, word in choices(self.asked.wanted.action)]
        return sorted(found, key=lambda choice: choice[1].casefold())

    @cached_property
    def found(self) -> Found:
        """The entries of the page."""
        if self.errors:
            return Found()
        return search(self.context, self.asked.wanted, self.asked.after, PAGE_SIZE)

    @cached_property
    def rows(self) -> list[Row]:
        """The entries in words."""
        return [self._row(entry) for entry in self.found.entries]

    @property
    def is_broken_off(self) -> bool:
        """Whether looking ended before the page was full."""
        return self.found.rest is not None and len(self.found.entries) < PAGE_SIZE

    @property
    def older(self) -> str:
        """The address of what comes next, "" at the end."""
        return self._address(fore=place(self.found.rest)) if self.found.rest else ""

    @property
    def newest(self) -> str:
        """The address of the beginning, "" when this is it."""
        return self._address(fore="") if self.asked.typed["fore"] else ""

    def _address(self, **changes: str) -> str:
        query = urlencode(self.asked.query(**changes))
        return f"{self.site_url}/{ADDRESS}{'?' if query else ''}{query}"

    def _row(self, entry: Entry) -> Row:
        details = details_of(entry)
        account = details.pop("account", "")
        by_itself = not entry.user_id and entry.action in PROVEN
        return Row(
            entry,
            self._who(account if by_itself else entry.user_id),
            self._who(entry.actor) if entry.actor != entry.user_id else "",
            ACTIONS.get(entry.action, entry.action),
            Thing(ACCOUNT, self._who(account)) if account else thing_at(entry.path),
            tuple((name, self._detail(name, value)) for name, value in details.items()),
            bool(entry.details_digest) and not (details or account),
        )

    def _who(self, user_id: str) -> str:
        if not user_id:
            return self.text(NOBODY)
        person = self.people.by_id(user_id)
        return _named(person, user_id) if person.is_known else f"{self.text(UNKNOWN)} ({user_id})"

    def _detail(self, name: str, value: str) -> str:
        if name in PEOPLE:
            return ", ".join(self._who(user_id) for user_id in value.split())
        if name in CUSTOMERS:
            return ", ".join(thing_at(f"/{customers.FOLDER}/{one}").number for one in value.split())
        if not _CODE.fullmatch(value):
            return self.text(HIDDEN) if value else ""
        return value if len(value) <= LONGEST_DETAIL else f"{value[:12]}…"


def _named(person: Person, user_id: str) -> str:
    """Name and user name. The service user is known by its name alone."""
    if user_id == SYSTEM_USER or not person.user_name:
        return person.name
    return f"{person.name} ({person.user_name})" if person.name else person.user_name
