"""A form that Zope itself cannot read is a bad request, before any site is known."""

import pytest


@pytest.mark.wall
@pytest.mark.parametrize(
    "query", ["q:int=x", "q:float=%25ff", "q:record=1&q:records=2", "sida:date=2026-13-45"]
)
def test_a_field_that_cannot_be_converted_is_a_bad_request(visitor, query):
    """Stock Plone 6.2.2 answers 503 or 500 with a page that names the error."""
    answer = visitor().see(f"/register?{query}")
    assert answer.status_int == 400
    assert "Formuläret kunde inte läsas" in answer.text
    assert "Error" not in answer.text and answer.headers["X-Frame-Options"] == "DENY"
