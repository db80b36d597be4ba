"""What people and programs read when something does not go."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import pytest
import transaction
from AccessControl.class_init import InitializeClass
from AccessControl.SecurityInfo import ClassSecurityInfo
from plone import api
from Products.Five.browser import BrowserView
from zope.component import getGlobalSiteManager
from zope.interface import Interface, implementer

from sp.personcert import _
from sp.personcert.foundation.errors import NotAllowed, Refused
from sp.personcert.interfaces import IOwnView, IPersonCertLayer
from tests.reading import tree, words

REFUSED = _("refused_user_name", default="Användarnamnet är upptaget. Välj ett annat.")
SECRET = "198112189876"
REASONS: dict[str, Exception] = {
    "refused": Refused(REFUSED),
    "not-allowed": NotAllowed(),
    "broken": RuntimeError(f"{SECRET} in /var/lib"),
    "key": KeyError(SECRET),
}


@implementer(IOwnView)
class Refusing(BrowserView):
    """Stands for a stock form or a script below which an operation says no."""

    security = ClassSecurityInfo()
    security.declareObjectPublic()

    @security.public
    def __call__(self) -> str:
        """Write something, then fail."""
        api.portal.get().title = "Changed"
        raise REASONS[self.request.form["why"]]


InitializeClass(Refusing)


@pytest.fixture
def refusing(visitor: Any) -> Iterator[Any]:
    """Visitors of a site with such a view."""
    registry, wanted = getGlobalSiteManager(), ((Interface, IPersonCertLayer), Interface, "refusing")
    registry.registerAdapter(Refusing, *wanted)
    yield visitor
    registry.unregisterAdapter(Refusing, *wanted)


@pytest.mark.wall
def test_a_refusal_from_stock_code_is_its_sentence_and_a_way_back(refusing: Any, portal: Any) -> None:
    person = refusing("administrator")
    page = person.send("/sidor/@@refusing?why=refused&x=1", {"field": "typed"})
    assert page.status_int == 422
    assert "Användarnamnet är upptaget. Välj ett annat." in words(page)
    assert "Inget är sparat" in words(page)
    links = [unquote(link.get("href")) for link in tree(page).xpath("//main//a")]
    assert "/plone/sidor/@@refusing?why=refused&x=1" in links
    transaction.begin()
    assert portal.title != "Changed"


@pytest.mark.wall
def test_a_refusal_is_told_in_the_persons_language(refusing: Any) -> None:
    person = refusing()
    person.set_cookie("I18N_LANGUAGE", "en")
    page = person.see("/@@refusing?why=not-allowed")
    assert page.status_int == 422
    assert tree(page).xpath("//main/p[@lang='en']")[0].text == "That cannot be done right now."


@pytest.mark.wall
def test_a_script_is_told_the_sentence_as_json(refusing: Any, portal: Any) -> None:
    answer = refusing("administrator").ask(
        "POST", "/@@refusing?why=refused", {"Accept": "application/json", "Content-Type": "application/json"}
    )
    assert answer.status_int == 400
    assert json.loads(answer.text) == {"type": "Refused", "message": str(REFUSED.default)}
    transaction.begin()
    assert portal.title != "Changed"


@pytest.mark.wall
@pytest.mark.parametrize("why", ["broken", "key"])
@pytest.mark.parametrize("accepted", ["text/html", "application/json"])
def test_a_failure_shows_a_reference_and_nothing_else(
    refusing: Any, why: str, accepted: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Stock 6.2.2 answers with the type and text of the error; REST with a traceback for managers."""
    answer = refusing("handlaggare").see(f"/@@refusing?why={why}", headers={"Accept": accepted})
    assert answer.status_int == 500
    for secret in (SECRET, "RuntimeError", "KeyError", "Traceback", "refusing", "/var/lib", "handlaggare"):
        assert secret not in answer.text
    said = [record.getMessage() for record in caplog.records if "error page" in record.getMessage()]
    reference = said[0].split()[2].rstrip(":")
    assert reference in answer.text and SECRET not in said[0]
