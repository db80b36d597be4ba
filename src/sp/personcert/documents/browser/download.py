"""The one way that a document leaves the site."""

from typing import Any

from plone.protect.interfaces import IDisableCSRFProtection
from zExceptions import NotFound
from zope.interface import alsoProvides
from ZPublisher.Iterators import filestream_iterator

from sp.personcert.customers import queries as customers
from sp.personcert.foundation.forms.page import Page
from sp.personcert.foundation.identity import current_user_id

from .. import operations
from ..domain.delivery import headers
from ..domain.formats import MEDIA_TYPES


class Download(Page):
    """The bytes as they came in, under the name that the archive shows (H82)."""

    def render(self) -> Any:
        """Stream the file. What the customer shall not see is not there (H84)."""
        document = self.context
        if not document.visible_to_customer and customers.above(document).user_id == current_user_id():
            raise NotFound
        for name, value in headers(document.file_name, MEDIA_TYPES[document.format], document.size).items():
            self.request.response.setHeader(name, value)
        if self.request["REQUEST_METHOD"] == "HEAD":
            return ""  # the server would send whatever body there is
        if operations.note_download(document):
            alsoProvides(self.request, IDisableCSRFProtection)  # a GET that writes: the audit's entry alone
        return filestream_iterator(document.blob.committed(), "rb")
