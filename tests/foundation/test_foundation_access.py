"""What a role grants everywhere counts for nothing in a record that is closed to the person."""

import pytest
from plone import api
from zope.component import getGlobalSiteManager
from zope.interface import implementer

from sp.personcert.foundation import access
from sp.personcert.foundation.access import IRecordsKeeper, may, require
from sp.personcert.foundation.errors import NotAllowed
from sp.personcert.foundation.permissions import Permission


@implementer(IRecordsKeeper)
class Keeper:
    """Closes what it is told, and counts how often it is asked."""

    def __init__(self, *closed):
        self.closed, self.asked = frozenset(closed), []

    def closed_to(self, user_id):
        """The same for everybody."""
        self.asked.append(user_id)
        return self.closed


@pytest.fixture
def keep():
    """Put a keeper in the place of the customers'."""
    registry = getGlobalSiteManager()
    usual = registry.getUtility(IRecordsKeeper)

    def put(*closed):
        keeper = Keeper(*closed)
        registry.registerUtility(keeper, IRecordsKeeper)
        return keeper

    yield put
    registry.registerUtility(usual, IRecordsKeeper)


@pytest.mark.wall
def test_a_closed_record_and_all_in_it_are_closed(keep, acting, customer, drillers):
    keep(customer("ceper").getId())
    inside = [customer("ceper"), drillers, *drillers.objectValues()]
    with acting("handlaggare"):
        assert not any(may(Permission.VIEW, content) for content in inside)
        assert may(Permission.VIEW, customer("enkel"))
        with pytest.raises(NotAllowed) as refusal:
            require(Permission.REVIEW, drillers)
    assert refusal.value.message == "refused_closed_record"


def test_who_holds_no_role_loses_nothing_and_is_not_looked_up(keep, acting, customer, drillers):
    keeper = keep(customer("ceper").getId())
    with acting("ceper"):
        assert may(Permission.UPLOAD, drillers)
    assert keeper.asked == []


def test_closed_records_are_looked_up_once_for_each_person_and_request(keep, acting, drillers):
    keeper = keep()
    for _ in range(3):
        for who in ("handlaggare", "beslutsfattare"):
            with acting(who):
                assert may(Permission.VIEW, drillers) and may(Permission.USE_DESK, drillers)
    assert len(keeper.asked) == 2
    access.forget_closed_records()
    with acting("handlaggare"):
        assert may(Permission.VIEW, drillers)
    assert len(keeper.asked) == 3


@pytest.mark.wall
def test_nobody_but_the_keeper_says_what_is_closed(visitor, acting, keep, drillers, customer):
    """A field of the query is no cache: Zope's ``request.get`` would take it for one."""
    keep(customer("ceper").getId())
    path = "/".join(drillers.getPhysicalPath()) + "/@@handlaggning"
    for query in ("", "?_personcert_closed_records=", "?_personcert_closed_records:list="):
        assert visitor("handlaggare").see(path + query).status_int == 404


def test_the_public_and_the_root_are_asked_without_a_keeper(keep, portal, drillers):
    keeper = keep()
    assert not may(Permission.VIEW, drillers)
    with api.env.adopt_roles(["Manager"]):
        assert may("Manage portal", portal.aq_parent)
    assert keeper.asked == []
