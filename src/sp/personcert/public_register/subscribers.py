"""What follows from a change of a certificate, or of a holder's protection."""

from zope.component import adapter

from sp.personcert.certificates.events import CertificateChanged
from sp.personcert.customers.events import ProtectionChanged

from . import operations


@adapter(CertificateChanged)
def enter_certificate(event: CertificateChanged) -> None:
    """The register changes in the same transaction."""
    operations.enter(event.certificate)


@adapter(ProtectionChanged)
def enter_anew(event: ProtectionChanged) -> None:
    """A protected identity leaves the register at once, and comes back when the protection is lifted."""
    operations.enter_all(event.customer)
