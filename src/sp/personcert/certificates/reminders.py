"""The reminder of a certificate that ends (H6, H54, H175): some months before, and some days before."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from zope.i18n import translate
from zope.i18nmessageid import Message
from zope.interface import implementer

from sp.personcert import _
from sp.personcert.certification_types import queries as types
from sp.personcert.certification_types.domain import Rule
from sp.personcert.foundation.clock import today
from sp.personcert.foundation.texts import filled, text_of
from sp.personcert.messages.domain import MessageType
from sp.personcert.reminders import queries as reminders
from sp.personcert.reminders.domain import Point, Reminder, months_before
from sp.personcert.reminders.interfaces import IReminderKind

from . import queries
from .domain import Status
from .texts import EXPIRY_MESSAGE, EXPIRY_NOTICE

MONTHS, DAYS = "m", "d"
WITHIN_ONE_MONTH = _("reason_expiry_month", default="certifikatet slutar gälla inom en månad")
WITHIN_ONE_DAY = _("reason_expiry_day", default="certifikatet slutar gälla i morgon")


@implementer(IReminderKind)
class CertificateExpiry:
    """The subject is the certificate, the period its last day: one that comes to last longer is told anew."""

    name = queries.REMINDER
    title = _("reminder_certificate_expiry", default="Certifikat som slutar gälla")

    def find(self, key: str) -> Any | None:
        """The certificate, unchecked; None when it is gone."""
        return reminders.content_at(key)

    def key_of(self, subject: Any) -> str:
        """Ids, which say nothing."""
        return reminders.key_of(subject)

    def subjects_of(self, case: Any) -> list[Any]:
        """The holder's certificates of the case's type."""
        found = queries.of_customer(case.__parent__)
        return [certificate for certificate in found if certificate.type_id == case.type_id]

    def points(self, subject: Any) -> tuple[Point, ...]:
        """As the type's rule says now, or the rule of the certificate's own case when the type is gone."""
        period = subject.valid_to.isoformat()
        days = _days(subject.valid_to, types.rule_of(subject.type_id) or _own_rule(subject))
        return tuple(Point(period, lead, day) for lead, day in days if day > subject.valid_from)

    def reminder(self, subject: Any, point: Point) -> Reminder | None:
        """A message in the newest case of the type.

        None when a newer certificate has taken over, when it is not valid, and while a renewal is handled.
        """
        day, case = max(point.due, today()), queries.newest_case(subject)
        if case is None or not queries.is_newest(subject) or queries.renewal_is_open(subject):
            return None
        if queries.status(subject, day) is not Status.VALID:
            return None
        return Reminder(case, MessageType.RENEWAL, self._text(subject, point), EXPIRY_NOTICE)

    def reason(self, lead: str) -> Message:
        """Months or days: true also when the job stood still, since a later lead goes before."""
        count = int(lead[1:])
        if lead.startswith(MONTHS):
            return WITHIN_ONE_MONTH if count == 1 else _months(count)
        return WITHIN_ONE_DAY if count == 1 else _days_left(count)

    def _text(self, certificate: Any, point: Point) -> str:
        language = certificate.__parent__.customer_language
        fields = {
            "number": certificate.number,
            "title": certificate.type_title,
            "valid_to": certificate.valid_to.isoformat(),
            "why": str(translate(self.reason(point.lead), target_language=language)),
        }
        return filled(text_of(EXPIRY_MESSAGE, language), fields).body


def _days(valid_to: date, rule: Rule) -> Iterator[tuple[str, date]]:
    for months in set(rule.renewal_lead_months):
        yield f"{MONTHS}{months}", months_before(valid_to, months)
    for days in set(rule.expiry_lead_days):
        yield f"{DAYS}{days}", valid_to - timedelta(days=days)


def _own_rule(certificate: Any) -> Rule:
    case = certificate.__parent__._getOb(certificate.case_id, None)
    return case.rule if case is not None else Rule()


def _months(count: int) -> Message:
    return _(
        "reason_expiry_months",
        default="certifikatet slutar gälla inom ${count} månader",
        mapping={"count": count},
    )


def _days_left(count: int) -> Message:
    return _(
        "reason_expiry_days",
        default="certifikatet slutar gälla inom ${count} dagar",
        mapping={"count": count},
    )


KIND = CertificateExpiry()
