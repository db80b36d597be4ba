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


@pytest.mark.wall
@pytest.mark.parametrize("step", ["/++api++", "/%2B%2Bapi%2B%2B", "/++api++v1"])
def test_a_step_that_doubles_the_work_is_taken_once(visitor, step):
    """Stock refuses it in an address that it has quoted itself (CVE-2023-42457); forty would take years."""
    answer = visitor().see(f"{step * 40}/x")
    assert answer.status_int == 404 and "Sidan finns inte" in answer.text


@pytest.mark.wall
@pytest.mark.parametrize(
    "name", ["@@personal-information", "@@change-password", "@@login-help", "author/ceper"]
)
def test_stock_pages_about_accounts_are_closed_to_administrators_too(visitor, name):
    """Stock: name and address change there, past our rules and without an entry."""
    assert visitor("administrator").see(f"/{name}").status_int == 404


def test_a_file_where_a_text_is_asked_for_is_no_text(visitor):
    person = visitor()
    form = person.see("/login").forms["login"]
    fields = {name: value for name, value in form.submit_fields() if name != "user_name"}
    answer = person.send("/login", fields, upload_files=[("user_name", "a.txt", b"x")])
    assert answer.status_int == 422 and answer.forms["login"]["user_name"].value == ""
