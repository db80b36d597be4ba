"""What follows from a decision."""

from zope.component import adapter

from sp.personcert.decisions.events import CaseGranted

from . import operations


@adapter(CaseGranted)
def issue_certificate(event: CaseGranted) -> None:
    """A granted case gets its certificate in the same transaction."""
    operations.issue(event.case, event.decision)
