"""Between password and session: the one-time code, and setting up the app that shows it."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import segno
from plone import api
from zope.i18nmessageid import Message

from sp.personcert import _
from sp.personcert.foundation.identity import current_user_id

from .. import queries
from ..domain import Enrolment
from ..operations import logging_in, second_factor
from ..operations.logging_in import Outcome
from ..plugins import sessions
from .login import WayIn

LONGEST_CODE = 100
WRONG_CODE = _("refused_code", default="Koden stämmer inte. Vänta tills appen visar nästa kod och skriv den.")
WRONG_RECOVERY_CODE = _(
    "refused_recovery_code",
    default="Reservkoden stämmer inte, eller är redan använd. Kontrollera den eller skriv en annan.",
)
WRONG_FIRST_CODE = _(
    "refused_first_code",
    default="Koden stämmer inte. Kontrollera telefonens klocka, och skriv koden som appen visar nu.",
)
THROTTLED = _(
    "refused_code_throttled", default="Det har blivit många fel koder. Vänta en stund och försök igen."
)
NO_CODE = _("refused_code_empty", default="Skriv koden.")


class CodeForm(WayIn):
    """Base of the two forms that take a code."""

    @property
    def code(self) -> str:
        """What was typed. It is never shown again."""
        return self.typed("code")

    def __call__(self) -> Any:
        """Back to the login when no step waits here."""
        if current_user_id() or self.waits:
            return super().__call__()
        self.prepare()
        self.request.response.redirect(self.way_to("login", besked="for-sent"))
        return ""

    @property
    def waits(self) -> bool:
        """Whether somebody here owes this step."""
        raise NotImplementedError

    def problems(self) -> dict[str, Message]:
        """An empty code is no try; what is too long for a code is a wrong one."""
        if not self.code.strip():
            return {"code": NO_CODE}
        sentence, field = self.refusals[Outcome.WRONG]
        return {field: sentence} if len(self.code) > LONGEST_CODE else {}


class SecondStep(CodeForm):
    """The code of the app, or a recovery code: a field of its own, since a telephone shows digits alone."""

    name = "engangskod"

    @property
    def refusals(self) -> Mapping[Outcome, tuple[Message, str]]:
        """At the field that was used."""
        wrong = (WRONG_RECOVERY_CODE, "recovery") if self.is_recovery else (WRONG_CODE, "code")
        return {Outcome.WRONG: wrong, Outcome.THROTTLED: (THROTTLED, "")}

    @property
    def code(self) -> str:
        """The one that was typed."""
        return self.typed("recovery" if self.is_recovery else "code")

    @property
    def is_recovery(self) -> bool:
        """Whether the field for recovery codes was used."""
        return not self.typed("code").strip() and bool(self.typed("recovery").strip())

    @property
    def waits(self) -> bool:
        """Whether somebody here has given the password."""
        return logging_in.pending_of(self.request, logging_in.CONFIRM_SECONDS) is not None

    def handle(self, creation_id: str) -> str:
        """Open the session."""
        return self.after(logging_in.confirm(self.request, self.code))


class NewSecondFactor(CodeForm):
    """An app is connected; then the recovery codes are shown, once."""

    name = "engangskod-ny"
    refusals = {Outcome.WRONG: (WRONG_FIRST_CODE, "code"), Outcome.THROTTLED: (THROTTLED, "")}
    codes: tuple[str, ...] = ()

    @cached_property
    def enrolment(self) -> Enrolment | None:
        """What the app needs: the same until the code is right."""
        return second_factor.begin_enrolment(self.request)

    @property
    def waits(self) -> bool:
        """Whether somebody here owes an enrolment."""
        return self.enrolment is not None

    def handle(self, creation_id: str) -> str:
        """Connect the app and open the session."""
        outcome, self.codes = second_factor.finish_enrolment(self.request, self.code)
        return self.after(outcome)

    def done(self, target: str) -> Any:
        """The recovery codes are the answer, and no address ever shows them again."""
        here = sessions.present(self.request)
        if not self.codes or here is None:
            return super().done(target)
        with api.env.adopt_user(username=queries.user_name_of(here[0].user_id)):
            return self.render()  # the frame shows who is logged in now

    @property
    def picture(self) -> str:
        """The QR code (ISO/IEC 18004) for the app's camera, as an address of type data."""
        return str(segno.make_qr(self.enrolment.uri, error="m").svg_data_uri(border=4, scale=4))

    @property
    def secret(self) -> str:
        """The key in groups of four, for typing."""
        key = self.enrolment.secret
        return " ".join(key[at : at + 4] for at in range(0, len(key), 4))
