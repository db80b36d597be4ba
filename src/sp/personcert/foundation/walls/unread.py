"""What fails before any address was looked at: Zope reads the form first, and no site is known yet."""

from http import HTTPStatus
from pathlib import Path

from Products.CMFPlone.browser import exceptions
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile

from .headers import set_security_headers

PAGE = """<!DOCTYPE html>
<html lang="sv"><head><meta charset="utf-8"><title>Det gick inte</title></head>
<body><h1>Det gick inte</h1><p>Formuläret kunde inte läsas. Gå tillbaka och försök igen.</p>
<p lang="en">The form could not be read. Please go back and try again.</p></body></html>
"""


class Unread(exceptions.ExceptionView):
    """A form that cannot be read (``name:int=x``) is a bad request; all else is as in stock Plone."""

    index = ViewPageTemplateFile(str(Path(exceptions.__file__).parent / "templates" / "error_message.pt"))

    def __call__(self) -> str | None:
        """The page; without ``ACTUAL_URL`` nothing was looked up."""
        if "ACTUAL_URL" in self.request.other:
            return super().__call__()
        response = self.request.response
        set_security_headers(response)
        response.setStatus(HTTPStatus.BAD_REQUEST, lock=1)
        response.setHeader("Content-Type", "text/html; charset=utf-8")
        return PAGE
