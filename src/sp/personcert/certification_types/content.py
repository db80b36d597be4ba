"""The folder of certification types and the type."""

from persistent.list import PersistentList
from plone.dexterity.content import Container, Item
from zope.interface import implementer

from sp.personcert.foundation.content import OwnContent

from .domain import Rule
from .interfaces import ICertificationType, ICertificationTypes


@implementer(ICertificationTypes)
class CertificationTypes(OwnContent, Container):
    """All certification types, in the order of their position."""

    portal_type = "sp.personcert.certification_types"


@implementer(ICertificationType)
class CertificationType(OwnContent, Item):
    """One type: its title and every version of its rule, the newest last."""

    portal_type = "sp.personcert.certification_type"
    title = ""
    position = 0

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.rules: PersistentList = PersistentList()

    @property
    def rule(self) -> Rule:
        """The rule that new cases begin with."""
        return self.rules[-1]

    @property
    def version(self) -> int:
        """The version of the newest rule, counted from 1."""
        return len(self.rules)
