"""Building the demonstration."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from plone import api
from zope.i18nmessageid import Message

from sp.personcert.accounts.operations import opening as accounts
from sp.personcert.cases import operations as cases
from sp.personcert.cases.domain import ExamResult
from sp.personcert.certificates import operations as certificates
from sp.personcert.certificates import queries as certificate_queries
from sp.personcert.certification_types import queries as types
from sp.personcert.certification_types.domain import DocumentType, Slot
from sp.personcert.checklist import operations as checklist
from sp.personcert.checklist import queries as checklist_queries
from sp.personcert.checklist.domain import Verdict
from sp.personcert.customers import operations as customers
from sp.personcert.decisions import operations as decisions
from sp.personcert.documents import operations as documents
from sp.personcert.documents.domain import names
from sp.personcert.foundation import numbers
from sp.personcert.foundation.clock import moved_to
from sp.personcert.foundation.content import new_id
from sp.personcert.foundation.permissions import Role
from sp.personcert.messages import operations as messages

from . import handbook, papers
from .handbook import Letter, OldCertificate, Said, Upload
from .people import CEPER, CLIENTS, ENKEL, PASSWORD, STAFF, Client

WELL_DRILLER, ENERGY_EXPERT = "brunnsborrare", "energiexpert"
OTHER_SLOT = Slot("other", "Övrig bilaga", "Övrig Bilaga", DocumentType.ATTACHMENT)


def build(site: Any) -> None:
    """Make the demonstration in a new site, in the present transaction."""
    api.portal.set_registry_record("sp.personcert.second_factor_for_staff", False)
    for person in STAFF:
        accounts.open_account(
            person.user_name,
            PASSWORD,
            full_name=person.full_name,
            email=f"{person.user_name}@example.se",
            groups=person.groups,
        )
    made = {client.user_name: _customer(client) for client in CLIENTS}
    _handbook_case(made[CEPER.user_name])
    _granted_case(made[CEPER.user_name])
    _waiting_cases(made[CEPER.user_name])
    _open(made[ENKEL.user_name], WELL_DRILLER, datetime(2026, 9, 14, 10, 0), level_key="b")


@contextmanager
def acting(user_name: str, moment: datetime) -> Iterator[None]:
    """Be one of the people, at a moment."""
    with moved_to(moment), api.env.adopt_user(username=user_name):
        yield


def _customer(client: Client) -> Any:
    user_id = accounts.open_account(client.user_name, PASSWORD)
    with api.env.adopt_roles([Role.OFFICER.value]):
        customer = customers.open_customer(
            client.person,
            client.personal_identity_number,
            customer_number=client.customer_number,
            company=client.company,
            invoicing=client.invoicing,
        )
        customers.connect_account(customer, user_id, client.user_name)
    return customer


def _open(customer: Any, type_id: str, opened: datetime, **details: Any) -> Any:
    with acting("handlaggare", opened):
        return cases.open_case(customer, types.by_id(type_id), **details)


def _handbook_case(customer: Any) -> None:
    case = _open(
        customer,
        WELL_DRILLER,
        handbook.OPENED,
        level_key=handbook.LEVEL,
        case_number=handbook.CASE_NUMBER,
        order_number=handbook.ORDER_NUMBER,
    )
    with acting("handlaggare", handbook.TAKEN):
        cases.take(case)
    makers: dict[type, Callable[[Any, Any], None]] = {
        Upload: _upload,
        Letter: _letter,
        OldCertificate: _old_certificate,
        Said: _say,
    }
    for event in sorted((*handbook.ARCHIVE, *handbook.MESSAGES), key=lambda event: event.at):
        makers[type(event)](case, event)


def _upload(case: Any, event: Upload) -> None:
    slot = case.rule.slot(event.slot) or OTHER_SLOT
    data = papers.docx(slot.title) if event.extension == "docx" else papers.pdf(slot.title, "CE Person Test")
    file = (f"paper.{event.extension}", data, event.at, event.note, new_id())
    with acting(CEPER.user_name, event.at):
        if event.slot:
            checklist.answer_with_document(case, event.slot, *file)
        else:
            documents.add_upload(case, slot, *file)


def _letter(case: Any, event: Letter) -> None:
    stem = names.letter_stem(case.kind.value, case.case_number, event.at.date())
    data = papers.pdf("Begäran om komplettering", f"Ärende {case.case_number}", "CE Person Test")
    with acting("handlaggare", event.at):
        documents.add_made(case, stem, DocumentType.SUPPLEMENT_LETTER, data)


def _old_certificate(case: Any, event: OldCertificate) -> None:
    numbers.reserve("certificate", int(event.number[2:-3]))
    stem = names.certificate_stem(event.number, CEPER.customer_number, event.valid_to)
    data = papers.pdf("Certifikat", event.number, "CE Person Test", "TEST: ur ett äldre system, gäller inte.")
    with acting("handlaggare", event.at):
        documents.add_made(case, stem, DocumentType.CERTIFICATE, data)


def _say(case: Any, event: Said) -> None:
    if event.who == "system":
        with moved_to(event.at):
            messages.send_system(case, event.message_type, Message(event.text))
        return
    who = CEPER.user_name if event.who == "customer" else "handlaggare"
    with acting(who, event.at):
        messages.start(case, event.message_type, event.text, new_id(), notice=False)


def _granted_case(customer: Any) -> None:
    """Energiexpert, from papers to a signed and published certificate, by three people."""
    case = _open(customer, ENERGY_EXPERT, datetime(2025, 1, 13, 9, 0), level_key="k")
    lacking = [row.slot for row in checklist_queries.rows(case) if row.answer is None]
    for day, slot in enumerate(lacking, start=14):
        sent = datetime(2025, 1, day, 19, 30, 12)
        with acting(CEPER.user_name, sent):
            data = papers.pdf(slot.title, "CE Person Test")
            checklist.answer_with_document(case, slot.key, "paper.pdf", data, sent, "", new_id())
    with acting(CEPER.user_name, datetime(2025, 1, 19, 20, 0)):
        checklist.notify_us(case)
    with acting("handlaggare2", datetime(2025, 1, 21, 10, 0)):
        cases.take(case)
        for row in checklist_queries.rows(case):
            checklist.judge(case, row.slot.key, row.answer.answer_id, Verdict.APPROVED)
        cases.record_exam(case, date(2025, 1, 20), ExamResult.PASSED)
        decisions.propose(case, "k")
    granted = datetime(2025, 2, 3, 13, 5)
    with acting("beslutsfattare", granted):
        decisions.grant(case)
    with moved_to(granted):
        certificates.sign(certificate_queries.newest_by_type(customer)[ENERGY_EXPERT])


def _waiting_cases(customer: Any) -> None:
    """Every other type, waiting, so that the menu is as full as in the handbook."""
    for day, found in enumerate(types.all_types(), start=1):
        if found.getId() not in (WELL_DRILLER, ENERGY_EXPERT):
            _open(customer, found.getId(), datetime(2026, 10, day, 8, 15))
