"""Keys and documents to try signing and checking on; made once for all tests, for RSA keys take time."""

import io
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier
from pyhanko.sign.timestamps import DummyTimeStamper

from sp.personcert.foundation.pdf import fonts
from sp.personcert.foundation.pdf.endesive_import import cms
from sp.personcert.foundation.pdf.keys import SigningKey, Trust, fingerprint
from sp.personcert.foundation.pdf.signing import sign
from sp.personcert.foundation.pdf.tagging import TaggedCanvas
from sp.personcert.foundation.pdf.trial_authority import TrialAuthority

MOMENT = datetime(2026, 11, 23, 14, 30, 15, tzinfo=UTC)


@dataclass(frozen=True)
class Workshop:
    """Our authority, our signer's key, whom we trust, and a document before and after signing."""

    authority: TrialAuthority
    key: SigningKey
    trust: Trust
    plain: bytes
    signed: bytes


def make_workshop(authority: TrialAuthority) -> Workshop:
    """Sign a small document with the authority's signer."""
    key = SigningKey(authority.signer_key, authority.signer, (authority.root,), is_test=True)
    plain = plain_pdf()
    return Workshop(authority, key, trust_in(authority.root, key), plain, sign_as(key, plain))


def trust_in(root: x509.Certificate, *keys: SigningKey) -> Trust:
    """Trust one root and pin the keys' certificates."""
    pinned = frozenset(fingerprint(key.certificate) for key in keys)
    return Trust((root.public_bytes(Encoding.DER),), pinned)


def plain_pdf() -> bytes:
    """Return one tagged page with a title."""
    fonts.register()
    target = io.BytesIO()
    canvas = TaggedCanvas(target, language="sv-SE", font=fonts.SANS, created=date(2026, 11, 23))
    canvas.setTitle("Certifikat SC1603-12")
    canvas.setFont(fonts.SERIF_BOLD, 28)
    with canvas.tagged("H1"):
        canvas.drawString(100, 700, "Åsa Öberg, Ängström")
    canvas.finish()
    return target.getvalue()


def sign_as(key: SigningKey, pdf: bytes) -> bytes:
    """Sign with the usual words."""
    return sign(pdf, key, reason="Certifikat utfärdat", location="Borås", moment=MOMENT)


def sign_with_endesive(key: SigningKey, pdf: bytes, digest: str = "sha256", **details: object) -> bytes:
    """Sign as endesive does by itself, with settings that our own signing does not offer."""
    settings = {"aligned": 16384, "sigflags": 3, "signingdate": "D:20261123143015Z", **details}
    return pdf + cms.sign(pdf, settings, key.private_key, key.certificate, list(key.chain), digest)


def leaf(
    authority: TrialAuthority,
    *,
    common_name: str = "SP Personcertifiering TEST Signer",
    private_key: rsa.RSAPrivateKey | None = None,
    serial: int | None = None,
    purposes: tuple[ObjectIdentifier, ...] = (),
    commits: bool = True,
    end: timedelta = timedelta(days=30),
) -> SigningKey:
    """Issue from our root: another name or serial, with purposes, without nonRepudiation, or expired."""
    private_key = private_key or rsa.generate_private_key(public_exponent=65537, key_size=2048)
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)]))
        .issuer_name(authority.root.subject)
        .public_key(private_key.public_key())
        .serial_number(serial or x509.random_serial_number())
        .not_valid_before(now - timedelta(days=400))
        .not_valid_after(now + end)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_key_usage(commits), critical=True)
    )
    if purposes:
        builder = builder.add_extension(x509.ExtendedKeyUsage(purposes), critical=True)
    certificate = builder.sign(authority.root_key, hashes.SHA256())
    return SigningKey(private_key, certificate, (authority.root,), is_test=True)


def _key_usage(commits: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=commits,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )


def time_stamping_authority(authority: TrialAuthority) -> DummyTimeStamper:
    """Return a time-stamping authority (RFC 3161) under the root, without a network."""
    key = leaf(authority, common_name="TSA TEST", purposes=(ExtendedKeyUsageOID.TIME_STAMPING,))
    pkcs8 = key.private_key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return DummyTimeStamper(
        tsa_cert=asn1_x509.Certificate.load(key.certificate.public_bytes(Encoding.DER)),
        tsa_key=asn1_keys.PrivateKeyInfo.load(pkcs8),
    )
