"""The thread."""

from BTrees.OOBTree import OOBTree
from plone.dexterity.content import Item
from zope.interface import implementer

from sp.personcert.foundation.content import OwnContent

from .domain import Entry, MessageType
from .interfaces import IMessage


@implementer(IMessage)
class Message(OwnContent, Item):
    """One thread: its type, its entries by the id of the form that sent them, drafts by author."""

    portal_type = "sp.personcert.message"
    message_type = MessageType.NOTE

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.entries = OOBTree()
        self.drafts = OOBTree()

    def sorted_entries(self) -> list[Entry]:
        """What was sent, newest first."""
        return sorted(self.entries.values(), key=lambda entry: entry.sent_at, reverse=True)
