"""Asking the audit trail: what narrows it, and what is no question."""

import random
from datetime import datetime
from urllib.parse import urlencode

import pytest
import transaction
from zope.annotation.interfaces import IAnnotations

from sp.personcert.foundation.audit.log import KEY, AuditLog
from tests.portal.test_portal_trail import PAGE, deeds, noted
from tests.reading import address, tree, words


@pytest.fixture
def administrator(portal, visitor, drillers, customer):
    """Who reads a log of four entries on four days."""
    IAnnotations(portal)[KEY] = AuditLog()
    noted("handlaggare", datetime(2026, 3, 1, 0, 0), "case.take", drillers)
    noted("handlaggare2", datetime(2026, 3, 2, 12, 0), "checklist.judge", drillers)
    noted("ceper", datetime(2026, 3, 3, 12, 0), "checklist.notify", drillers)
    last = datetime(2026, 3, 4, 23, 59, 59)
    noted("handlaggare", last, "customer.identity_number_opened", customer("enkel"))
    transaction.commit()
    return visitor("administrator")


TAKEN, JUDGED, NOTIFIED = "Tog ett ärende", "Bedömde ett svar i checklistan", "Klickade på MEDDELA OSS"
OPENED = "Läste ett personnummer"


def found(person, **question):
    """What was done in March 2026 that fits a question, newest first."""
    return deeds(person.see(f"{PAGE}?{urlencode({'till': '2026-03-04'} | question)}"))


@pytest.mark.handbook("H178")
@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ({}, [OPENED, NOTIFIED, JUDGED, TAKEN]),
        ({"fran": "2026-03-02", "till": "2026-03-03"}, [NOTIFIED, JUDGED]),
        ({"fran": "20260301", "till": "2026-3-1"}, [TAKEN]),
        ({"vem": "handlaggare"}, [OPENED, JUDGED, TAKEN]),
        ({"vem": "Demo Två"}, [JUDGED]),
        ({"vem": "CEPER"}, [NOTIFIED]),
        ({"vem": "nobody"}, []),
        ({"atgard": "case.take"}, [TAKEN]),
        ({"atgard": "case.release"}, []),
        ({"objekt": "C129289"}, [NOTIFIED, JUDGED, TAKEN]),
        ({"objekt": " c129289 "}, [NOTIFIED, JUDGED, TAKEN]),
        ({"objekt": "/kunder"}, [OPENED, NOTIFIED, JUDGED, TAKEN]),
        ({"objekt": "/"}, [OPENED, NOTIFIED, JUDGED, TAKEN]),
        ({"objekt": "/not/there"}, []),
        ({"objekt": "C129289", "vem": "ceper", "atgard": "checklist.notify"}, [NOTIFIED]),
    ],
)
def test_a_question_narrows_the_log(administrator, question, expected):
    assert found(administrator, **question) == expected


@pytest.mark.handbook("H178")
def test_a_case_is_found_by_its_number_and_by_its_address_as_copied(administrator, drillers):
    for text in (
        drillers.case_number,
        address(drillers),
        address(drillers).removeprefix("/plone"),
        f"https://kundwebb.example.se{address(drillers)}/@@handlaggning?x=1",
    ):
        assert found(administrator, objekt=text) == [NOTIFIED, JUDGED, TAKEN], text


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        ("fran", "i går", "Skriv dagen som 2026-11-24."),
        ("fran", "2026-02-30", "Skriv dagen som 2026-11-24."),
        ("till", "9999-12-31", "Skriv dagen som 2026-11-24."),
        ("till", "0001-01-01", "Skriv dagen som 2026-11-24."),
        ("till", "1" * 5000, "Skriv dagen som 2026-11-24."),
        ("vem", "x" * 201, "Skriv högst 200 tecken."),
        ("vem", "19811218-9876", "Sök inte på personnummer"),
        ("objekt", "811218-9876", "Sök inte på personnummer"),
        ("objekt", "C0", "Hittar inget sådant."),
        ("objekt", "http://[", "Hittar inget sådant."),
        ("objekt", "\x00", "Hittar inget sådant."),
        ("atgard", "<script>", "Välj en åtgärd i listan."),
        ("fore", "2", "Adressen till sidan är inte hel."),
        ("fore", "9" * 18 + "-" + "0" * 32, "Adressen till sidan är inte hel."),
    ],
)
def test_what_is_no_question_gets_a_sentence_and_stays(administrator, field, text, sentence):
    page = administrator.see(f"{PAGE}?{urlencode({field: text})}")
    assert page.status_int == 200
    assert sentence in words(tree(page).get_element_by_id("kw-errors"))
    assert deeds(page) == [] and "<script>" not in page.text
    box = tree(page).xpath(f"//input[@id='{field}']")
    if box and text.isprintable():
        assert (box[0].get("value"), box[0].get("aria-invalid")) == (text, "true")


def test_days_in_the_wrong_order_are_told(administrator):
    page = administrator.see(f"{PAGE}?fran=2026-03-03&till=2026-03-01")
    assert "Till och med-dagen ligger före från-dagen." in words(page)


@pytest.mark.parametrize(
    "query",
    [
        "unknown=1&sida=abc",
        "vem=a&vem=b",
        "fran:list=2026-03-01",
        "vem:record=x&vem.y:record=1",
        "objekt=%FF%FE&vem=%00",
        "fore=99999999999999999-" + "f" * 32,
        "fore=0-" + "0" * 32,
    ],
)
def test_a_strange_address_is_no_fault_of_the_server(administrator, query):
    assert administrator.see(f"{PAGE}?{query}").status_int < 500


@pytest.mark.wall
def test_no_question_breaks_the_page_or_gets_out_of_its_field(administrator):
    chance = random.Random(1)
    signs = "a9-/:.@ \t\r\n\0\x1b\x7f\u200b\u2028\ufffd\U0001f600\u0130ß'\"<>&%;+*([{\\"
    for _ in range(100):
        names = chance.sample(["fran", "till", "vem", "atgard", "objekt", "fore", "other"], 3)
        question = {name: "".join(chance.choices(signs, k=chance.randrange(250))) + "<q'" for name in names}
        answer = administrator.see(f"{PAGE}?{urlencode(question)}")
        assert answer.status_int == 200 and "<q'" not in answer.text, question
