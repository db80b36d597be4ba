"""The strict rule: our untouched document is accepted, everything else is refused for the right reason."""

import os
import random
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID
from pyhanko.sign.timestamps import TimeStamper

from sp.personcert.foundation.pdf import checking
from sp.personcert.foundation.pdf.checking import Reason, Verdict, check
from sp.personcert.foundation.pdf.keys import SigningKey, Trust, fingerprint
from sp.personcert.foundation.pdf.trial_authority import TrialAuthority
from tests.foundation.pdf import tampering
from tests.foundation.pdf.workshop import (
    MOMENT,
    Workshop,
    leaf,
    sign_as,
    sign_with_endesive,
    time_stamping_authority,
    trust_in,
)

TORTURE = int(os.environ.get("SP_TORTURE", "40"))


def test_our_untouched_document_is_accepted(workshop: Workshop) -> None:
    assert check(workshop.signed, workshop.trust) == Verdict(Reason.ACCEPTED, True, True, MOMENT)


@pytest.mark.parametrize(
    ("forge", "reason"),
    [
        (tampering.flip_in_page, Reason.ALTERED),
        (tampering.flip_in_title, Reason.ALTERED),
        (tampering.append_comment, Reason.ALTERED),
        (tampering.replace_page, Reason.ALTERED),
        (tampering.stamp, Reason.ALTERED),
        (tampering.hide_in_padding, Reason.ALTERED),
        (tampering.rewrite, Reason.ALTERED),
        (tampering.change_title, Reason.METADATA_CHANGED),
    ],
)
def test_a_change_after_signing_is_seen_and_the_signed_part_stays_ours(
    workshop: Workshop, forge: Callable[[bytes], bytes], reason: Reason
) -> None:
    assert check(forge(workshop.signed), workshop.trust) == Verdict(reason, False, True, MOMENT)


@pytest.mark.parametrize(
    ("forge", "reason"),
    [
        (tampering.truncate, Reason.UNREADABLE),
        (tampering.encrypt, Reason.ENCRYPTED),
        (tampering.remove_signature, Reason.NO_SIGNATURE),
        (tampering.spoil_signature_value, Reason.SIGNATURE_INVALID),
        (lambda signed: b"", Reason.NOT_A_PDF),
        (lambda signed: b"Hej!", Reason.NOT_A_PDF),
        (lambda signed: b" " + signed, Reason.NOT_A_PDF),
        (lambda signed: b"%PDF-1.7\n", Reason.UNREADABLE),
        (lambda signed: signed.ljust(checking.LARGEST + 1), Reason.TOO_BIG),
    ],
)
def test_what_we_did_not_sign_is_not_ours(
    workshop: Workshop, forge: Callable[[bytes], bytes], reason: Reason
) -> None:
    assert check(forge(workshop.signed), workshop.trust) == Verdict(reason, None, False, None)


def test_another_authority_with_the_same_names_is_not_ours(workshop: Workshop, rogue: TrialAuthority) -> None:
    key = SigningKey(rogue.signer_key, rogue.signer, (rogue.root,), is_test=True)
    assert check(sign_as(key, workshop.plain), workshop.trust).reason is Reason.NOT_OURS


def test_a_pinned_signer_of_another_root_is_not_trusted(workshop: Workshop, rogue: TrialAuthority) -> None:
    key = SigningKey(rogue.signer_key, rogue.signer, (rogue.root,), is_test=True)
    careless = trust_in(workshop.authority.root, key)
    assert check(sign_as(key, workshop.plain), careless).reason is Reason.NOT_TRUSTED


def test_a_signer_of_our_own_root_that_is_not_pinned_is_not_ours(workshop: Workshop) -> None:
    stranger = leaf(workshop.authority)
    assert check(sign_as(stranger, workshop.plain), workshop.trust).reason is Reason.NOT_OURS


@pytest.mark.parametrize("commits", [True, False], ids=["nonRepudiation", "no nonRepudiation"])
def test_a_web_server_certificate_may_not_sign_documents_even_when_pinned(
    workshop: Workshop, commits: bool
) -> None:
    server = leaf(workshop.authority, purposes=(ExtendedKeyUsageOID.SERVER_AUTH,), commits=commits)
    trust = trust_in(workshop.authority.root, server)
    assert check(sign_as(server, workshop.plain), trust).reason is Reason.NOT_TRUSTED


def test_a_certificate_without_non_repudiation_may_not_sign_documents(workshop: Workshop) -> None:
    weak = leaf(workshop.authority, commits=False)
    trust = trust_in(workshop.authority.root, weak)
    assert check(sign_as(weak, workshop.plain), trust).reason is Reason.NOT_TRUSTED


def test_a_certificate_for_document_signing_may(workshop: Workshop) -> None:
    signer = leaf(workshop.authority, purposes=(ExtendedKeyUsageOID.EMAIL_PROTECTION,))
    assert check(sign_as(signer, workshop.plain), trust_in(workshop.authority.root, signer)).accepted


def test_a_former_signer_is_accepted_while_pinned(workshop: Workshop) -> None:
    former = leaf(workshop.authority)
    trust = trust_in(workshop.authority.root, workshop.key, former)
    assert check(sign_as(former, workshop.plain), trust).accepted
    assert check(workshop.signed, trust).accepted


def test_an_expired_signer_is_told_apart(workshop: Workshop) -> None:
    expired = leaf(workshop.authority, end=timedelta(days=-1))
    verdict = check(sign_as(expired, workshop.plain), trust_in(workshop.authority.root, expired))
    assert verdict == Verdict(Reason.EXPIRED, True, True, MOMENT)


def test_a_revoked_signer_is_told_apart() -> None:
    certificate = SimpleNamespace(extended_key_usage_value=None)
    status = SimpleNamespace(signing_cert=certificate, revoked=True, trust_problem_indic=None, trusted=False)
    assert checking._distrust(status) is Reason.REVOKED


def test_another_certificate_of_the_same_key_cannot_be_put_in_our_signers_place(workshop: Workshop) -> None:
    other = leaf(
        workshop.authority,
        common_name="Erik Exempel",
        private_key=workshop.authority.signer_key,
        serial=workshop.authority.signer.serial_number,
    )
    forged = tampering.swap_certificate(workshop.signed, other.certificate.public_bytes(Encoding.DER))
    for trust in (workshop.trust, trust_in(workshop.authority.root, other)):
        assert check(forged, trust) == Verdict(Reason.SIGNATURE_INVALID)


def test_sha1_is_not_trusted(workshop: Workshop) -> None:
    weak = sign_with_endesive(workshop.key, workshop.plain, "sha1", sigandcertify=True)
    assert check(weak, workshop.trust).reason is Reason.NOT_TRUSTED


@pytest.mark.parametrize("details", [{}, {"sigandcertify": True}], ids=["approval", "DocMDP P=3"])
def test_a_signature_of_ours_that_allows_changes_is_no_certificate(
    workshop: Workshop, details: dict[str, object]
) -> None:
    loose = sign_with_endesive(workshop.key, workshop.plain, **details)
    assert check(loose, workshop.trust) == Verdict(Reason.NOT_CERTIFIED, True, True, MOMENT)


def test_a_second_signature_is_refused_whoever_made_it(workshop: Workshop) -> None:
    for key in (workshop.key, leaf(workshop.authority)):
        twice = sign_with_endesive(key, workshop.signed, sigfield="Signature2")
        verdict = check(twice, workshop.trust)
        assert verdict == Verdict(Reason.SEVERAL_SIGNATURES, False, True, MOMENT)


def test_a_genuine_document_hidden_behind_a_false_one_is_not_accepted(workshop: Workshop) -> None:
    assert not check(workshop.plain + workshop.signed, workshop.trust).accepted


def test_data_for_long_term_validation_may_follow(workshop: Workshop) -> None:
    longer = tampering.add_validation_data(workshop.signed)
    assert check(longer, workshop.trust) == Verdict(Reason.ACCEPTED, True, True, MOMENT)


def test_validation_data_does_not_cover_up_a_new_title(workshop: Workshop) -> None:
    forged = tampering.add_validation_data(tampering.change_title(workshop.signed))
    assert check(forged, workshop.trust).reason is Reason.METADATA_CHANGED


@pytest.mark.parametrize("add", [tampering.stamp_time, tampering.add_signature_time])
def test_a_time_stamp_is_accepted_from_an_authority_under_our_root_only(
    workshop: Workshop, rogue: TrialAuthority, add: Callable[[bytes, TimeStamper], bytes]
) -> None:
    own = add(workshop.signed, time_stamping_authority(workshop.authority))
    false = add(workshop.signed, time_stamping_authority(rogue))
    assert check(own, workshop.trust) == Verdict(Reason.ACCEPTED, True, True, MOMENT)
    assert check(false, workshop.trust) == Verdict(Reason.TIMESTAMP_INVALID, True, True, MOMENT)


def test_a_verdict_never_comes_as_an_exception(workshop: Workshop) -> None:
    nonsense = Trust(roots=(b"not a certificate",), pinned=workshop.trust.pinned)
    assert check(workshop.signed, nonsense) == Verdict(Reason.ERROR)
    assert not check(workshop.signed, Trust((), frozenset({fingerprint(workshop.key.certificate)}))).accepted


@pytest.mark.torture
def test_no_mutation_outside_the_signature_is_accepted(workshop: Workshop) -> None:
    signed = workshop.signed
    chance = random.Random(20261124)
    for _ in range(TORTURE):
        mutated = _mutate(signed, chance)
        verdict = check(mutated, workshop.trust)
        assert isinstance(verdict, Verdict)
        assert not verdict.accepted or _outside_signature(mutated, signed) == _outside_signature(
            signed, signed
        )


def _mutate(signed: bytes, chance: random.Random) -> bytes:
    position = chance.randrange(len(signed))
    length = chance.choice([1, 1, 1, 4, 60])
    noise = chance.randbytes(length)
    match chance.choice(["flip", "overwrite", "insert", "delete", "repeat", "cut"]):
        case "flip":
            return tampering.flip(signed, position)
        case "overwrite":
            return signed[:position] + noise + signed[position + length :]
        case "insert":
            return signed[:position] + noise + signed[position:]
        case "delete":
            return signed[:position] + signed[position + length :]
        case "repeat":
            return signed[:position] + signed[position : position + 200] + signed[position:]
    return signed[:position]


def _outside_signature(mutated: bytes, signed: bytes) -> tuple[bytes, bytes]:
    _, length, second, _ = tampering.byte_range(signed)
    return mutated[:length], mutated[second:]
