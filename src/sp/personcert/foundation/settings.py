"""Settings of the site: registry records with sensible defaults, edited in the control panel."""

import os
from datetime import time
from typing import Any

from limits import parse_many
from plone.registry.interfaces import IRegistry
from zope import schema
from zope.component import getUtility
from zope.interface import Interface

from sp.personcert import _

PREFIX = "sp.personcert"
_MISSING = object()


def are_limits(text: str) -> bool:
    """Whether a text lists limits, such as ``5/minute;10/15minutes``."""
    try:
        return all(limit.amount > 0 for limit in parse_many(text))
    except ValueError:
        return False


def is_time_of_day(text: str) -> bool:
    """Whether a text is a time such as ``05:30``."""
    try:
        return len(text) == 5 and bool(time.fromisoformat(text))
    except ValueError:
        return False


class IPersonCertSettings(Interface):
    """What differs from body to body; Manager and scripts set it in the registry."""

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
    postal_address = schema.Tuple(
        title=_("setting_postal_address", default="Organets postadress, en rad i taget"),
        value_type=schema.TextLine(),
        default=("SP Personcertifiering", "Box 857", "501 15 Borås"),
    )
    notice_minutes = schema.Int(
        title=_("setting_notice_minutes", default="Så många minuter samlas aviseringar till ett e-brev"),
        default=10,
        min=0,
    )
    bad_address_days = schema.Int(
        title=_(
            "setting_bad_address_days",
            default="Så många dagar väntar vi med brev när e-postadressen inte fungerar",
        ),
        default=14,
        min=0,
    )
    night_job_time = schema.TextLine(
        title=_("setting_night_job_time", default="Nattjobbet börjar, klockslag i Sverige"),
        default="05:30",
        constraint=is_time_of_day,
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
    session_idle_minutes = schema.Int(
        title=_("setting_session_idle", default="Inloggad utan att göra något, i minuter"), default=30, min=1
    )
    session_longest_hours = schema.Int(
        title=_("setting_session_longest", default="Inloggad som längst, i timmar"), default=8, min=1
    )
    private_session_idle_hours = schema.Int(
        title=_("setting_private_idle", default="På en privat dator: utan att göra något, i timmar"),
        default=12,
        min=1,
    )
    private_session_longest_days = schema.Int(
        title=_("setting_private_longest", default="På en privat dator: som längst, i dagar"),
        default=14,
        min=1,
    )
    session_warning_minutes = schema.Int(
        title=_("setting_session_warning", default="Varna innan inloggningen tar slut, i minuter"),
        default=2,
        min=1,
    )
    login_limit_here = schema.TextLine(
        title=_("setting_limit_here", default="Felaktiga försök: ett konto från en adress"),
        default="5/minute;10/15minutes;30/4hours",
        constraint=are_limits,
    )
    login_limit_address = schema.TextLine(
        title=_("setting_limit_address", default="Felaktiga försök: alla konton från en adress"),
        default="30/15minutes;120/4hours",
        constraint=are_limits,
    )
    login_limit_account = schema.TextLine(
        title=_("setting_limit_account", default="Felaktiga försök: ett konto från alla okända enheter"),
        default="20/15minutes;60/4hours",
        constraint=are_limits,
    )
    login_limit_device = schema.TextLine(
        title=_("setting_limit_device", default="Felaktiga försök: ett konto från en känd enhet"),
        default="10/15minutes;30/4hours",
        constraint=are_limits,
    )
    link_limit = schema.TextLine(
        title=_("setting_link_limit", default="Länkar för glömt lösenord: för ett konto"),
        default="3/hour",
        constraint=are_limits,
    )
    reset_minutes = schema.Int(
        title=_("setting_reset_minutes", default="En länk för glömt lösenord gäller, i minuter"),
        default=60,
        min=1,
    )
    activation_days = schema.Int(
        title=_("setting_activation_days", default="En länk för ett nytt konto gäller, i dagar"),
        default=7,
        min=1,
    )
    password_words = schema.Tuple(
        title=_("setting_password_words", default="Ord som ett lösenord inte får bygga på"),
        value_type=schema.TextLine(),
        default=(
            *("kundwebben", "kundwebb", "personcert", "personcertifiering", "certifiering", "certifikat"),
            *("lösenord", "losenord", "hemligt", "hemlighet", "välkommen", "valkommen", "sverige", "hejsan"),
            *("sommar", "sommaren", "vinter", "vintern", "hösten", "våren", "semester", "fotboll", "hockey"),
            *("januari", "februari", "mars", "april", "juni", "juli", "augusti", "september", "oktober"),
            *("november", "december", "måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"),
        ),
    )
    second_factor_for_staff = schema.Bool(
        title=_("setting_second_factor", default="Personalen loggar in med engångskod"), default=True
    )


def setting(name: str) -> Any:
    """The value of one setting; its default while the registry has no record of it.

    :raises KeyError: when no such setting exists.
    """
    value = getUtility(IRegistry).get(f"{PREFIX}.{name}", _MISSING)
    return IPersonCertSettings[name].default if value is _MISSING else value


def base_url() -> str:
    """The public address of the site, without a slash at the end; never taken from a request."""
    return address_in_use(setting("base_url"))


def address_in_use(kept: str) -> str:
    """The setting's address, or where the demonstration's server says that it serves."""
    served = os.environ.get("SP_BASE_URL")
    return (served if served and os.environ.get("SP_DEMO") == "1" else kept).rstrip("/")
