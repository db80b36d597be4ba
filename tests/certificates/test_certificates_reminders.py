"""The reminder of a certificate that ends: when, to whom, with which words."""

from dataclasses import replace
from datetime import date, datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from plone import api

from sp.personcert.cases.domain import CaseKind
from sp.personcert.cases.operations import open_case
from sp.personcert.certificates import operations, queries
from sp.personcert.certificates.content import Certificate
from sp.personcert.certificates.reminders import KIND
from sp.personcert.certification_types import operations as type_operations
from sp.personcert.certification_types import queries as types
from sp.personcert.foundation.content import add
from sp.personcert.foundation.taskqueue.sweep import queue_periodic_tasks
from sp.personcert.foundation.transitions import fire
from sp.personcert.messages import queries as messages
from sp.personcert.messages.domain import MessageType
from sp.personcert.reminders import operations as reminders
from sp.personcert.reminders import storage
from sp.personcert.reminders.domain import Point
from sp.personcert.reminders.queries import key_of
from sp.personcert.testing.environment import ENVIRONMENT
from sp.personcert.testing.tasks import in_thread, run_due

ENERGY = "energiexpert"
FAR = date(2060, 1, 1)
SIX_MONTHS = Point("2030-02-03", "m6", date(2029, 8, 3))


@pytest.fixture
def certificate(customer):
    """The handbook customer's certificate, valid 2025-02-03 to 2030-02-03."""
    return queries.newest_by_type(customer("ceper"))[ENERGY]


def planned(certificate):
    return [(due, lead) for due, key, _, lead in storage.due(KIND.name, FAR) if key == key_of(certificate)]


def test_the_demonstrations_certificate_was_planned_when_it_was_released(certificate):
    assert planned(certificate) == [("2029-08-03", "m6"), ("2029-11-03", "m3"), ("2030-01-04", "d30")]


@pytest.mark.parametrize(
    ("valid_to", "days"),
    [
        (date(2028, 2, 29), ["2027-08-29", "2027-11-29", "2028-01-30"]),
        (date(2028, 8, 31), ["2028-02-29", "2028-05-31", "2028-08-01"]),
        (date(2027, 8, 31), ["2027-02-28", "2027-05-31", "2027-08-01"]),
        (date(2027, 6, 30), ["2026-12-30", "2027-03-30", "2027-05-31"]),
    ],
)
def test_months_and_days_before_the_last_day(certificate, valid_to, days):
    certificate.valid_to = valid_to
    assert sorted(point.due.isoformat() for point in KIND.points(certificate)) == days


def test_nothing_is_said_before_it_has_begun(certificate):
    certificate.valid_from, certificate.valid_to = date(2029, 1, 1), date(2029, 5, 1)
    assert sorted(point.lead for point in KIND.points(certificate)) == ["d30", "m3"]


def test_a_changed_rule_plans_the_certificates_of_the_type_anew(certificate, acting):
    found = types.by_id(ENERGY)
    with acting("administrator"):
        rule = replace(found.rule, renewal_lead_months=(9,), expiry_lead_days=(30, 1))
        type_operations.change_type(found, found.title, rule)
    run_due()
    assert planned(certificate) == [("2029-05-03", "m9"), ("2030-01-04", "d30"), ("2030-02-02", "d1")]


def test_a_type_that_is_gone_leaves_the_rule_of_the_case(certificate):
    types.folder()._delObject(ENERGY)
    assert {point.lead for point in KIND.points(certificate)} == {"m6", "m3", "d30"}


@pytest.mark.handbook("H6", "H54", "H59", "H175")
@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "sv",
            [
                "Energiexpert, gäller till och med 2030-02-03.",
                "Du får det här eftersom certifikatet slutar gälla inom 6 månader.",
            ],
        ),
        ("en", ["Energiexpert, is valid to and including 2030-02-03.", "You are getting this because"]),
    ],
)
def test_the_message_says_what_ends_when_and_why_it_came(certificate, at, language, words):
    holder = certificate.__parent__
    holder.customer_language = language
    at(datetime(2029, 8, 3, 5, 30))
    reminders.send(KIND.name, key_of(certificate), "2030-02-03", "m6")
    case = queries.newest_case(certificate)
    thread = messages.threads(case)[0]
    assert thread.message.__parent__.getId() == case.getId()
    assert thread.message.message_type is MessageType.RENEWAL
    assert (thread.entries[0].sender_name, thread.entries[0].sender_id) == ("SPPER", "")
    assert all(part in thread.entries[0].text for part in [certificate.number, *words])


@pytest.mark.handbook("H6", "H59", "H175")
def test_at_half_past_five_a_message_and_a_mail_without_its_content(certificate, at):
    folder = Path(ENVIRONMENT["SP_MAIL_DIR"])
    run_due(after=3600)
    earlier = set(folder.glob("*.eml"))
    for minute in (29, 30, 31):
        at(datetime(2029, 8, 3, 5, minute))
        in_thread(queue_periodic_tasks)
        run_due()
    run_due(after=3600)
    (letter,) = set(folder.glob("*.eml")) - earlier
    mail = message_from_bytes(letter.read_bytes(), policy=default)
    said = mail.get_body(("plain",)).get_content()
    assert mail["Subject"] == "Påminnelse om förnyelse"
    assert certificate.number not in said and "Energiexpert" not in said and "2030" not in said
    threads = [row.entries[0].text for row in messages.threads(queries.newest_case(certificate))]
    assert sum("inom 6 månader" in text for text in threads) == 1


@pytest.mark.parametrize(
    ("lead", "why"),
    [
        ("m6", "certifikatet slutar gälla inom 6 månader"),
        ("m1", "certifikatet slutar gälla inom en månad"),
        ("d30", "certifikatet slutar gälla inom 30 dagar"),
        ("d1", "certifikatet slutar gälla i morgon"),
    ],
)
def test_each_lead_has_its_reason(certificate, lead, why):
    assert api.portal.translate(KIND.reason(lead), lang="sv") == why


class TestSilence:
    """Nothing is said any more."""

    @pytest.fixture(autouse=True)
    def august(self, at):
        """The day of the first reminder."""
        at(datetime(2029, 8, 3, 5, 30))

    def said(self, certificate):
        return KIND.reminder(certificate, SIX_MONTHS)

    def test_otherwise_it_is_said(self, certificate):
        assert self.said(certificate).notice == "certificate_expiry"

    def test_when_a_newer_certificate_has_taken_over(self, certificate):
        newer = Certificate()
        newer.type_id, newer.number = ENERGY, "SC9999-29"
        newer.valid_from, newer.valid_to = date(2029, 6, 1), date(2034, 6, 1)
        newer = add(certificate.__parent__, newer)
        assert self.said(certificate) is None

    @pytest.mark.parametrize("state", ["withdrawn", "suspended", "replaced"])
    def test_when_it_is_not_valid(self, certificate, state):
        workflows = api.portal.get_tool("portal_workflow")
        status = {"action": None, "review_state": state, "actor": "", "comments": "", "time": None}
        workflows.setStatusOf("personcert_certificate", certificate, status)
        assert self.said(certificate) is None

    def test_when_it_has_ended(self, certificate, at):
        at(datetime(2030, 2, 4, 5, 30))
        assert self.said(certificate) is None

    def test_while_a_renewal_is_handled_and_only_then(self, certificate, acting):
        with acting("handlaggare"):
            case = open_case(certificate.__parent__, types.by_id(ENERGY), kind=CaseKind.RENEWAL)
        assert self.said(certificate) is None
        for transition in ("take", "propose", "refuse"):
            fire(case, transition)
        assert self.said(certificate).case.getId() == case.getId()

    def test_a_renewal_of_another_type_does_not_count(self, certificate, acting):
        with acting("handlaggare"):
            open_case(certificate.__parent__, types.by_id("brandskydd"), kind=CaseKind.RENEWAL)
        assert self.said(certificate) is not None

    def test_when_no_case_is_left_to_say_it_in(self, certificate):
        certificate.__parent__._delObject(queries.newest_case(certificate).getId())
        assert self.said(certificate) is None


def test_releasing_plans_in_the_same_transaction(customer, case, at):
    at(datetime(2026, 12, 1, 9, 0))
    made = Certificate()
    holder = case("enkel", "brunnsborrare")
    made.type_id, made.type_title, made.case_id = "brunnsborrare", "Brunnsborrare", holder.getId()
    made.number, made.valid_from, made.valid_to = "SC9998-26", date(2026, 12, 1), date(2031, 12, 1)
    made.decided_on = date(2026, 12, 1)
    made = add(customer("enkel"), made)
    assert planned(made) == []
    operations.sign(made)
    assert [lead for _, lead in planned(made)] == ["m6", "m3", "d30"]
