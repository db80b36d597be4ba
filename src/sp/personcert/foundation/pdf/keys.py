"""The signing key of the certification body, and whom its own verifier trusts.

A key folder holds::

    signer.p12            private key, signer certificate and chain (PKCS#12)
    passphrase            of signer.p12, one line
    root.pem              our own root certificate, or several (PEM)
    signers/<sha256>.pem  every signer certificate we use or have used

A public web PKI root never belongs in ``root.pem``: anybody with a TLS certificate would then be a possible
signer. A former signer's certificate stays in ``signers/`` as long as documents signed with it are to be
accepted, and is taken out when its key is compromised: that is our revocation, and it works without asking
anybody.
"""

import os
import secrets
import shutil
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from cryptography.x509.oid import NameOID

from sp.personcert.foundation.pdf.trial_authority import TEST_MARK, make_authority

KEY_FILE = "signer.p12"
PASSPHRASE_FILE = "passphrase"
ROOT_FILE = "root.pem"
SIGNERS_FOLDER = "signers"

#: Smallest RSA key that we sign with (ETSI TS 119 312 wants 3000 bits or more for signatures meant to last).
SMALLEST_RSA_KEY = 3000


class KeyProblem(Exception):
    """The signing key cannot be used."""


class KeyMissing(KeyProblem):
    """The folder holds no signing key, or only a part of one."""


class KeyUnusable(KeyProblem):
    """The key is there but locked with another passphrase, open to others, too short, or not RSA."""


@dataclass(frozen=True)
class SigningKey:
    """A private key with its certificate and the certificates above it, signer's issuer first."""

    private_key: RSAPrivateKey
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]
    is_test: bool


@dataclass(frozen=True)
class Trust:
    """What the verifier trusts.

    Our roots (DER), and our signers, present and former (lower-case hex SHA-256 of the certificate's DER).
    """

    roots: tuple[bytes, ...]
    pinned: frozenset[str]


def fingerprint(certificate: x509.Certificate) -> str:
    """SHA-256 over the certificate's DER, in lower-case hex."""
    return certificate.fingerprint(hashes.SHA256()).hex()


def holds_key(folder: Path) -> bool:
    """Say if the folder already holds a signing key, usable or not."""
    return (folder / KEY_FILE).exists()


def make_test_key(folder: Path) -> None:
    """Make a test root and signer in the folder, or do nothing when it already holds a key.

    All files are written beside it first and moved there in one step, so that nobody ever finds half a key;
    when two processes make one at the same time, the first wins and both use its key. Raises KeyProblem
    when the folder holds something else.
    """
    if holds_key(folder):
        return
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))  # mkdtemp gives mode 700
    try:
        _write_all(draft)
        os.rename(draft, folder)  # POSIX: replaces an empty folder, fails on any other
    except OSError as error:
        if not holds_key(folder):
            raise KeyProblem(f"{folder} cannot take a test key: {error.strerror}") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def load_key(folder: Path) -> SigningKey:
    """Read the signing key. Raises KeyMissing or KeyUnusable, with the reason in words for the log."""
    container = _read(folder / KEY_FILE)
    passphrase = _read(folder / PASSPHRASE_FILE).strip()
    _refuse_open_file(folder / KEY_FILE)
    _refuse_open_file(folder / PASSPHRASE_FILE)
    try:
        private_key, certificate, chain = pkcs12.load_key_and_certificates(container, passphrase)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise KeyUnusable(f"{KEY_FILE} cannot be opened with the passphrase") from error
    if certificate is None or private_key is None:
        raise KeyMissing(f"{KEY_FILE} lacks a private key or its certificate")
    # endesive writes "rsassa_pkcs1v15" as algorithm for every kind of key: a signature by another kind
    # would not verify.
    if not isinstance(private_key, RSAPrivateKey) or private_key.key_size < SMALLEST_RSA_KEY:
        raise KeyUnusable(f"the signing key must be RSA of at least {SMALLEST_RSA_KEY} bits")
    return SigningKey(private_key, certificate, tuple(chain), is_test_certificate(certificate))


def is_test_certificate(certificate: x509.Certificate) -> bool:
    """Say if the certificate's subject is marked as a test."""
    units = certificate.subject.get_attributes_for_oid(NameOID.ORGANIZATIONAL_UNIT_NAME)
    return any(unit.value == TEST_MARK for unit in units)


def load_trust(folder: Path) -> Trust:
    """Read our roots and pinned signers.

    Raises KeyMissing when there is no root or no signer: trust in nothing is a mistake. Raises KeyUnusable
    for what is no certificate.
    """
    roots = _certificates(folder / ROOT_FILE)
    signers = [
        certificate
        for path in sorted((folder / SIGNERS_FOLDER).glob("*.pem"))
        for certificate in _certificates(path)
    ]
    if not signers:
        raise KeyMissing(f"no certificate in {folder / SIGNERS_FOLDER}")
    return Trust(
        roots=tuple(root.public_bytes(Encoding.DER) for root in roots),
        pinned=frozenset(fingerprint(signer) for signer in signers),
    )


def _certificates(path: Path) -> list[x509.Certificate]:
    try:
        return x509.load_pem_x509_certificates(_read(path))
    except ValueError as error:
        raise KeyUnusable(f"{path.name} is not a PEM certificate") from error


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise KeyMissing(f"{path} does not exist") from error


def _refuse_open_file(path: Path) -> None:
    """As ssh does: a private key that others can read is not private."""
    mode = os.stat(path).st_mode
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise KeyUnusable(f"{path.name} can be read by others; its mode must be 600")


def _write_all(folder: Path) -> None:
    authority = make_authority()
    signer = authority.signer
    passphrase = secrets.token_urlsafe(32).encode("ascii")
    container = pkcs12.serialize_key_and_certificates(
        b"signer", authority.signer_key, signer, [authority.root], BestAvailableEncryption(passphrase)
    )
    (folder / SIGNERS_FOLDER).mkdir(mode=0o700)
    _write_private(folder / SIGNERS_FOLDER / f"{fingerprint(signer)}.pem", signer.public_bytes(Encoding.PEM))
    _write_private(folder / ROOT_FILE, authority.root.public_bytes(Encoding.PEM))
    _write_private(folder / PASSPHRASE_FILE, passphrase + b"\n")
    _write_private(folder / KEY_FILE, container)


def _write_private(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
