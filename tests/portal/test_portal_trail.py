"""The audit trail as administrators read it."""

from datetime import datetime

import pytest
import transaction
from plone import api
from zope.annotation.interfaces import IAnnotations

from sp.personcert.cases import operations as cases
from sp.personcert.foundation.audit import erase_details, record, searching
from sp.personcert.foundation.audit.log import KEY, AuditLog
from sp.personcert.foundation.clock import moved_to
from sp.personcert.foundation.taskqueue.interfaces import SYSTEM_USER
from sp.personcert.portal.browser import trail
from tests.foundation.audit.conftest import fill
from tests.reading import address, column, tree, words

PAGE = "/granskningslogg"


@pytest.fixture
def empty(portal):
    """The site with an empty log."""
    IAnnotations(portal)[KEY] = AuditLog()
    return portal


@pytest.fixture
def administrator(visitor):
    """Who reads the log."""
    return visitor("administrator")


def deeds(page):
    """What was done, from top to bottom."""
    return [words(cell) for cell in tree(page).xpath("//tbody//th")]


def noted(actor, moment, action, content, **details):
    """An entry of somebody at a moment."""
    with api.env.adopt_user(username=actor), moved_to(moment):
        record(action, content, **details)


@pytest.mark.handbook("H178")
def test_a_row_says_when_who_what_and_with_what(empty, administrator, acting, drillers):
    for second, deed in ((14, cases.release), (15, cases.take)):
        with acting("handlaggare"), moved_to(datetime(2026, 11, 24, 9, 30, second)):
            deed(drillers)
    transaction.commit()
    page = administrator.see(f"{PAGE}?vem=handlaggare")
    assert deeds(page) == ["Tog ett ärende", "Lämnade tillbaka ett ärende"]
    assert column(page, "När")[0] == "2026-11-24 09:30:15"
    assert column(page, "Vem")[0] == "Handläggare Demo (handlaggare)"
    assert column(page, "Med vad")[0] == f"Ärende {drillers.case_number}"


@pytest.mark.handbook("H178")
def test_a_task_is_shown_with_the_person_behind_it(empty, administrator, drillers, monkeypatch):
    person = api.user.get(username="beslutsfattare").getId()
    monkeypatch.setattr("sp.personcert.foundation.audit.recording.current_actor", lambda: person)
    monkeypatch.setattr("sp.personcert.foundation.audit.recording.current_user_id", lambda: SYSTEM_USER)
    record("certificate.release", drillers)
    monkeypatch.undo()
    transaction.commit()
    page = administrator.see(f"{PAGE}?atgard=certificate.release")
    assert column(page, "Vem")[0] == "SPPER för Beslutsfattare Demo (beslutsfattare)"


def test_nobody_a_stranger_and_an_unknown_deed_are_told_as_such(empty, administrator, monkeypatch):
    for user_id in ("", "gone-account"):
        monkeypatch.setattr("sp.personcert.foundation.audit.recording.current_user_id", lambda u=user_id: u)
        monkeypatch.setattr("sp.personcert.foundation.audit.recording.current_actor", lambda u=user_id: u)
        record("later.invented", empty)
    monkeypatch.undo()
    transaction.commit()
    page = administrator.see(f"{PAGE}?atgard=later.invented")
    assert deeds(page) == ["later.invented", "later.invented"]
    assert column(page, "Vem") == ["Konto som inte finns (gone-account)", "Inte inloggad"]
    assert column(page, "Med vad") == ["Webbplatsen", "Webbplatsen"]


def test_details_are_codes_and_people_and_never_free_text(empty, administrator, customer):
    officer, own = api.user.get(username="handlaggare").getId(), customer("ceper")
    details = {"slot": "betyg", "sha256": "a" * 64, "reason": "Anna är sjuk", "named": officer}
    noted("handlaggare", datetime(2026, 1, 1), "later.invented", empty, **details, customers=own.getId())
    transaction.commit()
    shown = column(administrator.see(f"{PAGE}?atgard=later.invented"), "Uppgifter")[0]
    assert "slot: betyg" in shown and "sha256: aaaaaaaaaaaa…" in shown
    assert "named: Handläggare Demo (handlaggare)" in shown and "customers: C129289" in shown
    assert "Anna" not in shown and "reason: text som inte visas här" in shown


@pytest.mark.handbook("H178")
def test_a_log_in_is_told_with_the_account_and_found_by_its_name(empty, administrator, visitor):
    visitor("handlaggare")
    visitor().log_in("handlaggare", "Fel-losenord-17")
    page = administrator.see(f"{PAGE}?vem=handlaggare")
    account = "Handläggare Demo (handlaggare)"
    assert deeds(page) == ["Misslyckades att logga in", "Loggade in"]
    assert column(page, "Vem") == ["Inte inloggad", account]
    assert column(page, "Med vad") == [f"Konto {account}"] * 2


@pytest.mark.handbook("H178")
def test_erased_details_are_told_to_be_erased(empty, administrator, drillers):
    noted("handlaggare", datetime(2026, 1, 1), "case.take", drillers, number="1")
    noted("handlaggare", datetime(2026, 1, 2), "case.release", drillers)
    erase_details(address(drillers).removeprefix("/plone"))
    transaction.commit()
    page = administrator.see(f"{PAGE}?objekt={drillers.case_number}")
    shown = dict(zip(deeds(page), column(page, "Uppgifter"), strict=True))
    assert shown["Tog ett ärende"] == "uppgifterna är raderade"
    assert shown["Lämnade tillbaka ett ärende"] == ""


def test_a_number_is_a_link_for_who_may_see_the_object_and_no_other(empty, administrator, drillers):
    noted("handlaggare", datetime(2026, 1, 1), "case.take", drillers)
    transaction.commit()
    link = f"//tbody//a[@href='{address(drillers)}']"
    assert tree(administrator.see(PAGE)).xpath(link) == []
    api.group.add_user(groupname="personcert-officers", username="administrator")
    transaction.commit()
    assert [words(found) for found in tree(administrator.see(PAGE)).xpath(link)] == [drillers.case_number]


@pytest.mark.wall
def test_a_protected_identity_is_told_by_its_number_alone(empty, administrator, customer):
    protected = customer("ceper")
    protected.protected_identity = True
    noted("ceper", datetime(2026, 1, 1), "case.take", protected)
    transaction.commit()
    page = administrator.see(PAGE)
    assert "C129289" in column(page, "Vem")
    assert protected.full_name not in page.text and ">ceper" not in page.text
    assert administrator.see(f"{PAGE}?vem=person").status_int == 200
    assert "C129289" not in column(administrator.see(f"{PAGE}?vem={protected.person.last_name}"), "Vem")


@pytest.mark.handbook("H178")
def test_pages_go_back_in_time_and_keep_the_question(empty, administrator, monkeypatch):
    monkeypatch.setattr(trail, "PAGE_SIZE", 20)
    fill(IAnnotations(empty)[KEY], 50)
    transaction.commit()
    page, seen = administrator.see(f"{PAGE}?atgard=case.take"), []
    for _ in range(3):
        seen.append(column(page, "När"))
        older = tree(page).xpath("//nav[@class='kw-pager']/a/@href")
        page = administrator.see(older[0]) if older else page
    assert [len(times) for times in seen] == [20, 20, 10]
    moments = [moment for times in seen for moment in times]
    assert moments == sorted(set(moments), reverse=True)
    assert older == [] and "atgard=case.take" in page.request.url
    assert tree(page).xpath("//a[.='Till det nyaste']/@href") == ["/plone/granskningslogg?atgard=case.take"]


def test_a_long_search_is_broken_off_and_can_be_gone_on_with(empty, administrator, monkeypatch):
    monkeypatch.setattr(searching, "LIMIT", 100)
    fill(IAnnotations(empty)[KEY], 1, action="case.release")
    fill(IAnnotations(empty)[KEY], 150)
    transaction.commit()
    page = administrator.see(f"{PAGE}?atgard=case.release")
    assert "Vi har letat igenom 100 poster och hittat 0." in words(page)
    page = administrator.see(tree(page).xpath("//nav[@class='kw-pager']/a/@href")[0])
    assert deeds(page) == ["Lämnade tillbaka ett ärende"]


@pytest.mark.wall
@pytest.mark.handbook("H178")
@pytest.mark.parametrize("who", ["ceper", "handlaggare", "beslutsfattare", "handlaggare2"])
def test_only_administrators_read_the_log(visitor, who):
    person = visitor(who)
    assert person.see(PAGE).body == person.see("/not-there").body
    assert "granskningslogg" not in person.see("/start").text


@pytest.mark.wall
def test_the_public_is_sent_to_the_login(visitor):
    answer = visitor().see(PAGE)
    assert answer.status_int == 302 and "/login" in answer.location


@pytest.mark.wall
@pytest.mark.handbook("H178")
def test_nothing_on_the_page_changes_the_log(portal, administrator):
    before = portal._p_jar.db().lastTransaction()
    page = administrator.see(PAGE)
    administrator.send(PAGE, {"atgard": "case.take"})
    for method in ("PUT", "DELETE", "PATCH", "PROPFIND"):
        administrator.ask(method, PAGE)
    assert portal._p_jar.db().lastTransaction() == before
    posted = {form.action for form in page.forms.values() if form.method.lower() == "post"}
    assert posted == {"/plone/logout"}


def test_administrators_find_the_page_in_the_menu(administrator):
    page = administrator.see(PAGE)
    assert [words(tab) for tab in tree(page).xpath("//nav//a[@aria-current='page']")] == ["Logg"]
