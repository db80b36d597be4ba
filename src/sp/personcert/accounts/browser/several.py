"""Pages that hold several forms: each is sent to an address of its own."""

from functools import cached_property
from typing import Any

from zope.component import getMultiAdapter
from zope.i18nmessageid import Message

from sp.personcert.foundation.forms import token as form_token
from sp.personcert.foundation.forms.form import Form
from sp.personcert.foundation.forms.token import FormToken
from sp.personcert.foundation.forms.views import CompiledView


class FormMacros(CompiledView):
    """What the pages of accounts have in common."""


class OneOfSeveral(Form):
    """Base of the page and of each of its forms. A form that is refused shows the whole page again,
    with the sentences at its top: the form itself may be gone from it meanwhile."""

    receipts: dict[str, Message] = {}

    def __call__(self) -> Any:
        """The address of a form is no page: who opens it is led to the page."""
        if self.is_sent:
            return super().__call__()
        self.prepare()
        self.request.response.redirect(self.page_url)
        return ""

    def read(self) -> Any:
        """The page, for reading."""
        self.prepare()
        return self.checked(self.show())

    @property
    def is_sent(self) -> bool:
        """Whether a form was sent."""
        return bool(self.request["REQUEST_METHOD"] == "POST")

    @cached_property
    def macros(self) -> Any:
        """The macros of the pages of accounts, looked up once."""
        return getMultiAdapter((self.context, self.request), name="personcert-account-forms").index.macros

    @property
    def page_url(self) -> str:
        """The address of the page."""
        raise NotImplementedError

    @property
    def subject(self) -> str:
        """Whom the page is about, where its path does not say it."""
        return ""

    @property
    def form_id(self) -> str:
        """Of this form: a token for one account is of no use for another."""
        return self.id_of(self.name)

    def id_of(self, name: str) -> str:
        """Of one of the page's forms."""
        return f"{name}@{'/'.join(self.context.getPhysicalPath())}?{self.subject}"

    def token_of(self, name: str, kept: str = "") -> FormToken:
        """The token of one of the page's forms."""
        return form_token.issue(self.request, self.id_of(name), kept)

    @property
    def receipt(self) -> Message | None:
        """What was done just now."""
        return None if self.is_sent else self.receipts.get(str(self.request.form.get("klart", "")))

    def go_on(self, receipt: str) -> str:
        """The address of the page with a receipt."""
        return f"{self.page_url}{'&' if '?' in self.page_url else '?'}klart={receipt}"
