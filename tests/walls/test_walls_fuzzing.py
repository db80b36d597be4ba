"""Every form and every address that the public and customers reach, with input that nobody thinks of."""

import os
from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

import pyotp
import pytest
import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from plone import api

from sp.personcert.accounts import storage, throttle
from sp.personcert.accounts.domain import LinkKind, OneUseLink
from sp.personcert.customers import operations
from sp.personcert.customers import queries as customers
from sp.personcert.customers.domain import AddressFault
from sp.personcert.demo.people import PASSWORD
from sp.personcert.foundation.audit.log import log_of
from sp.personcert.foundation.permissions import Permission
from sp.personcert.messages import queries as messages
from sp.personcert.testing.visitor import Visitor
from tests.walls.inputs import fill, form_on, names, unescaped, words
from tests.walls.registered import own_forms

EXAMPLES = 100 * int(os.environ.get("SP_TORTURE", "1"))
FORMS = {  # of each form: who sends it, and from which page
    "login": ("", "/login"),
    "glomt-losenord": ("", "/glomt-losenord"),
    "valj-losenord": ("", "/valj-losenord?kod={code}"),
    "engangskod": ("", "/engangskod"),
    "engangskod-ny": ("", "/engangskod-ny"),
    "register": ("", "/register"),
    "kontrollera": ("", "/kontrollera"),
    "logout": ("ceper", "/start"),
    "andra-losenord": ("ceper", "/andra-losenord"),
    "avsluta-inloggning": ("ceper", "/inloggningar"),
    "avsluta-andra": ("ceper", "/inloggningar"),
    "nya-reservkoder": ("ceper", "/inloggningar"),
    "nytt-meddelande": ("ceper", "{case}/@@meddelanden?nytt=1"),
    "svara": ("ceper", "{case}/@@meddelanden?svara={thread}"),
    "ladda-upp": ("ceper", "{case}/@@ladda-upp?plats=school"),
    "meddela-oss": ("ceper", "{case}/@@ladda-upp-intyg"),
    "min-epost": ("ceper", "/min-epost"),
}
NOTED = frozenset({"login", "engangskod", "engangskod-ny", "andra-losenord", "nya-reservkoder"})
"""A refusal of these leaves an entry."""
PAGES = {
    "": """/ /login /glomt-losenord /register /kontrollera /ansokan /sprak /valj-losenord /engangskod /logout
        /engangskod-ny /fragor-och-svar /require_login /personuppgifter /tillganglighet /inloggad""",
    "ceper": """/start /andra-losenord /inloggningar /mina-certifieringar /din-adress /logout /inloggad
        /min-epost /personcertifiering {case} {case}/@@meddelanden {case}/@@arkiv {case}/@@ladda-upp-intyg
        {case}/@@ladda-upp {case}/@@din-adress {case}/@@hamta-mall {case}/@@nytt-meddelande
        {case}/@@meddela-oss {case}/{thread}/@@svara""",
}
ASKED = """q sida sort ordning typ nr till fran came_from kod besked nytt svara plats klart id lista file
    creation_id form_token user_name method -C REQUEST_METHOD REMOTE_ADDR PARENTS"""


def thoroughly(test: Callable[..., Any]) -> Callable[..., Any]:
    """A hundred examples; ``make torture`` tries fifty times as many."""
    health = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]
    chosen = settings(
        max_examples=EXAMPLES,
        phases=(Phase.generate,),
        deadline=None,
        database=None,
        derandomize=EXAMPLES == 100,
        suppress_health_check=health,
    )
    return chosen(given(data=st.data())(test))


@pytest.fixture
def place(portal: Any, drillers: Any) -> Callable[[str], str]:
    """Fill in an address: the handbook's case, a thread in it, the code of a link."""
    user_id = api.user.get(username="ceper").getId()
    storage.account(user_id).link, code = OneUseLink.make(LinkKind.RESET, user_id, 4e9)
    thread = messages.threads(drillers)[0].message.getId()
    case = "/".join(drillers.getPhysicalPath())
    transaction.commit()
    return lambda address: address.format(case=case, thread=thread, code=code)


def stored(portal: Any) -> tuple[bytes, int]:
    """The newest transaction, and how many entries the audit has."""
    transaction.begin()
    return portal._p_jar.db().lastTransaction(), sum(len(tree) for tree in log_of(portal).entries)


def test_every_form_of_the_public_and_of_customers_is_tried():
    theirs = {"public", "View", Permission.UPLOAD, Permission.WRITE_MESSAGE}
    found = {view.name for view in own_forms() if view.permission in theirs}
    assert found - {"inloggningar"} <= FORMS.keys()  # its forms have their own


@pytest.mark.wall
@pytest.mark.torture
@pytest.mark.parametrize("step", FORMS)
def test_a_form_takes_what_it_accepts_and_nothing_else(portal, visitor, place, step):
    user_name, address = FORMS[step]
    person, where = visitor(user_name), place(address)
    prepare(person, step)
    sent, shown = [], []

    @thoroughly
    def tried(data):
        throttle.forget_all()
        form = shown.pop() if shown else form_of(person, where, step, user_name)
        if form is None:  # sent once and for all
            return
        before, entries = stored(portal)
        send = person.get if form.method.upper() == "GET" else person.post
        answer = send(form.action, fill(data, form), expect_errors=True)
        sent.append(answer.status_int)
        shown.extend([form] if answer.status_int == HTTPStatus.UNPROCESSABLE_ENTITY else [])
        assert answer.status_int < 500 and "Traceback" not in answer.text
        assert not unescaped(answer)
        after, noted = stored(portal)
        assert answer.status_int in (200, 303) or after == before or (step in NOTED and noted > entries)

    tried()
    assert sent


def prepare(person: Visitor, step: str) -> None:
    """Bring about what some forms are for."""
    transaction.begin()
    account_id = api.user.get(username="ceper").getId()
    account = storage.account(account_id)
    if step in ("engangskod", "nya-reservkoder"):
        account.factor_secret = pyotp.random_base32()
    account.needs_second_factor = step == "engangskod-ny"
    if step == "min-epost":
        operations.mark_address_bad(customers.of_user(account_id), AddressFault.BOUNCED)
    transaction.commit()
    if step.startswith("engangskod"):
        person.log_in("ceper", PASSWORD)


def form_of(person: Visitor, where: str, step: str, user_name: str) -> Any:
    """The form as it is shown now; who was logged out, or ended the other session, logs in again."""
    page = person.see(where)
    form = form_on(page, step)
    if form is None and user_name and (page.status_int != 200 or step.startswith("avsluta")):
        (person if page.status_int != 200 else Visitor()).log_in(user_name, PASSWORD)
        form = form_on(person.see(where), step)
    return form


@pytest.mark.wall
@pytest.mark.torture
@pytest.mark.parametrize("user_name", ["", "ceper"])
def test_an_address_with_any_query_reads_and_writes_nothing(portal, visitor, place, user_name):
    person = visitor(user_name)
    pages = place(PAGES[user_name]).split()

    @thoroughly
    def tried(data):
        page = data.draw(st.sampled_from(pages))
        asked = data.draw(st.lists(st.tuples(st.sampled_from(ASKED.split()) | names, words), max_size=4))
        before, _ = stored(portal)
        answer = person.see(f"{page}?{urlencode(asked, errors='surrogatepass')}"[:12_000])
        assert answer.status_int < 500
        assert not unescaped(answer)
        assert not (answer.location or "").startswith(("//", "http", "javascript"))
        assert stored(portal)[0] == before

    tried()
