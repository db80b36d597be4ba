"""What stock Plone 6.2.2 lets strangers read, and that nothing of it is read here.

Each docstring says what the same request gave on a stock Classic site with two members, each with Reader,
Contributor and Editor on a private folder of their own.
"""

from typing import Any

import pytest
import transaction
from plone import api
from plone.app.testing import applyProfile
from plone.app.textfield.value import RichTextValue

from sp.personcert.messages import queries as messages
from tests.reading import address

from .registered import stock_names

JSON = {"Accept": "application/json"}
RESOLVERS = ("/resolveuid/{}", "/@@resolveuid/{}", "/kunder/resolveuid/{}", "/sidor/@@redirect-to-uuid/{}")
STRANGERS = ("", "enkel")


@pytest.fixture
def places(drillers: Any) -> list[Any]:
    """The handbook's customer, with one content of each type inside."""
    record = drillers.__parent__
    inside = [*drillers.objectValues(), *record.objectValues()]
    return [record, *{one.portal_type: one for one in (*inside, drillers)}.values()]


@pytest.fixture
def secrets(drillers: Any) -> set[str]:
    """What only the customer and staff read: names, numbers, texts, ids."""
    record, number = drillers.__parent__, drillers.__parent__.personal_identity_number
    said = messages.threads(drillers)[0].message.sorted_entries()[0].text
    found = {record.full_name, record.customer_number, drillers.case_number, said[:40], drillers.getId()}
    return found | {number, number[2:], f"{number[2:8]}-{number[8:]}"}


def read(answer: Any, secrets: set[str], asked: str = "") -> set[str]:
    """The secrets in an answer that did not stand in the question."""
    text = f"{answer.headers} {answer.body.decode('utf-8', 'replace')}"
    return {secret for secret in secrets if secret in text and secret not in asked}


@pytest.mark.wall
@pytest.mark.parametrize("user_name", STRANGERS)
def test_f1_no_stock_view_shows_a_title_or_breadcrumb_of_private_content(
    visitor: Any, places: list[Any], secrets: set[str], user_name: str
) -> None:
    """Stock: GET ``arende1/@@title``, ``@@description``, ``@@sitemap``, ``@@contact-info``,
    ``@@passwordreset``, ``@@mail_password_response``, ``@@main_template`` answered 200 to anonymous and to
    the other member, with the title of the folder, the personnummer in its description, and the parent's.
    """
    person = visitor(user_name)
    for place in places:
        for name in ("absolute_url", "getId", "Title", "Description", *stock_names(place)):
            answer = person.see(f"{address(place)}/{name}")
            assert answer.status_int in (302, 404)
            assert not read(answer, secrets, address(place)), (place, name)


USERS = (
    *("/@@getVocabulary?name=plone.app.vocabularies.Users&query=", "/@@qsOptions", "/author/handlaggare"),
    *("/@@getVocabulary?name=plone.app.vocabularies.Principals", "/@@usergroup-userprefs", "/author/enkel"),
    *("/@@getVocabulary?name=plone.app.vocabularies.Groups", "/@@sharing?search_term=handlaggare"),
    *(
        "/@@user-information?userid=handlaggare",
        "/@@member-search",
        "/@@personal-information",
        "/useractions",
    ),
)


@pytest.mark.wall
@pytest.mark.parametrize("user_name", ["", "ceper", "handlaggare"])
def test_f4_nobody_lists_the_users(visitor: Any, drillers: Any, user_name: str) -> None:
    """Stock: as any member ``@@getVocabulary`` (Users, Principals, and ``field=creators`` on the own folder),
    ``@@qsOptions`` and ``@@sharing?search_term=`` answered 200 with the other member, ``/author/bertil`` with
    the full name; after the REST profile ``@querystring`` and ``@vocabularies/...Users`` too.
    """
    person = visitor(user_name)
    names = {"enkel", "Handläggare Demo", "handlaggare2", "beslutsfattare", "personcert-officers"}
    for place in ("", address(drillers)):
        for view in (*USERS, "/@@getVocabulary?name=plone.app.vocabularies.Users&field=creators"):
            answer = person.see(place + view)
            assert answer.status_int in (302, 404)
            assert not read(answer, names - {"handlaggare"}, view), (place, view)


@pytest.mark.wall
@pytest.mark.parametrize("user_name", ["", "enkel", "ceper"])
def test_f15_an_id_leads_to_no_path(visitor: Any, places: list[Any], user_name: str) -> None:
    """Stock: ``/resolveuid/<uid>`` of a private folder answered anonymous 301 with
    ``/kunder/anna/arende1``, an unknown one 404; a private path 302 to the login, a missing one 404.
    """
    person, made_up = visitor(user_name), "0" * 32
    for place in places:
        for ask in RESOLVERS:
            there, nothing = person.see(ask.format(place.getId())), person.see(ask.format(made_up))
            assert there.status_int == nothing.status_int and there.body == nothing.body
            told = [one.headers.get("Location", "") for one in (there, nothing)]
            assert told[0].replace(place.getId(), made_up) == told[1]
            assert "kunder" not in told[0] or ask.startswith("/kunder")


@pytest.mark.wall
def test_f15_an_id_of_a_page_that_is_not_published_leads_to_no_path(visitor: Any, portal: Any) -> None:
    """Stock: 301 with the private path, for anonymous and every member."""
    with api.env.adopt_roles(["Manager"]):
        page = api.content.create(portal.sidor, "Document", "hemlig", title="Hemlig plan")
    transaction.commit()
    for name in ("", "ceper", "handlaggare"):
        for ask in RESOLVERS:
            answer = visitor(name).see(ask.format(page.UID()))
            assert answer.status_int in (302, 404)
            assert "hemlig" not in f"{answer.headers} {answer.text}".lower()


@pytest.mark.wall
def test_f15_a_text_does_not_resolve_ids_of_private_content(visitor: Any, portal: Any, drillers: Any) -> None:
    """Stock: the output filter resolves another customer's id in a text to the path, for every reader."""
    page = portal.sidor.tillganglighet
    link = f'<p><a href="resolveuid/{drillers.getId()}">x</a></p>'
    page.text = RichTextValue(link, "text/html", "text/x-html-safe")
    transaction.commit()
    for name in ("", "enkel", "handlaggare"):
        seen = visitor(name).see("/tillganglighet").text
        assert "resolveuid" in seen and "/kunder/" not in seen


@pytest.mark.wall
@pytest.mark.parametrize("user_name", STRANGERS)
def test_f15_what_is_private_and_what_is_missing_are_one_answer(
    visitor: Any, places: list[Any], user_name: str
) -> None:
    """Stock: GET of a private path was 302 to the login, of a missing one 404; PROPFIND of the parent 207."""
    person = visitor(user_name)
    for place in places:
        made_up = address(place).replace(place.getId(), "0" * 32)
        for method in ("GET", "HEAD", "PROPFIND", "OPTIONS", "LOCK"):
            there, nothing = person.ask(method, address(place)), person.ask(method, made_up)
            assert (there.status_int, there.body) == (nothing.status_int, nothing.body)
            assert there.status_int in (302, 404)


OTHERS = (
    *(
        "/@@search?SearchableText=Test",
        "/search",
        "/livesearch_reply?q=Test",
        "/@@ajax-search?SearchableText=Test",
    ),
    *(
        "/updated_search",
        "/RSS",
        "/rss.xml",
        "/atom.xml",
        "/search_rss",
        "/sitemap",
        "/sitemap.xml.gz",
        "/itunes.xml",
    ),
    *("/@@listing_view", "/@@folder_listing", "/@@querybuilder_html_results", "/@@historyview", "/@@history"),
    *("/contact-info", "/@@contact-info", "/sendto_form", "/sidor/startsida/sendto_form", "/sidor/@@sendto"),
    *(
        "/manage",
        "/manage_main",
        "/manage_workspace",
        "/acl_users/manage_main",
        "/Control_Panel",
        "/error_log",
    ),
    *(
        "/portal_catalog",
        "/portal_membership/listMembers",
        "/portal_url",
        "/portal_historiesstorage",
        "/MailHost",
    ),
    *(
        "/kunder/objectIds",
        "/kunder/objectValues",
        "/sidor/objectIds",
        "/listFolderContents",
        "/getAllowedTypes",
    ),
    *("/portal_password_reset", "/acl_users/source_users/listUserInfo", "/@@types-controlpanel", "/raptor"),
)


@pytest.mark.wall
@pytest.mark.parametrize("user_name", ["", "ceper", "handlaggare"])
def test_searches_feeds_histories_letters_and_the_zmi_are_closed(
    visitor: Any, secrets: set[str], user_name: str
) -> None:
    """Stock: searches and feeds answer 200 (filtered), ``contact-info`` and ``sendto_form`` mail to anybody,
    ``portal_url`` and ``portal_historiesstorage`` answer anonymous, ``manage_main`` asks for Zope's password.
    """
    person, mail = visitor(user_name), {"sender_from_address": "x@example.se", "message": "Köp", "send": "1"}
    for path in OTHERS:
        for answer in (person.see(path), person.send(path, mail)):
            assert answer.status_int in (302, 404), path
            assert "/login" in answer.headers.get("Location", "/login")
            assert "WWW-Authenticate" not in answer.headers
            assert not read(answer, secrets)


SERVICES = (
    *("@users", "@types", "@search", "@querystring", "@vocabularies/plone.app.vocabularies.Users", "@groups"),
    *("@actions", "@navigation", "@history", "@sharing?search=enkel", "@principals?search=enkel", "@login"),
    *(
        "@workflow",
        "@copy",
        "@move",
        "@lock",
        "@content-rules",
        "@aliases",
        "@registry",
        "@system",
        "",
        "@site",
    ),
)


@pytest.mark.wall
@pytest.mark.parametrize("user_name", ["", "ceper", "enkel", "handlaggare"])
def test_f16_rest_stays_closed_even_with_its_profile(
    visitor: Any, portal: Any, places: list[Any], secrets: set[str], user_name: str
) -> None:
    """Stock: 401 until ``plone.restapi:default`` is installed; then ``@querystring`` and ``@search`` answered
    anonymous, ``@email-notification`` 204, and members got ``@vocabularies/...Users`` with everybody.
    """
    applyProfile(portal, "plone.restapi:default")
    person = visitor(user_name)
    before = portal._p_jar.db().storage.lastTransaction()
    for place in ("/plone", "/plone/sidor", *map(address, places)):
        for service in SERVICES:
            answer = person.see(f"{place}/{service}", headers=JSON)
            assert answer.status_int in (401, 404), (place, service)
            assert not read(answer, secrets | {"beslutsfattare"}, place)
    for path in ("/@email-notification", "/@login", "/@users/enkel/reset-password", "", "/sidor"):
        for method in ("POST", "PATCH"):
            assert person.ask(method, path, JSON).status_int in (401, 404), path
    transaction.begin()
    assert portal._p_jar.db().storage.lastTransaction() == before


@pytest.mark.wall
def test_f16_nobody_of_ours_may_use_rest(portal: Any, acting: Any) -> None:
    for name in ("ceper", "handlaggare", "beslutsfattare", "administrator"):
        with acting(name):
            assert not api.user.has_permission("plone.restapi: Use REST API", obj=portal)
