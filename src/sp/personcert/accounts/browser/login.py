"""The only place where user name and password open a session (H9–H14)."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from zope.i18nmessageid import Message

from sp.personcert import _
from sp.personcert.foundation.errors import RefusedAndNoted
from sp.personcert.foundation.forms.form import Form
from sp.personcert.foundation.forms.page import Page
from sp.personcert.foundation.identity import current_user_id

from ..domain import Limits, SessionKind, site_path, without_invisible_ends
from ..operations import logging_in
from ..operations.logging_in import Outcome
from ..plugins.sessions import limits
from ..queries import users
from .spans import in_words

LONGEST_USER_NAME = 200
LONGEST_PASSWORD = 1000
WRONG_PAIR = _(
    "refused_login",
    default="Användarnamnet eller lösenordet stämmer inte. Kontrollera båda och skriv lösenordet igen.",
)
THROTTLED = _(
    "refused_login_throttled",
    default=(
        "Någon har gjort många försök härifrån eller med det här användarnamnet. "
        "Vänta en stund och försök igen, eller välj ett nytt lösenord med en länk som vi mejlar."
    ),
)
NOTICES: Mapping[str, Message] = {
    "valt": _("status_password_chosen", default="Ditt nya lösenord är sparat. Logga in med det."),
    "for-sent": _(
        "status_login_too_late",
        default="Det dröjde för länge innan koden kom. Logga in igen med användarnamn och lösenord.",
    ),
    "flik": _(
        "status_login_in_a_tab",
        default="Logga in här och gå sedan tillbaka till den andra fliken. Det du skrev där står kvar.",
    ),
}
STEPS: Mapping[Outcome, str] = {Outcome.SECOND_STEP: "engangskod", Outcome.ENROLMENT: "engangskod-ny"}
WAYS_IN_AND_OUT = frozenset(
    {
        *("login", "login_form", "require_login", "failsafe_login", "failsafe_login_form", "logout"),
        *(*STEPS.values(), "glomt-losenord", "valj-losenord", "inloggad"),
    }
)


def asked_for(request: Any) -> str:
    """Where the person was on the way to: a path on this host that is not a way in or out, or ""."""
    value = request.form.get("came_from", "")
    path = site_path(value if isinstance(value, str) else "")
    last = path.partition("?")[0].rstrip("/").rpartition("/")[2].removeprefix("@@")
    return "" if last in WAYS_IN_AND_OUT else path


class WayIn(Form):
    """Base of the login and the steps after it. Who is logged in goes on, so a second click does no harm."""

    refusals: Mapping[Outcome, tuple[Message, str]] = {}  # sentence and field

    def __call__(self) -> Any:
        if self.goes_on:
            self.prepare()
            self.request.response.redirect(self.target)
            return ""
        return super().__call__()

    @property
    def goes_on(self) -> bool:
        """Whether the way in is behind the person already."""
        return bool(current_user_id())

    @property
    def came_from(self) -> str:
        """Where the person was on the way to."""
        return asked_for(self.request)

    @property
    def target(self) -> str:
        """Where a log-in leads: on, else the general start page (H15)."""
        return self.came_from or f"{self.site_url}/start"

    def way_to(self, name: str, **query: str) -> str:
        """The address of another step, which remembers where the way leads."""
        values = query | ({"came_from": self.came_from} if self.came_from else {})
        return f"{self.site_url}/{name}{'?' if values else ''}{urlencode(values)}"

    def after(self, outcome: Outcome) -> str:
        """Where an outcome leads.

        :raises RefusedAndNoted: when it leads back here.
        """
        if outcome in self.refusals:
            raise RefusedAndNoted(*self.refusals[outcome])
        if outcome == Outcome.TOO_LATE:
            return self.way_to("login", besked="for-sent")
        return self.way_to(STEPS[outcome]) if outcome in STEPS else self.target


class Login(WayIn):
    """The form."""

    name = "login"
    refusals = {Outcome.WRONG: (WRONG_PAIR, "user_name"), Outcome.THROTTLED: (THROTTLED, "")}

    @property
    def goes_on(self) -> bool:
        """A second click goes on; another person at the same computer logs in instead."""
        if self.request["REQUEST_METHOD"] != "POST":
            return super().goes_on
        typed = without_invisible_ends(self.typed("user_name"))
        return super().goes_on and users().user_id_of(typed) == current_user_id()

    def problems(self) -> dict[str, Message]:
        """What nobody has as a name or password costs no verification; nor does one in an address."""
        if "password" in self.request.environ.get("QUERY_STRING", ""):
            return {"user_name": WRONG_PAIR}
        is_long = (
            len(self.typed("user_name")) > LONGEST_USER_NAME or len(self.typed("password")) > LONGEST_PASSWORD
        )
        return {"user_name": WRONG_PAIR} if is_long else {}

    def handle(self, creation_id: str) -> str:
        """Log in. Unknown user name and wrong password are one answer."""
        user_name, password = (
            without_invisible_ends(self.typed(field)) for field in ("user_name", "password")
        )
        return self.after(
            logging_in.log_in(self.request, user_name, password, private="private" in self.request.form)
        )

    @property
    def is_throttled(self) -> bool:
        """Whether the way round a throttle is shown."""
        return self.errors.get("") is THROTTLED

    @property
    def notice(self) -> Message | None:
        """What led here, by a code in the address."""
        return NOTICES.get(str(self.request.form.get("besked", "")))

    @property
    def shared(self) -> dict[str, Message]:
        """How long one stays logged in without a tick."""
        return _spans(limits(SessionKind.SHARED))

    @property
    def private(self) -> dict[str, Message]:
        """And with one."""
        return _spans(limits(SessionKind.PRIVATE))


class ToLogin(Page):
    """Where PAS sends whoever must log in first, and the stock names of the login form."""

    def __call__(self) -> str:
        self.prepare()
        path = asked_for(self.request)
        query = f"?{urlencode({'came_from': path})}" if path else ""
        self.request.response.redirect(f"{self.site_url}/{'start' if current_user_id() else f'login{query}'}")
        return ""


def _spans(found: Limits) -> dict[str, Message]:
    return {"idle": in_words(found.idle), "longest": in_words(found.longest)}
