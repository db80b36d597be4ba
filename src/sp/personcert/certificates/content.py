"""The certificate."""

from datetime import date

from plone.dexterity.content import Item
from zope.interface import implementer

from sp.personcert.foundation.content import OwnContent

from .domain import Release
from .interfaces import ICertificate


@implementer(ICertificate)
class Certificate(OwnContent, Item):
    """One granted certification, with everything that its PDF says."""

    portal_type = "sp.personcert.certificate"
    number = ""
    case_id = ""
    type_id = ""
    type_title = ""
    level_key = ""
    level_title = ""
    level_meaning = ""
    rule_reference = ""
    holder_name = ""
    order_number = ""
    valid_from: date | None = None
    valid_to: date | None = None
    decided_on: date | None = None
    decided_by_name = ""
    published = False
    plastic_card = False
    releases: tuple[Release, ...] = ()
