"""Key folders: made whole or not at all, kept private, refused with a clear reason."""

import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from shutil import copytree

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12

from sp.personcert.foundation.pdf.keys import (
    KeyMissing,
    KeyProblem,
    KeyUnusable,
    fingerprint,
    is_test_certificate,
    load_key,
    load_trust,
    make_test_key,
)
from tests.foundation.pdf.workshop import Workshop, leaf


@pytest.fixture
def folder(key_folder: Path, tmp_path: Path) -> Path:
    """A copy of a key folder, to be spoilt."""
    return copytree(key_folder, tmp_path / "copy")


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_test_key_says_test_in_every_name(key_folder: Path) -> None:
    key = load_key(key_folder)
    assert key.is_test
    for certificate in (key.certificate, *key.chain):
        assert "TEST" in certificate.subject.rfc4514_string()


def test_a_certificate_without_the_mark_is_no_test(workshop: Workshop) -> None:
    assert not is_test_certificate(leaf(workshop.authority, common_name="TEST").certificate)


def test_only_the_owner_can_read_the_folder(key_folder: Path) -> None:
    assert _mode(key_folder) == 0o700
    for path in key_folder.rglob("*"):
        assert _mode(path) == (0o700 if path.is_dir() else 0o600), path.name


def test_the_key_is_rsa_3072_and_outlives_the_certificates_it_signs(key_folder: Path) -> None:
    key = load_key(key_folder)
    assert key.private_key.key_size == 3072
    life = key.certificate.not_valid_after_utc - key.certificate.not_valid_before_utc
    assert life > timedelta(days=10 * 365)


def test_trust_holds_our_root_and_our_signer(key_folder: Path) -> None:
    key, trust = load_key(key_folder), load_trust(key_folder)
    assert trust.pinned == {fingerprint(key.certificate)}
    assert trust.roots == (key.chain[0].public_bytes(Encoding.DER),)
    assert (key_folder / "signers" / f"{fingerprint(key.certificate)}.pem").exists()


def test_several_roots_and_former_signers_are_read(folder: Path, workshop: Workshop) -> None:
    with (folder / "root.pem").open("ab") as file:
        file.write(workshop.authority.root.public_bytes(Encoding.PEM))
    former = workshop.authority.signer
    (folder / "signers" / "former.pem").write_bytes(former.public_bytes(Encoding.PEM))
    trust = load_trust(folder)
    assert len(trust.roots) == 2
    assert fingerprint(former) in trust.pinned and len(trust.pinned) == 2


def test_making_a_key_twice_keeps_the_first(folder: Path) -> None:
    before = (folder / "signer.p12").read_bytes()
    make_test_key(folder)
    assert (folder / "signer.p12").read_bytes() == before


def test_two_processes_making_a_key_at_once_end_with_one(tmp_path: Path) -> None:
    folder = tmp_path / "var" / "signing"
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(make_test_key, [folder] * 4))
    assert load_key(folder).is_test
    assert len(load_trust(folder).pinned) == 1
    assert [path.name for path in folder.parent.iterdir()] == ["signing"]


def test_an_empty_folder_gets_a_key(tmp_path: Path) -> None:
    make_test_key(tmp_path)
    assert load_key(tmp_path).is_test


def test_a_folder_with_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "other").write_text("kept")
    with pytest.raises(KeyProblem):
        make_test_key(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["other"]
    assert not list(tmp_path.parent.glob(f".{tmp_path.name}-*"))


@pytest.mark.parametrize("name", ["signer.p12", "passphrase"])
def test_a_missing_key_or_passphrase_is_told(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(KeyMissing, match=name):
        load_key(folder)


def test_trust_without_root_or_signers_is_an_error(folder: Path, tmp_path: Path) -> None:
    for path in (folder / "signers").iterdir():
        path.unlink()
    for place in (folder, tmp_path / "absent"):
        with pytest.raises(KeyMissing):
            load_trust(place)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda folder: (folder / "passphrase").write_text("another"), "passphrase"),
        (lambda folder: (folder / "signer.p12").write_bytes(b"nonsense"), "passphrase"),
        (lambda folder: (folder / "signer.p12").chmod(0o640), "mode must be 600"),
        (lambda folder: (folder / "passphrase").chmod(0o604), "mode must be 600"),
    ],
    ids=["wrong passphrase", "no container", "key open to group", "passphrase open to all"],
)
def test_an_unusable_key_is_told(folder: Path, spoil: Callable[[Path], object], words: str) -> None:
    spoil(folder)
    with pytest.raises(KeyUnusable, match=words):
        load_key(folder)


@pytest.mark.parametrize(
    "private_key",
    [ec.generate_private_key(ec.SECP256R1()), rsa.generate_private_key(65537, 2048)],
    ids=["elliptic curve", "RSA 2048"],
)
def test_a_kind_of_key_that_would_give_bad_signatures_is_refused(
    folder: Path, workshop: Workshop, private_key: pkcs12.PKCS12PrivateKeyTypes
) -> None:
    certificate = leaf(workshop.authority, private_key=private_key).certificate
    _replace_key(folder, private_key, certificate)
    with pytest.raises(KeyUnusable, match="RSA"):
        load_key(folder)


def test_a_container_without_a_private_key_is_no_key(folder: Path, workshop: Workshop) -> None:
    _replace_key(folder, None, workshop.authority.signer)
    with pytest.raises(KeyMissing):
        load_key(folder)


def test_a_root_file_that_holds_no_certificate_is_told(folder: Path) -> None:
    (folder / "root.pem").write_text("nonsense")
    with pytest.raises(KeyUnusable, match=r"root\.pem"):
        load_trust(folder)


def _replace_key(
    folder: Path, private_key: pkcs12.PKCS12PrivateKeyTypes | None, certificate: x509.Certificate
) -> None:
    passphrase = (folder / "passphrase").read_bytes().strip()
    container = pkcs12.serialize_key_and_certificates(
        b"signer", private_key, certificate, None, BestAvailableEncryption(passphrase)
    )
    (folder / "signer.p12").write_bytes(container)
