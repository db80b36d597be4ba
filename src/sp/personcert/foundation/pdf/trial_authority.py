"""A small certification authority for demonstrations and tests: one root, one signer of documents.

Every name in it says TEST, and the subject's organizational unit is exactly that word, so that each page
signed with such a key can be marked, and no verifier elsewhere takes it for a real one.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.x509.oid import NameOID

#: Stands in the organizational unit of a test certificate's subject, and nowhere in a real one.
TEST_MARK = "TEST"
ORGANIZATION = "SP Personcertifiering TEST"

RSA_BITS = 3072
ROOT_YEARS = 30
#: Longer than any person's certificate is valid: without time stamps a signature is accepted only while its
#: signer is.
SIGNER_YEARS = 15


@dataclass(frozen=True)
class TrialAuthority:
    """A root with its signer, and the keys of both."""

    root_key: RSAPrivateKey
    root: x509.Certificate
    signer_key: RSAPrivateKey
    signer: x509.Certificate


def make_authority() -> TrialAuthority:
    """Make two new keys and the certificates; takes some tenths of a second."""
    root_key = rsa.generate_private_key(public_exponent=65537, key_size=RSA_BITS)
    root = issue("Root CA", root_key, years=ROOT_YEARS)
    signer_key = rsa.generate_private_key(public_exponent=65537, key_size=RSA_BITS)
    signer = issue("Signer", signer_key, years=SIGNER_YEARS, issuer=root, issuer_key=root_key)
    return TrialAuthority(root_key, root, signer_key, signer)


def issue(
    common_name: str,
    key: RSAPrivateKey,
    *,
    years: int,
    issuer: x509.Certificate | None = None,
    issuer_key: RSAPrivateKey | None = None,
) -> x509.Certificate:
    """Issue a certificate: without an issuer a self-signed root, otherwise a signer of documents.

    Such a signer has nonRepudiation (RFC 5280, 4.2.1.3) and no other purpose.
    """
    is_root = issuer is None
    # The machine's clock and not the service's: X.509 validity is compared with the machine's clock by
    # every verifier.
    start = datetime.now(UTC).replace(microsecond=0) - timedelta(days=1)
    signing_key = issuer_key or key
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(common_name))
        .issuer_name(issuer.subject if issuer else _name(common_name))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=365 * years))
        .add_extension(x509.BasicConstraints(ca=is_root, path_length=0 if is_root else None), critical=True)
        .add_extension(_key_usage(is_root), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signing_key.public_key()), critical=False
        )
    )
    return builder.sign(signing_key, hashes.SHA256())


def _name(common_name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "SE"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, ORGANIZATION),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, TEST_MARK),
            x509.NameAttribute(NameOID.COMMON_NAME, f"{ORGANIZATION} {common_name}"),
        ]
    )


def _key_usage(is_root: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not is_root,
        content_commitment=not is_root,
        key_cert_sign=is_root,
        crl_sign=is_root,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
