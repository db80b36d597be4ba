"""The front page and the information pages."""

import pytest
from plone import api

from tests.reading import tree, words


@pytest.mark.handbook("H7", "H156")
def test_the_front_page_leads_to_login_application_register_and_check(visitor):
    page = visitor().see("")
    links = {words(link): link.get("href") for link in tree(page).xpath("//main//a")}
    for name, path in (
        ("Logga in", "/login"),
        ("Läs om ansökan", "/ansokan"),
        ("Kontrollera", "/kontrollera"),
        ("Öppna registret", "/register"),
    ):
        assert links[name].endswith(f"/plone{path}")


def test_the_front_page_offers_the_own_start_page(visitor):
    page = visitor("ceper").see("")
    assert page.click("Till din startsida").request.path == "/plone/start"


def test_the_front_page_stands_without_its_text(portal, visitor):
    with api.env.adopt_roles(["Manager"]):
        api.content.delete(portal.sidor.startsida, check_linkintegrity=False)
    assert visitor().see("").status_int == 200
    assert visitor().see("/sidor/startsida").status_int == 404


@pytest.mark.handbook("H13", "H26", "H156")
@pytest.mark.parametrize("name", ["personcertifiering", "ansokan", "fragor-och-svar", "tillganglighet"])
def test_a_page_has_a_stable_address_and_an_editable_text(portal, visitor, name):
    with api.env.adopt_roles(["Manager"]):
        portal.sidor[name].title = "Ny rubrik"
    for path in (f"/{name}", f"/sidor/{name}"):
        page = visitor().see(path)
        assert words(tree(page).xpath("//h1")[0]) == "Ny rubrik"
        assert tree(page).xpath("//body[@class='kw']")


def test_who_edits_pages_sees_them_in_plones_frame_and_a_link_at_the_stable_address(visitor):
    person = visitor("administrator")
    assert not tree(person.see("/sidor/ansokan")).xpath("//body[@class='kw']")
    assert tree(person.see("/ansokan")).xpath("//body[@class='kw']")


def test_a_page_that_was_removed_is_not_there(portal, visitor):
    with api.env.adopt_roles(["Manager"]):
        api.content.delete(portal.sidor.ansokan, check_linkintegrity=False)
    assert visitor().see("/ansokan").status_int == 404


@pytest.mark.handbook("H26", "H177")
def test_administrators_edit_pages_in_plones_own_form(visitor):
    person = visitor("administrator")
    form = person.see("/sidor/personcertifiering/edit").forms["form"]
    form["form.widgets.IDublinCore.title"] = "Om personcertifiering"
    assert person.submit(form, "form.buttons.save").status_int == 302
    assert "Om personcertifiering" in words(visitor("ceper").see("/personcertifiering"))


@pytest.mark.wall
@pytest.mark.parametrize("user_name", ["ceper", "handlaggare", "beslutsfattare"])
def test_nobody_else_edits_pages(visitor, user_name):
    assert visitor(user_name).see("/sidor/personcertifiering/edit").status_int == 404
    assert visitor(user_name).see("/sidor/++add++Document").status_int == 404
