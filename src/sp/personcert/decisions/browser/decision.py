"""The tab Beslut: what is proposed, who may decide, and what was decided (H166)."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from zope.i18nmessageid import Message

from sp.personcert import _
from sp.personcert.cases import queries as cases
from sp.personcert.cases.domain import CaseState, Exam
from sp.personcert.cases.tabs import CaseForm
from sp.personcert.certification_types.domain import Level
from sp.personcert.checklist import queries as checklist
from sp.personcert.checklist.domain import Verdict
from sp.personcert.foundation.access import may
from sp.personcert.foundation.forms import token
from sp.personcert.foundation.permissions import Permission
from sp.personcert.foundation.transitions import state_of

from .. import operations, queries
from ..domain import Decision, Proposal
from ..operations import LACKING


@dataclass(frozen=True)
class Way:
    """One of the three ways to end a proposal: a form of its own, with its token."""

    name: str
    action: str
    token: token.FormToken
    title: Message
    hint: Message
    button: Message


WAYS: dict[str, tuple[str, Message, Message, Message]] = {
    "grant": (
        "@@bevilja",
        _("heading_grant", default="Bevilja"),
        _(
            "hint_grant",
            default="Certifikatet numreras, signeras och skickas när du har beviljat. Skäl behövs inte.",
        ),
        _("button_grant", default="Bevilja certifiering"),
    ),
    "refuse": (
        "@@avsla",
        _("heading_refuse", default="Avslå"),
        _("hint_refuse", default="Kunden läser skälet i Kundwebben."),
        _("button_refuse", default="Avslå ansökan"),
    ),
    "return": (
        "@@lamna-ater",
        _("heading_return", default="Lämna åter till handläggaren"),
        _("hint_return", default="Skriv vad som behöver göras. Kunden ser det inte."),
        _("button_return", default="Lämna åter"),
    ),
}


class DecisionForm(CaseForm):
    """The page, whichever of its forms was sent."""

    tab = "decision"

    @cached_property
    def state(self) -> str:
        """The state of the case."""
        return state_of(self.case)

    @cached_property
    def lacking(self) -> list[Message]:
        """What a proposal waits for."""
        return [LACKING[code] for code in queries.lacking(self.case)]

    @property
    def approved(self) -> tuple[int, int]:
        """How many slots are approved, and how many there are."""
        rows = checklist.rows(self.case)
        good = [row for row in rows if row.answer and row.answer.verdict is Verdict.APPROVED]
        return len(good), len(rows)

    @property
    def exam(self) -> Exam | None:
        """The latest marking."""
        return self.case.latest_exam

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels that can be proposed."""
        return tuple(self.case.rule.levels)

    def level_title(self, key: str) -> str:
        """The title of a level, "" without one."""
        level = self.case.rule.level(key)
        return level.title if level else ""

    @cached_property
    def proposal(self) -> Proposal | None:
        """What is proposed, while it waits."""
        return queries.proposal(self.case) if self.state == CaseState.READY_FOR_DECISION else None

    @property
    def proposed_by(self) -> str:
        """Who proposed it."""
        return cases.person_name(self.proposal.proposed_by)

    @cached_property
    def decision(self) -> Decision | None:
        """What was decided."""
        return queries.decision(self.case)

    @cached_property
    def may_propose(self) -> bool:
        """Whether the state and the role admit a proposal."""
        return may(Permission.PROPOSE, self.case)

    @cached_property
    def may_decide(self) -> bool:
        """Whether the state and the role admit a decision."""
        return may(Permission.DECIDE, self.case)

    @cached_property
    def is_independent(self) -> bool:
        """Whether the person took no part in the case."""
        return queries.is_independent(self.case)

    @property
    def has_proposal_form(self) -> bool:
        """Whether the person can propose now."""
        return self.may_propose and not self.lacking

    @property
    def has_decision_forms(self) -> bool:
        """Whether the person can decide now."""
        return self.proposal is not None and self.may_decide and self.is_independent

    @property
    def has_form(self) -> bool:
        """Whether the next step is on this page."""
        return self.has_proposal_form or self.has_decision_forms

    @property
    def ways(self) -> list[Way]:
        """The three forms of the decision maker."""
        return [Way(name, way[0], self._token(name, self.seen), *way[1:]) for name, way in WAYS.items()]

    @property
    def proposal_token(self) -> token.FormToken:
        """The token of the proposal's form."""
        return self._token("propose")

    @property
    def seen(self) -> str:
        """Which proposal the page shows: a decision is about that one and no other."""
        return self.proposal.proposed_at.isoformat() if self.proposal else ""

    def kept(self) -> str:
        """Also after a refusal."""
        return self.seen

    def _token(self, name: str, kept: str = "") -> token.FormToken:
        return token.issue(self.request, f"{name}@{'/'.join(self.case.getPhysicalPath())}", kept)

    def back(self) -> str:
        """The page, as it is after the operation."""
        return f"{self.url}/@@beslut"


class ShowDecision(DecisionForm):
    """The page for reading; the other views take what is sent."""

    def __call__(self) -> Any:
        self.prepare()
        return self.checked(self.render())


class Propose(DecisionForm):
    """An officer proposes that the case is granted."""

    name = "propose"

    def handle(self, creation_id: str) -> str:
        """Back to the page. What is proposed already stays so."""
        if self.proposal is None:
            operations.propose(self.case, self.typed("level_key"), self.typed("note"))
        return self.back()


class Grant(DecisionForm):
    """A decision maker grants what is proposed."""

    name = "grant"

    def handle(self, creation_id: str) -> str:
        """Back to the page. What is granted already stays so."""
        if self.state != CaseState.GRANTED:
            operations.grant(self.case, self.typed("reason"), seen=self.token.kept)
        return self.back()


class Refuse(DecisionForm):
    """A decision maker refuses the application."""

    name = "refuse"

    def handle(self, creation_id: str) -> str:
        """Back to the page. What is refused already stays so."""
        if self.state != CaseState.REFUSED:
            operations.refuse(self.case, self.typed("reason"), seen=self.token.kept)
        return self.back()


class Return(DecisionForm):
    """A decision maker sends the case back for more handling."""

    name = "return"

    def handle(self, creation_id: str) -> str:
        """Back to the page."""
        operations.return_to_officer(self.case, self.typed("reason"), seen=self.token.kept)
        return self.back()
