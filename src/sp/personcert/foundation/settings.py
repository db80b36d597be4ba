"""Settings of the site: registry records with sensible defaults, edited in the control panel."""

from typing import Any

from plone import api
from zope import schema
from zope.interface import Interface

from sp.personcert import _

PREFIX = "sp.personcert"


class IPersonCertSettings(Interface):
    """What differs from body to body."""

    base_url = schema.URI(
        title=_("setting_base_url", default="Webbplatsens publika adress"),
        description=_(
            "setting_base_url_help", default="Står i e-post, PDF och QR-koder. Tas aldrig ur en förfrågan."
        ),
        default="http://127.0.0.1:8080/kundwebb",
    )
    body_name = schema.TextLine(
        title=_("setting_body_name", default="Certifieringsorganets namn"), default="SP Personcertifiering"
    )
    system_sender = schema.TextLine(
        title=_("setting_system_sender", default="Avsändare av automatiska meddelanden"), default="SPPER"
    )
    support_email = schema.TextLine(
        title=_("setting_support_email", default="Supportens e-postadress"), default="support.person@sp.se"
    )
    support_phone = schema.TextLine(
        title=_("setting_support_phone", default="Supportens telefon"), default="010-516 63 03"
    )
    max_upload_bytes = schema.Int(
        title=_("setting_max_upload", default="Största fil som tas emot, i byte"), default=25_000_000, min=1
    )
    max_message_length = schema.Int(
        title=_("setting_max_message", default="Längsta meddelande, i tecken"), default=4000, min=1
    )
    number_series = schema.Dict(
        title=_("setting_number_series", default="Första numret i varje nummerserie"),
        key_type=schema.TextLine(),
        value_type=schema.Int(),
        default={"customer": 100001, "case": 500001, "order": 200001, "certificate": 1001},
    )


def setting(name: str) -> Any:
    """The value of one setting.

    :raises plone.api.exc.InvalidParameterError: when no such setting exists.
    """
    return api.portal.get_registry_record(f"{PREFIX}.{name}")


def base_url() -> str:
    """The public address of the site, without a slash at the end; never taken from a request."""
    return str(setting("base_url")).rstrip("/")
