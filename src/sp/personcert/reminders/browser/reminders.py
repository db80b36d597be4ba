"""What the customer of a case will be reminded of, and was: a forecast by the engine's rules (H6, H175)."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property

from zope.i18nmessageid import Message

from sp.personcert import _
from sp.personcert.cases.tabs import CasePage
from sp.personcert.foundation.clock import today
from sp.personcert.foundation.forms.days import typed_day
from sp.personcert.foundation.mail.interfaces import Channel

from .. import queries
from ..domain import Outcome, months_after

MONTHS_AHEAD = 12
CHANNELS: Mapping[Channel, Message] = {
    Channel.MAIL: _("channel_mail", default="Meddelande och e-post"),
    Channel.POST: _("channel_post", default="Meddelande och brev"),
    Channel.HELD: _("channel_held", default="Meddelande; brev om e-postadressen inte rättas"),
}
OUTCOMES: Mapping[Outcome, Message] = {
    Outcome.SENT: _("status_reminder_sent", default="Skickad"),
    Outcome.SKIPPED: _("status_reminder_skipped", default="Inte skickad: en senare gick i stället"),
    Outcome.NOT_NEEDED: _("status_reminder_not_needed", default="Inte skickad: behövdes inte längre"),
}
BAD_DAY = _("refused_reminders_day", default="Skriv dagen som 2027-11-24.")
PAST_DAY = _("refused_reminders_past", default="Välj en dag från och med i dag.")


class Reminders(CasePage):
    """``@@paminnelser``. The day stands in the address; nothing is changed."""

    tab = ""

    @cached_property
    def typed(self) -> str:
        """What stands in the field: the day asked for, else a year from today."""
        return str(self.request.form.get("till", months_after(today(), MONTHS_AHEAD).isoformat()))[:40]

    @cached_property
    def until(self) -> date | None:
        """The last day of the forecast, or None for what means no day to come."""
        return typed_day(self.typed)

    @cached_property
    def errors(self) -> dict[str, Message]:
        """A sentence when the day means nothing."""
        if self.until is None:
            return {"till": BAD_DAY}
        return {} if self.until >= today() else {"till": PAST_DAY}

    @cached_property
    def forecast(self) -> list[queries.Forecast]:
        """What comes when nothing happens before."""
        return queries.forecast(self.case, self.until) if self.until and not self.errors else []

    @cached_property
    def sent(self) -> list[queries.SentReminder]:
        """What was said, the latest first."""
        return queries.sent(self.case)

    def how(self, channel: Channel) -> str:
        """The way in words."""
        return self.text(CHANNELS[channel])

    def became(self, outcome: Outcome) -> str:
        """The outcome in words."""
        return self.text(OUTCOMES[outcome])
