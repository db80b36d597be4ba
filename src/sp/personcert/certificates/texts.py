"""The texts that certificates send, for administrators to edit."""

from sp.personcert import _
from sp.personcert.foundation.texts import Placeholder, TextGroup, TextKind

EXPIRY_MESSAGE = "certificate_expiry_message"
EXPIRY_NOTICE = "certificate_expiry"

MESSAGE = TextKind(
    EXPIRY_MESSAGE,
    _("text_kind_certificate_expiry_message", default="Meddelande: certifikatet slutar snart att gälla"),
    TextGroup.MESSAGE,
    (
        Placeholder(
            "number", _("placeholder_certificate_number", default="Certifikatets nummer"), "SC1603-12"
        ),
        Placeholder("title", _("placeholder_certification", default="Certifieringen"), "Brunnsborrare"),
        Placeholder(
            "valid_to", _("placeholder_valid_to", default="Sista dagen som det gäller"), "2026-12-14"
        ),
        Placeholder(
            "why",
            _("placeholder_why", default="Varför påminnelsen kommer"),
            "certifikatet slutar gälla inom 6 månader",
        ),
    ),
    frozenset({"valid_to", "why"}),
    has_subject=False,
    has_link=False,
)
NOTICE = TextKind(
    EXPIRY_NOTICE,
    _("text_kind_certificate_expiry", default="Avisering: påminnelse om förnyelse"),
    TextGroup.NOTICE,
)
