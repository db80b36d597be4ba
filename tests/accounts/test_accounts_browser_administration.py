"""The list of staff accounts, and opening one."""

import pytest
import transaction
from plone import api

from sp.personcert.accounts import storage
from sp.personcert.accounts.queries import staff_accounts
from sp.personcert.demo.people import PASSWORD
from tests.accounts.pages import alert, body, form_at, id_of, letters, receipt, row_of
from tests.reading import column, tree, words
from tests.sending import reread

ADDRESSES = ("/konton", "/konton-nytt", "/konto?id={id}")
FORMS = ("konto-andra", "konto-lank", "konto-stang", "konto-oppna", "konto-engangskod", "konto-kundpost")
GOOD = {
    "user_name": "ny.demo",
    "full_name": "Nya Demo",
    "email": "ny@example.se",
    "roles": ["personcert-officers", "personcert-decision-makers"],
}


@pytest.fixture
def administrator(visitor):
    """An administrator at a browser."""
    return visitor("administrator")


@pytest.fixture
def strict(portal):
    """A site where new staff accounts need a second factor, as everywhere but in the demonstration."""
    api.portal.set_registry_record("sp.personcert.second_factor_for_staff", True)
    transaction.commit()


def fill(page, **changes):
    """The form of a new account, filled in."""
    form = form_at(page, "konton-nytt")
    for name, value in (GOOD | changes).items():
        if name == "roles":
            for box in form.fields["roles"]:
                box.checked = box._value in value
        else:
            form[name] = value
    return form


def names(page) -> list[str]:
    """Who stands in the list."""
    return [words(cell) for cell in tree(page).xpath("//tbody//th")]


def test_the_list_tells_names_roles_states_and_codes(administrator, portal):
    storage.account(id_of("handlaggare")).is_disabled = True
    storage.account(id_of("handlaggare2")).factor_secret = "A" * 32
    storage.account(id_of("beslutsfattare")).needs_second_factor = True
    transaction.commit()
    page = administrator.see("/konton")
    assert names(page) == [
        "Administratör Demo",
        "Beslutsfattare Demo",
        "Handläggare Demo",
        "Handläggare Demo Två",
    ]
    assert column(page, "Roller")[1:] == ["Beslutsfattare", "Handläggare", "Handläggare, Beslutsfattare"]
    assert column(page, "Läge") == ["Aktivt", "Aktivt", "Avstängt", "Aktivt"]
    assert column(page, "Engångskod") == ["Nej", "Krävs, inte inlagd än", "Nej", "Ja"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("två", ["Handläggare Demo Två"]),
        ("BESLUTSFATT", ["Beslutsfattare Demo"]),
        ("handlaggare2", ["Handläggare Demo Två"]),
        (" \u200badministratör ", ["Administratör Demo"]),
        ("ceper", []),
        ("<script>", []),
        ("x" * 10_000, []),
        ("\x00", []),
    ],
)
def test_the_search_finds_a_part_of_a_name(administrator, query, found):
    page = administrator.see("/konton", params={"q": query})
    assert page.status_int == 200
    if query == "\x00":
        return
    assert names(page) == found
    assert ("Inget konto stämmer med sökningen" in words(page)) == (not found)
    assert "<script>x" not in page.text and "value='<" not in page.text


def test_a_new_account_waits_for_its_owner_who_gets_a_link_and_no_password(administrator, strict):
    answer = administrator.submit(fill(administrator.see("/konton-nytt")))
    assert answer.status_int == 303
    page = administrator.see(answer.location)
    assert "Ett mejl med en länk har skickats" in receipt(page)
    assert "Väntar på aktivering" in words(page)
    row = row_of("ny.demo")
    assert (row.full_name, row.email, row.is_activated) == ("Nya Demo", "ny@example.se", False)
    assert row.groups == set(GOOD["roles"])
    assert row.needs_second_factor
    (letter,) = letters()
    text = body(letter)
    assert letter["To"] == "ny@example.se"
    assert "ny.demo" in text and "/valj-losenord?kod=" in text
    assert PASSWORD not in text and "Ditt lösenord är" not in text


def test_the_owner_of_a_new_account_comes_in_by_the_link(administrator, strict, visitor):
    administrator.submit(fill(administrator.see("/konton-nytt"), roles=["personcert-administrators"]))
    link = next(line for line in body(letters()[0]).splitlines() if "kod=" in line)
    person = visitor()
    form = next(form for form in person.see(link).forms.values() if "valj-losenord" in form.action)
    form["new_password"] = form["repeated"] = "Tall-och-granit-88"
    person.submit(form)
    assert row_of("ny.demo").is_activated
    assert "engangskod-ny" in person.log_in("ny.demo", "Tall-och-granit-88").location


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("user_name", "", "Skriv ett användarnamn."),
        ("user_name", "x" * 10_000, "Användarnamnet får ha 2–50 tecken"),
        ("user_name", "Åsa Demo", "Användarnamnet får ha 2–50 tecken"),
        ("user_name", "ny\x07demo", "Användarnamnet får ha 2–50 tecken"),
        ("user_name", "ceper", "Användarnamnet är upptaget"),
        ("full_name", "", "Skriv personens namn."),
        ("full_name", "x" * 10_000, "Skriv namnet på en rad"),
        ("full_name", "Nya\u202eDemo", "Skriv namnet på en rad"),
        ("email", "", "Skriv e-postadressen."),
        ("email", "ny@example.se\r\nBcc: x@example.se", "E-postadressen stämmer inte."),
        ("email", "<script>alert(1)</script>@example.se", "E-postadressen stämmer inte."),
        ("roles", [], "Kryssa för minst en roll."),
    ],
)
def test_a_wrong_field_is_named_and_what_was_typed_stays(administrator, field, value, sentence):
    before = len(staff_accounts())
    page = administrator.submit(fill(administrator.see("/konton-nytt"), **{field: value}))
    assert page.status_int == 422
    assert sentence in alert(page)
    assert tree(page).xpath(f"//*[@id='{field}-error']")
    form = form_at(page, "konton-nytt")
    for name in {"user_name", "full_name", "email"} - {field}:
        assert form[name].value == GOOD[name]
    assert "<script>alert" not in page.text
    reread()
    assert len(staff_accounts()) == before
    assert letters() == []


def test_a_group_that_is_not_the_staffs_is_no_role(administrator):
    form = fill(administrator.see("/konton-nytt"), roles=[])
    fields = [*form.submit_fields(), ("roles", "Administrators"), ("roles", "personcert-officers")]
    administrator.send("/konton-nytt", fields)
    reread()
    assert {group.getId() for group in api.group.get_groups(username="ny.demo")} == {
        "personcert-officers",
        "AuthenticatedUsers",
    }


@pytest.mark.wall
def test_a_form_sent_twice_opens_one_account_and_sends_one_letter(administrator):
    form = fill(administrator.see("/konton-nytt"))
    first, second = administrator.submit(form), administrator.submit(form)
    assert first.status_int == second.status_int == 303 and first.location == second.location
    assert len(letters()) == 1
    assert len([row for row in staff_accounts() if row.user_name == "ny.demo"]) == 1


@pytest.mark.wall
def test_another_administrators_token_opens_nothing(administrator, visitor):
    fields = fill(administrator.see("/konton-nytt")).submit_fields()
    officer = visitor("handlaggare")
    assert officer.send("/konton-nytt", fields).status_int == 404
    stale = [(name, "0" * 64 if name == "form_token" else value) for name, value in fields]
    page = administrator.send("/konton-nytt", stale)
    assert page.status_int == 403
    assert "Sidan var för gammal" in alert(page)
    assert form_at(page, "konton-nytt")["full_name"].value == "Nya Demo"
    assert row_of("ny.demo") is None


@pytest.mark.wall
@pytest.mark.parametrize("user_name", ["ceper", "handlaggare", "beslutsfattare"])
def test_nobody_else_finds_the_pages(visitor, user_name):
    person, own = visitor(user_name), id_of(user_name)
    missing = person.see("/finns-inte")
    for address in ADDRESSES:
        answer = person.see(address.format(id=own))
        assert (answer.status_int, answer.text) == (404, missing.text), address
    for name in FORMS:
        assert person.send(f"/{name}", {"id": own}).status_int == 404, name
        assert person.see(f"/{name}?id={own}").status_int == 404, name


@pytest.mark.wall
def test_the_public_is_led_to_the_login(visitor):
    person, someone = visitor(), id_of("handlaggare")
    for address in (*ADDRESSES, *(f"/{name}" for name in FORMS)):
        answer = person.see(address.format(id=someone))
        assert answer.status_int == 302 and "login?came_from=" in answer.location, address
    assert "Handläggare" not in words(person.see("/login"))
