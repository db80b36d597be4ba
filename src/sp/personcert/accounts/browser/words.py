"""How accounts and log-ins are told in words."""

from collections.abc import Callable, Collection
from dataclasses import asdict, dataclass

from zope.i18nmessageid import Message

from sp.personcert import _

from ..domain import SessionKind
from ..domain.devices import Device
from ..queries import AccountRow

GROUPS: dict[str, Message] = {
    "personcert-officers": _("role_officer", default="Handläggare"),
    "personcert-decision-makers": _("role_decision_maker", default="Beslutsfattare"),
    "personcert-administrators": _("role_administrator", default="Administratör"),
}
KINDS: dict[SessionKind, Message] = {
    SessionKind.SHARED: _("session_shared", default="Delad dator"),
    SessionKind.PRIVATE: _("session_private", default="Privat dator"),
}
METHODS: dict[str, Message] = {
    "password": _("method_password", default="Lösenord"),
    "totp": _("method_totp", default="Engångskod"),
    "recovery": _("method_recovery", default="Reservkod"),
}


@dataclass(frozen=True)
class Badge:
    """A state with its tone and icon."""

    tone: str
    icon: str
    word: Message


WAITING = Badge("info", "kw-mail", _("account_waiting", default="Väntar på aktivering"))
ACTIVE = Badge("ok", "kw-ok", _("account_active", default="Aktivt"))
DISABLED = Badge("stop", "kw-lock", _("account_disabled", default="Avstängt"))
FACTOR_ON = _("factor_on", default="Ja")
FACTOR_WANTED = _("factor_wanted", default="Krävs, inte inlagd än")
FACTOR_OFF = _("factor_off", default="Nej")


def badge(row: AccountRow) -> Badge:
    """The state of an account."""
    if row.is_disabled:
        return DISABLED
    return ACTIVE if row.is_activated else WAITING


def factor(row: AccountRow) -> Message:
    """Whether a one-time code is asked for."""
    if row.has_second_factor:
        return FACTOR_ON
    return FACTOR_WANTED if row.needs_second_factor else FACTOR_OFF


def roles(groups: Collection[str]) -> list[Message]:
    """The roles of somebody in these groups, in a fixed order."""
    return [word for group, word in GROUPS.items() if group in groups]


def device(agent: str) -> Message | str:
    """Firefox på Windows; only what is known of it."""
    found = Device.of(agent)
    if found.browser and found.system:
        return _("device_both", default="${browser} på ${system}", mapping=asdict(found))
    return found.browser or found.system or _("device_unknown", default="Okänd webbläsare")


def methods(codes: str, text: Callable[[Message], str]) -> str:
    """Lösenord, engångskod: how somebody logged in."""
    told = [text(METHODS[code]) for code in codes.split() if code in METHODS]
    return ", ".join(told[:1] + [word[0].lower() + word[1:] for word in told[1:]])
