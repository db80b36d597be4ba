"""The frame of a case: information field, whose turn it is, steps and tabs (H35–H52)."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from zope.i18nmessageid import Message

from sp.personcert import _
from sp.personcert.cases.domain import DECIDED, shown_state
from sp.personcert.cases.vocabularies import KINDS
from sp.personcert.customers import queries as customers
from sp.personcert.customers.domain import ContactMode, masked_number, shown_number
from sp.personcert.foundation.access import may
from sp.personcert.foundation.clock import today
from sp.personcert.foundation.forms import token
from sp.personcert.foundation.forms.token import FormToken
from sp.personcert.foundation.forms.views import CompiledView
from sp.personcert.foundation.identity import current_user_id
from sp.personcert.foundation.permissions import Permission

from .. import queries
from ..domain import STEPS
from ..queries import Standing
from ..turn import Turn, turn_of_customer, turn_of_staff
from ..words import CASE_WORDS, EXAM_WORDS, STEP_WORDS

CUSTOMER_TABS = (
    ("messages", "@@meddelanden", _("tab_messages", default="Meddelanden")),
    ("archive", "@@arkiv", _("tab_archive", default="Arkiv")),
    ("address", "@@din-adress", _("tab_address", default="Din adress")),
    ("upload", "@@ladda-upp-intyg", _("tab_upload", default="Ladda upp intyg")),
)
STAFF_TABS = (
    ("review", "@@handlaggning", _("tab_review", default="Handlingar")),
    CUSTOMER_TABS[0],
    CUSTOMER_TABS[1],
    ("exam", "@@tentamen", _("tab_exam", default="Tentamen")),
    ("decision", "@@beslut", _("tab_decision", default="Beslut")),
)
PROTECTED = _("status_protected", default="Skyddade personuppgifter")
TAKE = _("button_take_case", default="Ta ärendet")
RELEASE = _("button_release_case", default="Lämna tillbaka")


@dataclass(frozen=True)
class Tab:
    """One tab of the work field."""

    key: str
    title: str
    url: str


@dataclass(frozen=True)
class ShownStep:
    """One step of the case: ``done``, ``now`` or ``later``."""

    title: str
    when: str


@dataclass(frozen=True)
class Action:
    """A button of the officers' header, with the token of the form it belongs to."""

    title: str
    url: str
    token: FormToken


class CaseInfo(CompiledView):
    """Found by name in templates; the macro ``case`` asks it as ``view.case_info``."""

    @cached_property
    def url(self) -> str:
        """The address of the case."""
        return str(self.context.absolute_url_path())

    @cached_property
    def customer(self) -> Any:
        """Whose case it is."""
        return self.context.__parent__

    @cached_property
    def is_staff(self) -> bool:
        """Whether an officer looks at somebody else's case."""
        return self.customer.user_id != current_user_id() and may(Permission.USE_DESK, self.context)

    @cached_property
    def standing(self) -> Standing:
        """Case, certificate and step."""
        return queries.standing(self.context)

    @property
    def certificate(self) -> Any | None:
        """The holder's newest certificate of the type (H43)."""
        return self.standing.certificate

    @property
    def number(self) -> str:
        """The personnummer (H38): masked for staff, and nothing of it when the identity is protected."""
        value = self.customer.personal_identity_number
        if not self.is_staff:
            return shown_number(value, today())
        return masked_number(value) if customers.shows_contact(self.customer) else self.text(PROTECTED)

    @property
    def number_url(self) -> str:
        """Where staff open the personnummer, "" when they may not."""
        if not self.is_staff or not customers.may_open_number(self.customer):
            return ""
        return f"{self.customer.absolute_url_path()}/@@personnummer"

    @property
    def is_published(self) -> bool:
        """Whether the certificate stands in the register (H48): never while the identity is protected."""
        found = self.certificate
        return found is not None and found.published and not self.customer.protected_identity

    @cached_property
    def officer(self) -> str:
        """The name of who handles the case (H39)."""
        return self.context.officer_name

    @property
    def state_word(self) -> str:
        """The field Ärende (H40)."""
        return self.text(CASE_WORDS[shown_state(self.standing.state)])

    @property
    def kind(self) -> str:
        """The kind of the case (H138)."""
        return self.text(KINDS[self.context.kind])

    @property
    def is_digital(self) -> bool:
        """Whether the person is reached by e-mail (H41)."""
        return bool(self.customer.contact_mode == ContactMode.DIGITAL)

    @property
    def bad_email_since(self) -> date | None:
        """For officers: since when mail to the customer does not arrive."""
        if not self.is_staff or not customers.email_is_bad(self.customer):
            return None
        return self.customer.bad_address.since if customers.may_correct_email(self.customer) else None

    @property
    def level(self) -> str:
        """The level granted (H45); what was applied for is shown to staff alone."""
        if self.certificate is not None:
            return str(self.certificate.level_title)
        applied = self.context.rule.level(self.context.level_key) if self.is_staff else None
        if applied is None:
            return ""
        return self.text(_("text_level_applied", default="${level} (sökt)", mapping={"level": applied.title}))

    @property
    def exam(self) -> tuple[date, str] | None:
        """The latest marking of an exam and its result (H49)."""
        found = self.context.latest_exam
        return None if found is None else (found.marked_on, self.text(EXAM_WORDS[found.result]))

    @property
    def turn(self) -> Turn:
        """Whose turn it is."""
        return (
            turn_of_staff(self.standing) if self.is_staff else turn_of_customer(self.standing, self.officer)
        )

    @property
    def steps(self) -> list[ShownStep]:
        """The steps of the case."""
        found = self.standing.progress
        return [
            ShownStep(
                self.text(STEP_WORDS[step]),
                "now" if step is found.step else "done" if step in found.done else "later",
            )
            for step in STEPS
        ]

    @cached_property
    def tabs(self) -> list[Tab]:
        """The tabs of the work field (H52); the upload tab goes with the decision (H143)."""
        chosen = STAFF_TABS if self.is_staff else CUSTOMER_TABS
        return [
            Tab(key, self.text(title), f"{self.url}/{name}")
            for key, name, title in chosen
            if key != "upload" or self.standing.state not in DECIDED
        ]

    def tab_title(self, key: str) -> str:
        """The title of the open tab, for the title of the window."""
        return next((tab.title for tab in self.tabs if tab.key == key), "")

    @property
    def actions(self) -> list[Action]:
        """To take the case or to give it back."""
        if not self.is_staff or not may(Permission.TAKE, self.context):
            return []
        if self.context.officer_id == current_user_id():
            return [self._action("release", "@@lamna-tillbaka", RELEASE)]
        return [self._action("take", "@@ta-arendet", TAKE)]

    def _action(self, name: str, view: str, title: Message) -> Action:
        form_id = f"{name}@{'/'.join(self.context.getPhysicalPath())}"
        made = token.issue(self.request, form_id, self.context.officer_id)
        return Action(self.text(title), f"{self.url}/{view}", made)
