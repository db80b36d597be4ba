"""The fields that describe a member of the staff: what was typed, and what is wrong with it."""

from dataclasses import dataclass

from zope.i18nmessageid import Message

from sp.personcert import _
from sp.personcert.foundation.forms.form import Form
from sp.personcert.foundation.mail_addresses import is_mail_address

from ..domain import without_invisible_ends
from ..domain.details import is_name, is_user_name
from ..operations.opening import BAD_ADDRESS
from . import words

NO_USER_NAME = _("refused_user_name_missing", default="Skriv ett användarnamn.")
BAD_USER_NAME = _(
    "refused_bad_user_name",
    default="Användarnamnet får ha 2–50 tecken: små bokstäver a–z, siffror, punkt, bindestreck och "
    "understreck. Det börjar med en bokstav eller siffra.",
)
NO_NAME = _("refused_no_name", default="Skriv personens namn.")
BAD_NAME = _("refused_bad_name", default="Skriv namnet på en rad med högst 100 tecken.")
NO_ADDRESS = _("refused_staff_no_address", default="Skriv e-postadressen. Dit går länken till kontot.")
NO_ROLE = _("refused_no_role", default="Kryssa för minst en roll.")


@dataclass(frozen=True)
class Details:
    """What stands in the fields."""

    user_name: str
    full_name: str
    email: str
    groups: tuple[str, ...]


@dataclass(frozen=True)
class Choice:
    """A check box. ``box_id``: of the first one it is the field's, where the sentence of an error leads."""

    box_id: str
    value: str
    word: Message
    is_chosen: bool


def typed(form: Form) -> Details:
    """What was sent, without invisible signs at the ends."""
    user_name, full_name, email = (
        without_invisible_ends(form.typed(field)) for field in ("user_name", "full_name", "email")
    )
    sent = form.request.form.get("roles", ())
    chosen = {str(value) for value in (sent if isinstance(sent, list | tuple) else (sent,))}
    return Details(user_name, full_name, email, tuple(group for group in words.GROUPS if group in chosen))


def choices(details: Details) -> list[Choice]:
    """The check boxes of the roles."""
    return [
        Choice(f"roles-{number}" if number else "roles", group, word, group in details.groups)
        for number, (group, word) in enumerate(words.GROUPS.items())
    ]


def user_name_problems(user_name: str) -> dict[str, Message]:
    """What is wrong with a user name; whether it is taken the operation says."""
    if not user_name:
        return {"user_name": NO_USER_NAME}
    return {} if is_user_name(user_name) else {"user_name": BAD_USER_NAME}


def problems(details: Details) -> dict[str, Message]:
    """What is wrong with name, address and roles."""
    found: dict[str, Message] = {}
    if not is_name(details.full_name):
        found["full_name"] = BAD_NAME if details.full_name else NO_NAME
    if not is_mail_address(details.email):
        found["email"] = BAD_ADDRESS if details.email else NO_ADDRESS
    if not details.groups:
        found["roles"] = NO_ROLE
    return found
