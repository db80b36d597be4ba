"""The answers themselves. They know neither the person nor the address that was asked for.

User and parents differ by where a request was refused, so whatever an error page showed of them
would tell the difference between "not there" and "not yours".
"""

import json
import logging
import secrets
from http import HTTPStatus
from typing import Any

from plone.rest.interfaces import IAPIRequest
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from zExceptions import Unauthorized
from ZODB.POSException import ConflictError
from zope.component import queryMultiAdapter
from zope.i18n import translate

from sp.personcert.interfaces import IOwnContent

from ..addresses import path_of_site
from ..forms.views import language_of
from ..identity import is_logged_in
from .gate import asked_path, login_path
from .guard import GUARDED
from .headers import set_security_headers

logger = logging.getLogger(__name__)


class Answer(BrowserView):
    """Base of the error views: constant, untransformed, with the skeleton's headers."""

    template = ViewPageTemplateFile("error.pt")

    def answer(self, status: int, kind: str, **said: str) -> str:
        """The whole answer: JSON for REST, else the page.

        :param said: ``reference`` to quote, or the ``message`` of a refusal.
        """
        response = self.request.response
        set_security_headers(response)
        self.request.environ["plone.transformchain.disable"] = True
        response.setStatus(status, lock=1)
        response.setBase(None)  # Zope would put the address asked for into the page
        response._has_challenged = True  # tells PAS that this is the answer
        if IAPIRequest.providedBy(self.request):
            response.setHeader("Content-Type", "application/json")
            return json.dumps({"type": kind} | said)
        response.setHeader("Content-Type", "text/html; charset=utf-8")
        return self.template(kind=kind, **said)

    @property
    def site_url(self) -> str:
        """The path of the site, for the style sheet and the way home."""
        return path_of_site()


class NotHere(Answer):
    """Of NotFound and Unauthorized: 404 for whoever is logged in, the login for others."""

    def __call__(self) -> str:
        place = self.request["PARENTS"][0]
        if isinstance(self.context, Unauthorized) and not is_logged_in(self.request, place):
            return self._log_in()
        if self._moved(place):
            return ""
        return self.answer(HTTPStatus.NOT_FOUND, "NotFound")

    def _log_in(self) -> str:
        if IAPIRequest.providedBy(self.request):
            return self.answer(HTTPStatus.UNAUTHORIZED, "Unauthorized")
        response = self.request.response
        set_security_headers(response)
        self.request.environ["plone.transformchain.disable"] = True
        response.redirect(login_path(self.request), lock=1)
        response._has_challenged = True  # PAS would name a host, and a page of its own on the way
        return ""

    def _moved(self, place: Any) -> bool:
        """Stock pages that were renamed are forwarded, as in stock Plone."""
        if IOwnContent.providedBy(place) or IAPIRequest.providedBy(self.request):
            return False
        redirector = queryMultiAdapter((place, self.request), name="plone_redirector_view")
        return bool(redirector is not None and redirector.attempt_redirect())


class Elsewhere(BrowserView):
    """Of Redirect: the stock view renders a whole page that nobody sees."""

    def __call__(self) -> str:
        set_security_headers(self.request.response)
        self.request.environ["plone.transformchain.disable"] = True
        return ""


class Declined(Answer):
    """Of Refused, from a stock form or a script: nothing is stored, and the operation says why."""

    def __call__(self) -> str:
        is_script = IAPIRequest.providedBy(self.request)
        status = HTTPStatus.BAD_REQUEST if is_script else HTTPStatus.UNPROCESSABLE_ENTITY
        return self.answer(status, "Refused", message=self.sentence)

    @property
    def language(self) -> str:
        """The language of the sentence."""
        return language_of(self.request)

    @property
    def sentence(self) -> str:
        """Why not."""
        return str(translate(self.context.message, target_language=self.language))

    @property
    def back_url(self) -> str:
        """Where the form is."""
        asked = self.request.get("QUERY_STRING", "")
        return f"{asked_path(self.request)}{'?' if asked else ''}{asked}"


class Failed(Answer):
    """Of everything else: a reference to quote, nothing about what went wrong."""

    def __call__(self) -> str:
        if self._failed_on_the_way():
            return self.answer(HTTPStatus.NOT_FOUND, "NotFound")
        self.request.response.setStatus(type(self.context))
        status = self.request.response.getStatus()
        if status < HTTPStatus.INTERNAL_SERVER_ERROR:
            return self.answer(status, type(self.context).__name__)
        reference = secrets.token_hex(4)
        logger.error(
            "error page %s: %s at %s", reference, type(self.context).__name__, self.request.get("URL")
        )
        return self.answer(HTTPStatus.INTERNAL_SERVER_ERROR, "InternalServerError", reference=reference)

    def _failed_on_the_way(self) -> bool:
        """Stock code gave up before the guard was asked: whether something is there must not show."""
        return not self.request.other.get(GUARDED) and not isinstance(self.context, ConflictError)
