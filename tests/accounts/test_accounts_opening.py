"""Opening accounts."""

import pytest
from plone import api

from sp.personcert.accounts.operations import opening
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
