"""One staff account: its page and what its forms do."""

import pytest
import transaction

from sp.personcert.accounts import storage
from sp.personcert.demo.people import PASSWORD
from tests.accounts.pages import alert, body, form_at, id_of, letters, receipt, row_of
from tests.reading import tree, words

OFFICERS, DECISION_MAKERS = "personcert-officers", "personcert-decision-makers"


@pytest.fixture
def administrator(visitor):
    """An administrator at a browser."""
    return visitor("administrator")


@pytest.fixture
def page_of(administrator):
    """The page of somebody's account, as the administrator sees it."""
    return lambda user_name: administrator.see(f"/konto?id={id_of(user_name)}")


def choose(form, groups):
    """Tick these roles and no other."""
    for box in form.fields["roles"]:
        box.checked = box._value in groups
    return form


def role_word(page) -> str:
    """What the person is called at the top of the page."""
    return words(tree(page).xpath("//*[@class='kw-header__role']")[0])


def test_the_page_tells_who_it_is_and_when_they_were_here(visitor, page_of):
    text = words(page_of("beslutsfattare"))
    assert "Beslutsfattare Demo" in text and "Aldrig" in text
    visitor("beslutsfattare")
    assert "Aldrig" not in words(page_of("beslutsfattare"))


def test_name_address_and_roles_are_changed(administrator, page_of, visitor):
    person = visitor("beslutsfattare")
    assert role_word(person.see("/arenden")) == "Beslutsfattare"
    form = choose(form_at(page_of("beslutsfattare"), "konto-andra"), {OFFICERS, DECISION_MAKERS})
    form["full_name"], form["email"] = " Beslutsfattare Demo Ny ", "ny@example.se"
    answer = administrator.submit(form)
    assert "Ändringen är sparad" in receipt(administrator.see(answer.location))
    row = row_of("beslutsfattare")
    assert (row.full_name, row.email) == ("Beslutsfattare Demo Ny", "ny@example.se")
    assert row.groups == {OFFICERS, DECISION_MAKERS}
    assert role_word(person.see("/arenden")) == "Handläggare, Beslutsfattare"


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("full_name", "", "Skriv personens namn."),
        ("full_name", "x" * 10_000, "Skriv namnet på en rad"),
        ("email", "x" * 10_000, "E-postadressen stämmer inte."),
        ("email", "<script>alert(1)</script>", "E-postadressen stämmer inte."),
    ],
)
def test_a_wrong_field_changes_nothing_and_what_was_typed_stays(
    administrator, page_of, field, value, sentence
):
    before = row_of("beslutsfattare")
    form = form_at(page_of("beslutsfattare"), "konto-andra")
    form["full_name"], form["email"] = "Någon Demo", "ny@example.se"
    form[field] = value
    page = administrator.submit(form)
    assert page.status_int == 422
    assert sentence in alert(page)
    assert "<script>alert" not in page.text
    kept = form_at(page, "konto-andra")
    other = "email" if field == "full_name" else "full_name"
    assert (kept[field].value, kept[other].value) == (value, form[other].value)
    assert row_of("beslutsfattare") == before


def test_the_last_role_is_not_taken_away(administrator, page_of):
    page = administrator.submit(choose(form_at(page_of("handlaggare"), "konto-andra"), set()))
    assert "Kryssa för minst en roll." in alert(page)
    assert row_of("handlaggare").groups == {OFFICERS}


def test_an_administrator_is_left(administrator, page_of):
    page = administrator.submit(choose(form_at(page_of("administrator"), "konto-andra"), {OFFICERS}))
    assert page.status_int == 422
    assert "En annan administratör ändrar adress, roller och engångskod på ditt eget konto." in alert(page)
    assert row_of("administrator").groups == {"personcert-administrators"}


def test_a_colleagues_change_is_not_written_over_unseen(administrator, page_of, visitor):
    mine = form_at(page_of("handlaggare"), "konto-andra")
    colleague = visitor("administrator")
    theirs = form_at(colleague.see(f"/konto?id={id_of('handlaggare')}"), "konto-andra")
    theirs["full_name"] = "Handläggare Demo Ett"
    colleague.submit(theirs)
    mine["email"] = "min@example.se"
    page = administrator.submit(mine)
    assert page.status_int == 422
    assert "Kontot har ändrats sedan du öppnade sidan" in alert(page)
    assert form_at(page, "konto-andra")["email"].value == "min@example.se"
    assert row_of("handlaggare").full_name == "Handläggare Demo Ett"
    assert administrator.submit(form_at(page, "konto-andra")).status_int == 303
    assert row_of("handlaggare").email == "min@example.se"


def test_a_new_link_goes_to_the_stated_address(administrator, page_of):
    form = form_at(page_of("handlaggare"), "konto-andra")
    form["email"] = "hand@example.se"
    administrator.submit(form)
    answer = administrator.submit(form_at(page_of("handlaggare"), "konto-lank"))
    assert "Ett mejl med en ny länk har skickats" in receipt(administrator.see(answer.location))
    (letter,) = (one for one in letters() if one["To"] == "hand@example.se")
    assert "handlaggare" in body(letter) and "/valj-losenord?kod=" in body(letter)
    assert PASSWORD not in body(letter)


@pytest.mark.wall
def test_closing_asks_first_then_shuts_out_at_the_next_request(administrator, page_of, visitor):
    person = visitor("handlaggare")
    form = form_at(page_of("handlaggare"), "konto-stang")
    page = administrator.submit(form)
    assert page.status_int == 422 and "Kryssa i rutan" in alert(page)
    assert not row_of("handlaggare").is_disabled
    assert person.see("/arenden").status_int == 200
    form = form_at(page, "konto-stang")
    form["confirmed"] = True
    answer = administrator.submit(form)
    assert "Kontot är avstängt" in receipt(administrator.see(answer.location))
    assert row_of("handlaggare").is_disabled
    assert person.see("/arenden").status_int == 302
    assert visitor().log_in("handlaggare", PASSWORD).status_int == 422


def test_a_closed_account_is_opened_again(administrator, page_of, visitor):
    form = form_at(page_of("handlaggare"), "konto-stang")
    form["confirmed"] = True
    administrator.submit(form)
    page = page_of("handlaggare")
    assert "Avstängt" in words(page)
    assert not [form for form in page.forms.values() if form.action.endswith(("/konto-stang", "/konto-lank"))]
    answer = administrator.submit(form_at(page, "konto-oppna"))
    assert "öppet igen" in receipt(administrator.see(answer.location))
    assert visitor().log_in("handlaggare", PASSWORD).location.endswith("/start")


def test_a_closed_account_gets_no_link(administrator, page_of):
    link = form_at(page_of("handlaggare"), "konto-lank")
    form = form_at(page_of("handlaggare"), "konto-stang")
    form["confirmed"] = True
    administrator.submit(form)
    assert "Öppna det igen först" in alert(administrator.submit(link))
    assert letters() == []


@pytest.mark.wall
def test_nobody_closes_their_own_account(administrator, page_of):
    page = page_of("administrator")
    assert "ditt eget konto" in words(page)
    assert not [form for form in page.forms.values() if form.action.endswith("/konto-stang")]
    fields = dict(form_at(page, "konto-lank").submit_fields()) | {"confirmed": "1"}
    assert administrator.send("/konto-stang", fields).status_int == 403
    assert not row_of("administrator").is_disabled


def test_a_lost_app_is_forgotten(administrator, page_of, visitor):
    person = visitor("handlaggare")
    assert not [form for form in page_of("handlaggare").forms.values() if "engangskod" in form.action]
    transaction.begin()
    account = storage.account(id_of("handlaggare"))
    account.factor_secret, account.recovery_hashes = "A" * 32, (b"x",)
    transaction.commit()
    answer = administrator.submit(form_at(page_of("handlaggare"), "konto-engangskod"))
    page = administrator.see(answer.location)
    assert "Engångskoden är nollställd" in receipt(page)
    assert "Krävs, inte inlagd än" in words(page)
    transaction.begin()
    account = storage.account(id_of("handlaggare"))
    assert (account.factor_secret, account.recovery_hashes) == ("", ())
    assert person.see("/arenden").status_int == 302


@pytest.mark.wall
@pytest.mark.parametrize(
    "asked", ["", "ceper", "personcert-system", "x" * 10_000, "../konton", "\u202e", "admin", "handlaggare"]
)
def test_an_id_that_is_no_staff_account_is_not_there(administrator, asked):
    missing = administrator.see("/finns-inte")
    for address in ("/konto", "/konto-stang"):
        answer = administrator.see(address, params={"id": id_of("ceper") if asked == "ceper" else asked})
        assert (answer.status_int, answer.text) == (404, missing.text)
    assert administrator.send("/konto-stang", {"id": asked, "confirmed": "1"}).status_int == 404
    assert administrator.see("/konto").status_int == 404


@pytest.mark.wall
def test_a_token_for_one_account_is_of_no_use_for_another(administrator, page_of):
    form = form_at(page_of("handlaggare"), "konto-stang")
    fields = dict(form.submit_fields()) | {"id": id_of("handlaggare2"), "confirmed": "1"}
    page = administrator.send("/konto-stang", fields)
    assert page.status_int == 403
    assert "Sidan var för gammal" in alert(page)
    assert not row_of("handlaggare2").is_disabled
    assert not row_of("handlaggare").is_disabled


@pytest.mark.wall
@pytest.mark.parametrize("user_name", ["handlaggare", "ceper"])
def test_an_administrators_form_is_of_no_use_to_others(page_of, visitor, user_name):
    form = form_at(page_of("beslutsfattare"), "konto-stang")
    fields = dict(form.submit_fields()) | {"confirmed": "1"}
    assert visitor(user_name).send("/konto-stang", fields).status_int == 404
    assert not row_of("beslutsfattare").is_disabled


def test_the_address_of_a_form_leads_to_the_page(administrator):
    answer = administrator.see(f"/konto-stang?id={id_of('handlaggare')}")
    assert answer.location.endswith(f"/konto?id={id_of('handlaggare')}")
    assert not tree(administrator.see(answer.location)).xpath("//*[@role='status']")


def test_what_was_done_is_said_only_as_the_site_says_it(administrator, page_of):
    someone = id_of("handlaggare")
    page = administrator.see("/konto", params={"id": someone, "klart": "<b>Du är avstängd</b>"})
    assert receipt(page) == ""
    assert "Du är avstängd" not in page.text
