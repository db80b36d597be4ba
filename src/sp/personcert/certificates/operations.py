"""Issuing and signing certificates."""

import hashlib
from typing import Any

from zope.event import notify

from sp.personcert import _
from sp.personcert.certification_types.domain import DocumentType
from sp.personcert.customers import queries as customers
from sp.personcert.decisions.domain import Decision
from sp.personcert.documents import operations as documents
from sp.personcert.documents.domain import names
from sp.personcert.foundation import audit, numbers, taskqueue
from sp.personcert.foundation.clock import now
from sp.personcert.foundation.content import add
from sp.personcert.foundation.errors import PersonCertError
from sp.personcert.foundation.pdf import checking, keyring, signing
from sp.personcert.foundation.settings import base_url, setting
from sp.personcert.foundation.transitions import fire, state_of
from sp.personcert.messages import operations as messages
from sp.personcert.messages.domain import MessageType

from . import pdf
from .content import Certificate
from .domain import CertificateState, Release, certificate_number
from .events import CertificateChanged

VERIFY = "kontrollera"
TEXT_RELEASED = _(
    "text_certificate_released",
    default="Vi har beviljat din certifiering som ${title}. Ditt certifikat ${number} ligger i Arkiv.",
)


class NotReleased(PersonCertError):
    """A signed PDF did not pass the strict check. Nothing was filed."""


def issue(case: Any, decision: Decision) -> Any:
    """Number the certificate of a granted case and queue its signing (H167), for the decision's operation."""
    customer, level = customers.above(case), case.rule.level(decision.level_key)
    certificate = Certificate()
    certificate.number = certificate_number(numbers.allocate("certificate"), decision.valid_from)
    certificate.case_id, certificate.type_id, certificate.type_title = (
        case.getId(),
        case.type_id,
        case.type_title,
    )
    certificate.order_number, certificate.holder_name = case.order_number, customer.full_name
    certificate.rule_reference = case.rule.reference
    certificate.valid_from, certificate.valid_to = decision.valid_from, decision.valid_to
    certificate.decided_on, certificate.decided_by_name = decision.decided_at.date(), decision.decided_by_name
    if level is not None:
        certificate.level_key, certificate.level_title = level.key, level.title
        certificate.level_meaning = level.meaning
    certificate = add(customer, certificate)
    address = taskqueue.task_path(certificate, "sign-certificate")
    taskqueue.add(address, key=f"sign-certificate:{certificate.getId()}")
    audit.record("certificate.issue", certificate, number=certificate.number)
    return certificate


def sign(certificate: Any) -> None:
    """Render, sign, check strictly, file and publish. Running it again changes nothing.

    :raises NotReleased: when the independent check does not accept what was signed.
    """
    if state_of(certificate) != CertificateState.SIGNING:
        return
    data = _signed(certificate)
    customer = certificate.__parent__
    case = customer[certificate.case_id]
    stem = names.certificate_stem(certificate.number, customer.customer_number, certificate.valid_to)
    document = documents.add_made(case, stem, DocumentType.CERTIFICATE, data)
    release = Release(hashlib.sha256(data).hexdigest(), now(), document.getId())
    certificate.releases = (*certificate.releases, release)
    certificate.published = not customer.protected_identity
    fire(certificate, "release")
    notify(CertificateChanged(certificate))
    text = _(
        TEXT_RELEASED,
        default=TEXT_RELEASED.default,
        mapping={"title": certificate.type_title, "number": certificate.number},
    )
    messages.send_system(case, MessageType.DECISION, text, notice="certificate_ready")
    audit.record("certificate.release", certificate, sha256=release.sha256)


def _signed(certificate: Any) -> bytes:
    key, trust = keyring.signing_key(), keyring.trust()
    unsigned = pdf.render(face(certificate, is_test=key.is_test))
    data = signing.sign(
        unsigned,
        key,
        reason=f"Certifikat {certificate.number}",
        location=str(setting("body_name")),
        moment=now(),
    )
    verdict = checking.check(data, trust)
    if not verdict.accepted:
        raise NotReleased(f"{certificate.number}: {verdict.reason}")
    return data


def face(certificate: Any, *, is_test: bool) -> pdf.CertificateFace:
    """What the page of the certificate says."""
    site = base_url()
    return pdf.CertificateFace(
        number=certificate.number,
        holder_name=certificate.holder_name,
        certification_title=certificate.type_title,
        level_title=certificate.level_title,
        level_meaning=certificate.level_meaning,
        valid_from=certificate.valid_from,
        valid_to=certificate.valid_to,
        decided_on=certificate.decided_on,
        order_number=certificate.order_number,
        decided_by=certificate.decided_by_name,
        rule_reference=certificate.rule_reference,
        body_name=str(setting("body_name")),
        verify_url=f"{site}/{VERIFY}?nr={certificate.number}",
        verify_address=f"{site.partition('://')[2]}/{VERIFY}",
        language=certificate.__parent__.customer_language,
        is_test=is_test,
    )
