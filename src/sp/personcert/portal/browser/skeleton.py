"""The frame of every page that is not Plone's own: who is here, where they can go, whom to ask."""

import os
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from AccessControl import getSecurityManager
from plone import api
from zope.i18nmessageid import Message

from sp.personcert import _
from sp.personcert.accounts import queries as accounts
from sp.personcert.accounts.queries import SessionEnds
from sp.personcert.customers import queries as customers
from sp.personcert.foundation.addresses import path_of_site
from sp.personcert.foundation.clock import today
from sp.personcert.foundation.forms import token
from sp.personcert.foundation.forms.token import FormToken
from sp.personcert.foundation.forms.views import CompiledView
from sp.personcert.foundation.identity import current_user_id
from sp.personcert.foundation.permissions import Role
from sp.personcert.foundation.settings import setting
from sp.personcert.foundation.walls.gate import asked_path
from sp.personcert.postal_letters import queries as letters

from .demo_letters import are_open_to

DESK = frozenset({Role.OFFICER.value, Role.DECISION_MAKER.value})
ADMINISTRATION = frozenset({Role.ADMINISTRATOR.value, "Manager"})
ROLE_WORDS = {
    Role.OFFICER.value: _("role_officer", default="Handläggare"),
    Role.DECISION_MAKER.value: _("role_decision_maker", default="Beslutsfattare"),
    Role.ADMINISTRATOR.value: _("role_administrator", default="Administratör"),
    "Manager": _("role_administrator", default="Administratör"),
}
CHECK = ("kontrollera", _("tab_check", default="Kontrollera"))
REGISTER = ("register", _("tab_register", default="Register"))
PUBLIC_TABS = (CHECK, REGISTER, ("login", _("link_log_in", default="Logga in")))
CUSTOMER_TABS = (
    ("start", _("tab_start", default="Start")),
    ("personcertifiering", _("tab_personcert", default="Personcertifiering")),
)
DESK_TABS = (("arenden", _("tab_cases", default="Ärenden")),)
LETTERS = ("brev", _("tab_letters", default="Brev"))
ADMINISTRATION_TABS = (
    ("konton", _("heading_accounts", default="Konton")),
    ("typer", _("tab_types", default="Certifieringstyper")),
    ("sidor", _("tab_pages", default="Sidor")),
    ("granskningslogg", _("tab_trail", default="Logg")),
    ("bakgrundsjobb", _("tab_tasks", default="Jobb")),
    ("texter", _("tab_texts", default="Texter")),
)
STAFF_SECTIONS = {
    "kunder": "arenden",
    "certifieringstyper": "typer",
    "konto": "konton",
    "konton": "konton",
    "texten": "texter",
    "demobrev": "bakgrundsjobb",
    "studsar": "bakgrundsjobb",
}  # the section, up to a hyphen → the tab that it belongs to
PERSONCERT = frozenset({"personcertifiering", "mina-certifieringar", "din-adress", "kunder"})


@dataclass(frozen=True)
class Tab:
    """One of the tabs at the top."""

    title: str
    url: str
    is_current: bool


class Skeleton(CompiledView):
    """Found by name in templates; the template's macro ``page`` asks it once for everything."""

    @cached_property
    def site_url(self) -> str:
        """The path of the site, "" at the root of its host."""
        return path_of_site()

    @property
    def other_language(self) -> str:
        """Where the page is shown in the other language."""
        here, asked = asked_path(self.request), self.request.get("QUERY_STRING", "")
        if asked and self.request["REQUEST_METHOD"] == "GET":
            here = f"{here}?{asked}"
        query = {"till": "sv" if self.language == "en" else "en", "fran": here}
        return f"{self.site_url}/sprak?{urlencode(query)}"

    @cached_property
    def roles(self) -> frozenset[str]:
        """The roles in the whole site."""
        return frozenset(getSecurityManager().getUser().getRoles()) if current_user_id() else frozenset()

    @cached_property
    def kind(self) -> str:
        """``public``, ``customer`` or ``staff``."""
        if not current_user_id():
            return "public"
        return "staff" if self.roles & (DESK | ADMINISTRATION) else "customer"

    @cached_property
    def customer(self) -> Any | None:
        """The customer whose account is logged in, who may be staff as well."""
        return customers.of_current_user()

    @property
    def person(self) -> str:
        """The name of who is logged in."""
        if self.customer is not None:
            return str(self.customer.full_name)
        user = api.user.get_current()
        return str(user.getProperty("fullname") or user.getUserName())

    @property
    def role_word(self) -> str:
        """What a member of the staff is here."""
        words = [self.text(ROLE_WORDS[role]) for role in ROLE_WORDS if role in self.roles]
        return ", ".join(dict.fromkeys(words))

    @cached_property
    def section(self) -> str:
        """The first step of the address inside the site."""
        inside = asked_path(self.request).removeprefix(self.site_url).strip("/")
        return str(inside.partition("/")[0].removeprefix("@@"))

    @property
    def has_menu(self) -> bool:
        """Whether the left menu stands beside the page (H30)."""
        return self.kind == "customer" and self.customer is not None and self.section in PERSONCERT

    @property
    def tabs(self) -> list[Tab]:
        """The tabs at the top."""
        chosen: tuple[tuple[str, Message], ...] = {"public": PUBLIC_TABS, "customer": CUSTOMER_TABS}.get(
            self.kind, ()
        )
        if self.kind == "staff":
            chosen += DESK_TABS if self.roles & DESK else ()
            chosen += (self._letters,) if Role.OFFICER.value in self.roles else ()
            chosen += (REGISTER,)
            chosen += ADMINISTRATION_TABS if self.roles & ADMINISTRATION else ()
        here = self._current_tab
        return [Tab(self.text(title), f"{self.site_url}/{name}", name == here) for name, title in chosen]

    @property
    def _letters(self) -> tuple[str, Message]:
        waiting, (name, title) = letters.count(today()), LETTERS
        counted = _("tab_letters_count", default="Brev (${count})", mapping={"count": waiting})
        return name, counted if waiting else title

    @property
    def bad_email(self) -> str:
        """The customer's address that mail does not reach and that we ask about; "" elsewhere."""
        is_asked = self.customer is not None and customers.is_asked_about_address(self.customer)
        return str(self.customer.email) if is_asked and self.section != "min-epost" else ""

    @property
    def _current_tab(self) -> str:
        if self.kind == "staff":
            return STAFF_SECTIONS.get(self.section.partition("-")[0], self.section)
        return "personcertifiering" if self.section in PERSONCERT else self.section

    @property
    def home(self) -> str:
        """Where the name of the service leads."""
        return self.site_url or "/" if self.kind == "public" else f"{self.site_url}/start"

    @property
    def logout_token(self) -> FormToken:
        """The token of the log-out button in the menu."""
        path = "/".join(api.portal.get().getPhysicalPath())
        return token.issue(self.request, f"logout@{path}")

    @property
    def session_ends(self) -> SessionEnds | None:
        """When the person will be logged out, for the warning before it."""
        return accounts.session_ends(self.request)

    @property
    def support(self) -> tuple[str, str, str]:
        """E-mail, telephone, and the telephone as an address (H158)."""
        phone = str(setting("support_phone"))
        digits = "".join(sign for sign in phone if sign.isdigit())
        dialled = f"+46{digits[1:]}" if digits.startswith("0") else digits
        return str(setting("support_email")), phone, f"tel:{dialled}"

    @property
    def is_demo(self) -> bool:
        """Whether a stranger should be told that nobody here is real."""
        return self.kind == "public" and os.environ.get("SP_DEMO") == "1"

    @property
    def shows_demo_letters(self) -> bool:
        """Whether the stranger may read the demonstration's letters."""
        return are_open_to(self.request)
