"""The card ”Nästa steg”: what the person can do with the case now, and why something must wait."""

from functools import cached_property
from typing import Any

from zope.i18nmessageid import Message

from sp.personcert.cases.domain import DECIDED, CaseState
from sp.personcert.foundation.access import may
from sp.personcert.foundation.forms import token
from sp.personcert.foundation.forms.views import CompiledView
from sp.personcert.foundation.permissions import Permission
from sp.personcert.foundation.transitions import state_of
from sp.personcert.supplements import queries as supplements

from .. import queries
from ..operations import LACKING

TAKE_FORM = "take"  # the form ``@@ta-arendet`` of the cases


class NextSteps(CompiledView):
    """Looked up by name by every officers' tab."""

    def __call__(self) -> Any:
        return self.index()

    @property
    def url(self) -> str:
        """The address of the case."""
        return str(self.context.absolute_url_path())

    @cached_property
    def state(self) -> str:
        """The state of the case."""
        return state_of(self.context)

    @cached_property
    def token(self) -> token.FormToken | None:
        """For the button ”Ta ärendet”: only while nobody has the case."""
        if self.state != CaseState.WAITING or not may(Permission.TAKE, self.context):
            return None
        path = "/".join(self.context.getPhysicalPath())
        return token.issue(self.request, f"{TAKE_FORM}@{path}", self.context.officer_id)

    @cached_property
    def may_review(self) -> bool:
        """Whether the person may judge papers and record exams."""
        return may(Permission.REVIEW, self.context)

    @cached_property
    def may_propose(self) -> bool:
        """Whether the state and the role admit a proposal."""
        return may(Permission.PROPOSE, self.context)

    @cached_property
    def lacking(self) -> list[Message]:
        """What a proposal waits for."""
        return [LACKING[code] for code in queries.lacking(self.context)]

    @cached_property
    def awaits_supplement(self) -> bool:
        """Whether the customer is asked for more."""
        return supplements.open_request(self.context) is not None

    @property
    def waits_for_decision(self) -> bool:
        """Whether somebody must decide now."""
        return self.state == CaseState.READY_FOR_DECISION

    @property
    def is_finished(self) -> bool:
        """Whether nothing is left to do."""
        return self.state in DECIDED

    @cached_property
    def may_decide(self) -> bool:
        """Whether the person is a decision maker."""
        return may(Permission.DECIDE, self.context)

    @cached_property
    def is_independent(self) -> bool:
        """Whether the person took no part in the case."""
        return queries.is_independent(self.context)
