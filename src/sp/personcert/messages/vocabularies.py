"""The words for message types."""

from collections.abc import Mapping

from zope.i18nmessageid import Message

from sp.personcert import _

from .domain import MessageType

TYPES: Mapping[MessageType, Message] = {
    MessageType.NOTE: _("message_type_note", default="Notering"),
    MessageType.SUPPLEMENT: _("message_type_supplement", default="Komplettering"),
    MessageType.CONTACT_CHANGE: _("message_type_contact_change", default="Uppgiftsändring"),
    MessageType.SUPPLEMENT_REMINDER: _(
        "message_type_supplement_reminder", default="Kompletteringspåminnelse"
    ),
    MessageType.DECISION: _("message_type_decision", default="Beslut"),
    MessageType.ANNUAL_REPORT: _("message_type_annual_report", default="Årsrapport"),
    MessageType.RENEWAL: _("message_type_renewal", default="Förnyelse"),
}
