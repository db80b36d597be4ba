"""Where a person is logged in, and the latest log-ins: for everybody, of themselves."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from zope.i18nmessageid import Message

from sp.personcert import _
from sp.personcert.foundation.errors import Refused
from sp.personcert.foundation.forms.token import FormToken
from sp.personcert.foundation.identity import current_user_id
from sp.personcert.foundation.walls.gate import login_path

from .. import queries
from ..domain import without_invisible_ends
from ..operations import second_factor, sessions
from . import words
from .several import OneOfSeveral

LONGEST_CODE = 40
NO_CODE = _("refused_no_code", default="Skriv koden som appen visar nu.")
RECEIPTS = {
    "avslutad": _("status_session_ended", default="Inloggningen är avslutad."),
    "avslutade": _("status_sessions_ended", default="Alla andra inloggningar är avslutade."),
}


@dataclass(frozen=True)
class Standing:
    """A place where the person is logged in. ``token`` ends it; the present one has none."""

    device: Message | str
    address: str
    opened: str
    kind: Message
    methods: str
    token: FormToken | None


@dataclass(frozen=True)
class Past:
    """A log-in of before."""

    moment: str
    device: Message | str
    address: str
    methods: str


class LoginsForm(OneOfSeveral):
    """Base of the page's forms. Who is not logged in is led to the login."""

    receipts = RECEIPTS
    codes: tuple[str, ...] = ()  # new recovery codes, shown once

    def __call__(self) -> Any:
        if current_user_id():
            return self.answer()
        self.prepare()
        self.request.response.redirect(login_path(self.request))
        return ""

    def answer(self) -> Any:
        """Of a form."""
        return super().__call__()

    @property
    def page_url(self) -> str:
        """``/inloggningar``."""
        return f"{self.site_url}/inloggningar"

    @cached_property
    def standing(self) -> list[Standing]:
        """The present one first, then the newest."""
        rows = queries.sessions_of_current_user(self.request)
        return [self._standing(row) for row in sorted(rows, key=lambda row: not row.is_here)]

    def logins(self) -> list[Past]:
        """The latest, newest first."""
        return [
            Past(
                f"{login.moment:%Y-%m-%d %H:%M}",
                words.device(login.agent),
                login.address,
                words.methods(login.methods, self.text),
            )
            for login in queries.latest_logins()
        ]

    @cached_property
    def codes_left(self) -> int | None:
        """How many recovery codes the person has, None without a second factor."""
        return queries.recovery_codes_left()

    def _standing(self, row: queries.SessionRow) -> Standing:
        return Standing(
            words.device(row.agent),
            row.address,
            f"{row.opened:%Y-%m-%d %H:%M}",
            words.KINDS[row.kind],
            words.methods(row.methods, self.text),
            None if row.is_here else self.token_of(EndSession.name, row.id),
        )


class OwnLogins(LoginsForm):
    """``/inloggningar``, for reading."""

    def answer(self) -> Any:
        """The page."""
        return self.read()


class EndSession(LoginsForm):
    """End one log-in. Which one stands in the signed part of the form."""

    name = "end-session"

    def handle(self, creation_id: str) -> str:
        """What has ended already stays ended."""
        sessions.end_session(self.token.kept)
        return self.go_on("avslutad")


class EndOthers(LoginsForm):
    """End every log-in but the present one."""

    name = "end-other-sessions"

    def handle(self, creation_id: str) -> str:
        """End them."""
        sessions.end_other_sessions(self.request)
        return self.go_on("avslutade")


class NewCodes(LoginsForm):
    """New recovery codes in place of the old ones, shown on the answer alone."""

    name = "new-recovery-codes"

    def problems(self) -> dict[str, Message]:
        """A code must be there."""
        code = without_invisible_ends(self.typed("code"))
        return {} if 0 < len(code) <= LONGEST_CODE else {"code": NO_CODE}

    def handle(self, creation_id: str) -> str:
        """Make them."""
        if self.codes_left is None:
            raise Refused(NO_CODE, "code")
        self.codes = second_factor.new_recovery_codes(
            self.request, without_invisible_ends(self.typed("code"))
        )
        return self.page_url

    def done(self, target: str) -> Any:
        """The page, with the codes in it."""
        del self.codes_left
        return self.show()
