"""What the walls remember in a request is not taken from its query, where ``request.get`` looks too."""

import pytest

from tests.reading import address

MISSING = "/plone/kunder/" + "0" * 32


@pytest.mark.wall
def test_nobody_passes_the_gate_by_claiming_to_be_logged_in(visitor, customer):
    for place in (address(customer("ceper")), MISSING):
        answer = visitor().see(f"{place}?_personcert_logged_in=1")
        assert answer.status_int == 302 and "/login?came_from=" in answer.location


@pytest.mark.wall
@pytest.mark.parametrize("tail", ["++skin++x", "++contextportlets++plone.leftcolumn"])
def test_nobody_claims_to_have_come_as_far_as_a_view(visitor, customer, tail):
    """What stock code fails at was 500 where something is, 404 where nothing is."""
    person = visitor("enkel")
    answers = [
        person.see(f"{place}/{tail}?_personcert_guarded=1") for place in (address(customer("ceper")), MISSING)
    ]
    assert [answer.status_int for answer in answers] == [404, 404]
    assert answers[0].text == answers[1].text
