"""What supplements do when others act."""

from zope.component import adapter

from sp.personcert.cases.events import CaseTaken
from sp.personcert.checklist.events import CustomerNotified

from . import operations


@adapter(CustomerNotified)
def receive_supplement(event: CustomerNotified) -> None:
    """MEDDELA OSS answers the open request (H135)."""
    operations.receive(event.case)


@adapter(CaseTaken)
def resume_supplement(event: CaseTaken) -> None:
    """A case with an open request waits for the customer, whoever has it."""
    operations.resume(event.case)
