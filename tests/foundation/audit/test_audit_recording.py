"""Recording: with the deed, without conflicts, with details that can go."""

from datetime import datetime

import transaction
import Zope2
from plone import api
from plone.app.testing import TEST_USER_ID
from zope.component.hooks import getSite, setSite

from sp.personcert.foundation.audit import details_of, entries_for, erase_details, record, seal, verify
from sp.personcert.foundation.clock import STOCKHOLM, moved_to


class Item:
    """Something at a path below the site."""

    def __init__(self, site, path):
        self.path = (*site.getPhysicalPath(), *path.strip("/").split("/"))

    def getPhysicalPath(self):
        return self.path


def test_an_entry_says_when_who_what_and_where(site):
    moment = datetime(2026, 11, 24, 12, 0, tzinfo=STOCKHOLM)
    with moved_to(moment):
        record("documents.opened", Item(site, "kunder/a/b"), slot="betyg")
    entry = entries_for(Item(site, "kunder/a/b"))[0]
    assert (entry.when, entry.action, entry.path) == (moment, "documents.opened", "/kunder/a/b")
    assert (entry.user_id, entry.actor) == (TEST_USER_ID, TEST_USER_ID)
    assert details_of(entry) == {"slot": "betyg"}


def test_the_public_is_recorded_as_nobody(site):
    with api.env.adopt_user(user=site.acl_users._createAnonymousUser(site.acl_users.plugins)):
        record("register.searched", site)
    assert entries_for(site)[0].user_id == ""


def test_an_aborted_deed_leaves_no_entry(site):
    transaction.commit()
    record("probe.noted", site)
    transaction.abort()
    assert entries_for(site) == []


def test_the_log_of_an_object_holds_what_lies_inside_and_no_neighbour(site):
    for path in ("kunder/a", "kunder/a/case", "kunder/ab", "kunder/a-b", "kunder/a0", "sidor"):
        record("probe.noted", Item(site, path))
    log = entries_for(Item(site, "kunder/a"))
    assert [entry.path for entry in log] == ["/kunder/a/case", "/kunder/a"]
    assert [entry.path for entry in entries_for(Item(site, "kunder/a"), below=False)] == ["/kunder/a"]
    assert len(entries_for(site)) == 6


def test_erased_details_are_gone_and_the_chain_still_checks(site, log):
    for path in ("kunder/a", "kunder/a/case", "kunder/ab"):
        record("probe.noted", Item(site, path), subject="person-test")
    seal(site)
    assert erase_details("/kunder/a") == 2
    assert [details_of(entry) for entry in entries_for(Item(site, "kunder/a"))] == [{}, {}, {}]
    assert details_of(entries_for(Item(site, "kunder/ab"))[0]) == {"subject": "person-test"}
    seal(site)
    assert verify(site) == []
    assert "audit.details_erased" in [entry.action for entry in entries_for(Item(site, "kunder/a"))]
    kept = [(key, value) for tree in log.entries for key, value in tree.items()]
    assert "person-test" not in repr(kept)


def test_the_same_details_have_another_digest_each_time(site):
    for _ in range(2):
        record("probe.noted", site, answer="yes")
    assert len({entry.details_digest for entry in entries_for(site)}) == 2


def test_two_transactions_that_record_at_the_same_time_do_not_conflict(site):
    transaction.commit()
    before, managers = getSite(), [transaction.TransactionManager() for _ in range(2)]
    connections = [Zope2.DB.open(manager) for manager in managers]
    try:
        for number in range(40):
            for manager, connection in zip(managers, connections, strict=True):
                manager.begin()
                there = connection.root()["Application"].unrestrictedTraverse(site.getPhysicalPath()[1:])
                setSite(there)
                record("probe.noted", Item(there, f"kunder/{id(manager)}/{number}"), n="1")
                record("probe.noted", Item(there, "kunder/same"), n="1")
            for manager in managers:
                manager.commit()
    finally:
        setSite(before)
        for connection in connections:
            connection.close()
    transaction.begin()
    assert len(entries_for(Item(site, "kunder"))) == 160
