"""What follows from a change of a certificate."""

from zope.component import adapter

from sp.personcert.certificates.events import CertificateChanged

from . import operations


@adapter(CertificateChanged)
def enter_certificate(event: CertificateChanged) -> None:
    """The register changes in the same transaction."""
    operations.enter(event.certificate)
