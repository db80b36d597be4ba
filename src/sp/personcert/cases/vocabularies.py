"""The words for kinds of case."""

from collections.abc import Mapping

from zope.i18nmessageid import Message

from sp.personcert import _

from .domain import CaseKind

KINDS: Mapping[CaseKind, Message] = {
    CaseKind.NEW: _("case_kind_new", default="NyCert"),
    CaseKind.RENEWAL: _("case_kind_renewal", default="Förnyelse"),
}
