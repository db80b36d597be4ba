"""Opening accounts."""

import pytest
from plone import api

from sp.personcert.accounts.operations import administration, opening
from sp.personcert.accounts.queries import account_of
from sp.personcert.demo.people import PASSWORD
from sp.personcert.foundation.errors import Refused


def test_an_account_has_a_random_id_and_no_role(portal):
    user_id = opening.open_account("ny", PASSWORD)
    user = api.user.get(userid=user_id)
    assert (user.getUserName(), len(user_id)) == ("ny", 32)
    assert set(user.getRoles()) <= {"Authenticated"}


def test_a_user_name_is_given_once(portal):
    with pytest.raises(Refused) as refusal:
        opening.open_account("ceper", PASSWORD)
    assert refusal.value.field == "user_name"


def test_a_customer_whose_user_was_deleted_gets_another_account(portal, acting, customer):
    tom = customer("tom")
    with api.env.adopt_roles(["Manager"]):
        api.user.delete(user=api.user.get(userid=tom.user_id))
    with acting("handlaggare"):
        user_id = opening.open_customer_account(tom, "tom.igen")
    assert (tom.user_id, tom.user_name) == (user_id, "tom.igen")


def test_a_mistyped_address_opens_no_account(portal, acting):
    with acting("administrator"), pytest.raises(Refused) as refusal:
        opening.open_staff_account("ny.demo", "Ny Demo", "ny@", ["personcert-officers"])
    assert refusal.value.field == "email"
    assert api.user.get(username="ny.demo") is None


def test_the_last_administrator_keeps_the_role(portal, acting):
    user_id = api.user.get(username="administrator").getId()
    with api.env.adopt_roles(["Personcert Administrator"]), pytest.raises(Refused):
        administration.change_staff_account(
            user_id, "Demo", "administrator@example.se", ["personcert-officers"]
        )
    with api.env.adopt_roles(["Personcert Administrator"]), pytest.raises(Refused):
        administration.disable(user_id)
    assert not account_of(user_id).is_disabled
