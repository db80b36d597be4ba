"""Striking out a letter that is not needed."""

from zExceptions import NotFound
from zope.i18nmessageid import Message

from sp.personcert.foundation.forms.form import Form

from .. import operations, queries
from ..queries import Listed
from . import words


class CancelLetter(Form):
    """``/brev-stryk?brev=…``: which letter it is, and one button."""

    name = "brev-stryk"

    listed: Listed

    def prepare(self) -> None:
        """:raises NotFound: when there is no such letter, or not for the person."""
        super().prepare()
        found = queries.find(self.typed("brev"))
        if found is None:
            raise NotFound
        self.listed = found

    @property
    def form_id(self) -> str:
        """A token for one letter is of no use for another."""
        return f"{super().form_id}?{self.listed.letter.id}"

    @property
    def titles(self) -> list[Message | str]:
        """What it tells."""
        return words.titles(self.listed.letter)

    def handle(self, creation_id: str) -> str:
        """Back to the list."""
        operations.cancel(self.listed.letter.id)
        return f"{self.site_url}/brev?klart=struket"
