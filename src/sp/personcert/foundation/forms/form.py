"""The one way to change something: token, input, one operation, redirect."""

from http import HTTPStatus
from typing import Any

import transaction
from plone.protect.interfaces import IDisableCSRFProtection
from zope.i18nmessageid import Message
from zope.interface import alsoProvides

from sp.personcert import _

from ..errors import Refused, RefusedAndNoted
from . import token as form_token
from .page import Page

TOO_OLD = _(
    "form_too_old",
    default="Sidan var för gammal, så inget är sparat. Det du skrev står kvar: kontrollera och skicka igen.",
)


class Form(Page):
    """Base of every form.

    Subclasses set ``name``, say in ``problems`` what is wrong with the input, and call one
    operation in ``handle``. A refusal shows the form again, with what was typed and a sentence at
    the field; the focus is on the box of errors. Nothing is stored then.
    """

    name = ""

    def __init__(self, context: Any, request: Any) -> None:
        super().__init__(context, request)
        self.errors: dict[str, Message] = {}

    def __call__(self) -> Any:
        self.prepare()
        if self.request["REQUEST_METHOD"] != "POST":
            return self.checked(self.show())
        self.token = form_token.accepted(self.request, self.form_id)
        if self.token is None:
            return self.refuse({"": TOO_OLD}, HTTPStatus.FORBIDDEN)
        if problems := self.problems():
            return self.refuse(problems)
        alsoProvides(self.request, IDisableCSRFProtection)  # checked above, and stricter
        try:
            target = self.handle(self.token.creation_id)
        except Refused as refusal:
            if not isinstance(refusal, RefusedAndNoted):
                transaction.abort()
            return self.refuse({refusal.field: refusal.message})
        return self.done(target)

    def done(self, target: str) -> Any:
        """The answer when all went well: go on. A view that shows a result once returns a page."""
        self.request.response.redirect(target, status=HTTPStatus.SEE_OTHER)
        return ""

    @property
    def form_id(self) -> str:
        """A token for one case is of no use on another."""
        return f"{self.name}@{'/'.join(self.context.getPhysicalPath())}"

    def refuse(self, errors: dict[str, Message], status: HTTPStatus = HTTPStatus.UNPROCESSABLE_ENTITY) -> Any:
        """The form again, with what was typed. The key "" is for sentences about the whole form."""
        self.errors = errors
        self.request.response.setStatus(status, lock=1)
        return self.show()

    def show(self) -> Any:
        """The form with a fresh token."""
        self.token = form_token.issue(self.request, self.form_id, self.kept())
        return self.render()

    def kept(self) -> str:
        """What the form shows now and must get back unchanged when it is sent."""
        return ""

    def typed(self, field: str, default: str = "") -> str:
        """What was sent in a field, also after a refusal. A field sent twice counts once."""
        value = self.request.form.get(field, default)
        first = value[0] if isinstance(value, list) and value else value
        return first if isinstance(first, str) else ""

    def problems(self) -> dict[str, Message]:
        """What is wrong with the input: a sentence for each field."""
        return {}

    def handle(self, creation_id: str) -> str:
        """Call one operation, which finds instead of making twice; give the address of the answer."""
        raise NotImplementedError
