"""Zope's error_log: it logs where something went wrong and keeps nothing of the request."""

import sys

import pytest
from Products.SiteErrorLog import SiteErrorLog

from sp.personcert.public_register import queries

SECRET, NUMBER = "Berg-och-vatten-7", "19811218-9876"


@pytest.fixture(autouse=True)
def no_brake(monkeypatch):
    """Earlier errors do not keep the next one from being logged."""
    monkeypatch.setattr(SiteErrorLog, "temp_logs", {})
    SiteErrorLog._rate_restrict_pool.clear()


@pytest.fixture
def broken(monkeypatch):
    """A page that fails."""

    def fail(*_arguments):
        raise RuntimeError("register is broken")

    monkeypatch.setattr(queries, "search", fail)


@pytest.mark.wall
@pytest.mark.handbook("H178")
def test_a_failing_page_leaves_its_traceback_and_nothing_of_the_request(portal, visitor, broken, caplog):
    person = visitor("ceper")
    cookies = list(person.cookies.values())
    answer = person.see(f"/register?q={SECRET}", headers={"X-Probe": NUMBER})
    assert answer.status_int == 500
    assert SiteErrorLog.temp_logs == {} and portal.error_log.getLogEntries() == []
    assert "RuntimeError: register is broken" in caplog.text and "in search" not in answer.text
    assert "RuntimeError: https://kundwebb.example.se/plone/register\n" in caplog.text
    assert cookies and not any(secret in caplog.text for secret in (SECRET, NUMBER, *cookies))


@pytest.mark.wall
def test_a_failing_form_leaves_nothing_of_what_was_typed(portal, visitor, monkeypatch, caplog):
    def fail(*_arguments, **_more):
        raise RuntimeError("no log-in today")

    monkeypatch.setattr("sp.personcert.foundation.forms.token.accepted", fail)
    answer = visitor().log_in("ceper", SECRET)
    assert answer.status_int == 500
    assert SiteErrorLog.temp_logs == {}
    assert "no log-in today" in caplog.text and SECRET not in caplog.text


def test_stock_code_that_calls_it_leaves_nothing_in_memory_in_site_or_root(portal):
    for place in (portal, portal.getPhysicalRoot()):
        log = SiteErrorLog.SiteErrorLog().__of__(place)
        try:
            raise ValueError(NUMBER)
        except ValueError:
            assert log.raising(sys.exc_info()) is None
        assert log.getLogEntries() == []


def test_what_is_no_fault_is_not_logged(portal, visitor, caplog):
    visitor("ceper").see("/not-there")
    assert "NotFound" not in caplog.text
