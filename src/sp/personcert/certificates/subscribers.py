"""What follows from a decision, and from what becomes of a certificate."""

from zope.component import adapter

from sp.personcert.decisions.events import CaseGranted
from sp.personcert.reminders import operations as reminders

from . import operations, queries
from .events import CertificateChanged


@adapter(CaseGranted)
def issue_certificate(event: CaseGranted) -> None:
    """A granted case gets its certificate in the same transaction."""
    operations.issue(event.case, event.decision)


@adapter(CertificateChanged)
def plan_reminders(event: CertificateChanged) -> None:
    """Released or changed: its holder is reminded before it ends (H6, H175)."""
    reminders.plan(queries.REMINDER, event.certificate)
