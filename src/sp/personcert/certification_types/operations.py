"""Making and changing certification types."""

from typing import Any

from zope.event import notify

from sp.personcert import _
from sp.personcert.foundation import audit
from sp.personcert.foundation.access import require
from sp.personcert.foundation.content import add, add_at_root
from sp.personcert.foundation.errors import Refused
from sp.personcert.foundation.permissions import Permission, Role

from . import domain, queries
from .content import CertificationType, CertificationTypes
from .domain import Rule
from .events import RuleChanged

SENTENCES = {
    "no_slots": _("rule_no_slots", default="Typen behöver minst ett dokument."),
    "same_key": _("rule_same_key", default="Två dokument har samma nyckel."),
    "no_title": _("rule_no_title", default="Varje dokument behöver en rubrik och ett namn i filnamnet."),
    "validity": _("rule_validity", default="Giltighetstiden ska vara mellan 1 och 50 år."),
}


def make_folder() -> Any:
    """Make ``/certifieringstyper`` once; administrators look into it, their titles are shown to all."""
    return add_at_root(CertificationTypes(), queries.FOLDER, (Role.ADMINISTRATOR,))


def make_type(type_id: str, title: str, rule: Rule) -> Any:
    """Make a certification type after the existing ones.

    :param type_id: stands in no address that a customer sees; the key that cases refer to.
    :raises Refused: when the rule is not usable.
    """
    require(Permission.MANAGE_TYPES, queries.folder())
    _check(rule)
    made = CertificationType()
    made.title, made.position = title, len(queries.folder().objectIds()) + 1
    made.rules.append(rule)
    made = add(queries.folder(), made, type_id)
    audit.record("certification_type.make", made)
    return made


def change_type(found: Any, title: str, rule: Rule) -> None:
    """Give a type a new version of its rule; cases that have begun keep theirs.

    :raises Refused: when the rule is not usable or the title is empty.
    """
    require(Permission.MANAGE_TYPES, found)
    if not title.strip():
        raise Refused(_("type_no_title", default="Skriv vad certifieringen heter."), "title")
    _check(rule)
    found.title = title.strip()
    if rule != found.rule:
        found.rules.append(rule)
        notify(RuleChanged(found))
    audit.record("certification_type.change", found, version=str(found.version))


def _check(rule: Rule) -> None:
    for code in domain.faults(rule):
        raise Refused(SENTENCES[code], "slots")
