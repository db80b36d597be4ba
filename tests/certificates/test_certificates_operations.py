"""From a grant to a released certificate."""

from datetime import date, datetime
from typing import Any

import pytest
import transaction

from sp.personcert.certificates import operations, queries
from sp.personcert.certificates.domain import CertificateState, Status
from sp.personcert.decisions import operations as decisions
from sp.personcert.decisions.domain import Proposal
from sp.personcert.decisions.storage import put
from sp.personcert.documents import queries as documents
from sp.personcert.foundation.clock import now
from sp.personcert.foundation.pdf import signing
from sp.personcert.foundation.transitions import fire, state_of
from sp.personcert.messages import queries as messages
from sp.personcert.public_register import queries as register
from sp.personcert.public_register.domain import File
from sp.personcert.testing.tasks import queued_urls, run_due
from tests.foundation.pdf.tampering import flip

GRANTED = datetime(2026, 12, 1, 13, 5)


@pytest.fixture
def waiting(case: Any) -> Any:
    """Enkel's case, ready for a decision."""
    found = case("enkel", "brunnsborrare")
    for transition in ("take", "propose"):
        fire(found, transition)
    put(found, "proposal", Proposal("ab", "", "somebody", now()))
    return found


@pytest.fixture
def certificate(waiting: Any, acting: Any, at: Any) -> Any:
    """The certificate as the grant leaves it: numbered, its signing queued."""
    at(GRANTED)
    with acting("beslutsfattare"):
        decisions.grant(waiting)
    transaction.commit()
    return queries.newest_by_type(waiting.__parent__)["brunnsborrare"]


@pytest.mark.handbook("H43", "H45", "H46", "H167")
def test_a_grant_numbers_the_certificate_and_queues_its_signing(certificate: Any) -> None:
    assert certificate.number.endswith("-26")
    assert (certificate.valid_from, certificate.valid_to) == (date(2026, 12, 1), date(2031, 12, 1))
    assert certificate.level_title == "Ansvarig AB"
    assert state_of(certificate) == CertificateState.SIGNING
    assert queries.status(certificate) is Status.NOT_ISSUED
    assert [url for url in queued_urls() if url.endswith("@@sign-certificate")]


@pytest.mark.handbook("H1", "H51", "H55", "H85", "H167")
def test_the_task_signs_files_publishes_and_tells(certificate: Any, waiting: Any) -> None:
    run_due()
    assert state_of(certificate) == CertificateState.VALID
    assert queries.status(certificate) is Status.VALID
    document = documents.by_id(waiting, certificate.releases[0].document_id)
    assert document.file_name == f"Certifikat_{certificate.number}_C129290_2031-12-01.pdf"
    assert document.sha256 == certificate.releases[0].sha256
    finding = register.check_file(document.read())
    assert (finding.file, finding.status) == (File.GENUINE, Status.VALID)
    assert [entry.number for entry in register.search("enkel")] == [certificate.number]
    newest = messages.threads(waiting)[0]
    assert newest.message.message_type == "Beslut" and certificate.number in newest.entries[0].text


@pytest.mark.handbook("H2")
def test_what_the_independent_check_refuses_is_not_released(
    certificate: Any, waiting: Any, monkeypatch: Any
) -> None:
    real = signing.sign
    monkeypatch.setattr(signing, "sign", lambda *given, **named: flip(real(*given, **named), 2000))
    with pytest.raises(operations.NotReleased):
        operations.sign(certificate)
    transaction.abort()
    assert state_of(certificate) == CertificateState.SIGNING
    assert certificate.releases == ()
    assert documents.archive(waiting) == []
    assert register.check_number(certificate.number).entry is None


def test_signing_again_changes_nothing(certificate: Any, waiting: Any) -> None:
    run_due()
    before = certificate.releases
    operations.sign(certificate)
    assert certificate.releases == before
    assert len(documents.archive(waiting)) == 1


@pytest.mark.wall
def test_a_protected_identity_is_not_published(certificate: Any, waiting: Any) -> None:
    waiting.__parent__.protected_identity = True
    transaction.commit()
    run_due()
    document = documents.by_id(waiting, certificate.releases[0].document_id)
    assert not certificate.published
    assert register.search("enkel") == []
    assert register.check_number(certificate.number).entry is None
    assert register.check_file(document.read()).entry is None
