"""Records closed to a member of the staff: the own one, and those of people who are close to them."""

from pathlib import Path

import pytest
import transaction
from plone import api

from sp.personcert.cases import operations as cases
from sp.personcert.cases import queries as case_queries
from sp.personcert.cases.domain import CaseState
from sp.personcert.cases.queries import WorkList
from sp.personcert.certification_types import queries as types
from sp.personcert.customers import operations, queries
from sp.personcert.decisions import operations as decisions
from sp.personcert.decisions.domain import Proposal
from sp.personcert.decisions.storage import put
from sp.personcert.foundation import audit
from sp.personcert.foundation.access import may
from sp.personcert.foundation.clock import now
from sp.personcert.foundation.content import new_id
from sp.personcert.foundation.errors import NotAllowed, Refused
from sp.personcert.foundation.permissions import Permission
from sp.personcert.foundation.transitions import fire, state_of
from sp.personcert.messages import operations as messages
from tests.reading import address, words
from tests.sending import form_to, reread

OWN_VIEWS = Path(__file__).parents[1] / "walls" / "own_views.txt"
MISSING = "/plone/kunder/" + "0" * 32
DULL = {"Date", "Content-Length", "Set-Cookie"}
WHO = "handlaggare2"  # handles and decides


def user_id(user_name):
    """The id of an account."""
    return api.user.get(username=user_name).getId()


def told(answer):
    """Everything of an answer that could tell something."""
    headers = sorted(pair for pair in answer.headers.items() if pair[0] not in DULL)
    return answer.status_int, answer.text, headers


def views(context):
    """The names of our views on some content, from the committed list."""
    rows = [line.split(" | ") for line in OWN_VIEWS.read_text("utf-8").splitlines() if " | " in line]
    return [row[0] for row in rows if row[1] == context and row[2] == "IPersonCertLayer"]


@pytest.fixture
def close(acting):
    """Close customers to an officer who decides too, as an administrator does."""

    def do(*relatives, own=""):
        with acting("administrator"):
            operations.close_records_by_number(user_id(WHO), own, list(relatives))

    return do


@pytest.fixture
def contents(case, customer):
    """What lies in the handbook's customer, by the interface that its views are registered for."""
    found = {"ICustomer": customer("ceper"), "ICase": case("ceper", "brunnsborrare")}
    for child in (*found["ICase"].objectValues(), *found["ICustomer"].objectValues()):
        found["I" + child.portal_type.rpartition(".")[2].capitalize()] = child
    return found


@pytest.mark.wall
@pytest.mark.parametrize("own", [False, True])
def test_every_page_and_form_of_a_closed_record_is_not_there(visitor, close, contents, own):
    """Two accounts for one person: closed as the own record, it is as closed as a relative's."""
    close(own="C129289") if own else close("C129289")
    person, asked = visitor(WHO), 0
    nothing = told(person.see(MISSING))
    assert nothing[0] == 404
    for context, content in contents.items():
        for view in ("", *(f"/@@{name}" for name in views(context))):
            place = address(content) + view
            assert told(person.see(place)) == nothing, place
            assert told(person.send(place, {"do": "save", "text": "Hej"})) == nothing, place
            asked += 1
    assert asked > 25


@pytest.mark.wall
def test_forms_that_were_open_before_do_nothing_afterwards(visitor, close, case, customer):
    found, person = case("enkel", "brunnsborrare"), visitor(WHO)
    listed = person.see("/arenden?lista=waiting")
    message = person.see(address(found, "meddelanden") + "?nytt=1")
    number = person.see(address(customer("enkel"), "personnummer"))
    forms = [
        form_to(listed, "ta-arendet", found.getId()),
        form_to(message, "nytt-meddelande"),
        form_to(number, "personnummer"),
    ]
    close("C129290")
    before = len(audit.entries_for(customer("enkel")))
    person = visitor(WHO)
    nothing = told(person.send(MISSING))
    for form in forms:
        fields = dict(form.submit_fields()) | {"do": "save", "text": "Hej", "message_type": "Notering"}
        assert told(person.send(form.action, fields)) == nothing
    reread()
    assert (state_of(found), found.officer_id, list(found.objectIds())) == (CaseState.WAITING, "", [])
    assert len(audit.entries_for(customer("enkel"))) == before


@pytest.mark.wall
@pytest.mark.parametrize("ready", [False, True])
def test_no_operation_is_for_whom_the_case_is_closed(acting, close, case, ready):
    found = case("enkel", "brunnsborrare")
    for transition in ("take", "propose") if ready else ():
        fire(found, transition)
    put(found, "proposal", Proposal("ab", "", "somebody", now()))
    close("C129290")
    tries = {
        Permission.TAKE: lambda: cases.take(found),
        Permission.DECIDE: lambda: decisions.grant(found),
        Permission.WRITE_MESSAGE: lambda: messages.start(found, "Notering", "Hej", new_id()),
        Permission.OPEN_IDENTITY_NUMBER: lambda: operations.open_identity_number(found.__parent__),
        Permission.OPEN_CUSTOMER: lambda: cases.open_case(found.__parent__, types.by_id("energiexpert")),
    }
    with acting(WHO):
        for permission, call in tries.items():
            assert not may(permission, found)
            with pytest.raises(NotAllowed) as refusal:
                call()
            assert "någon som står dig nära" in refusal.value.message.default


@pytest.mark.wall
def test_work_lists_counts_and_searches_leave_closed_cases_out(visitor, acting, close, case, customer):
    found = case("enkel", "brunnsborrare")
    with acting("handlaggare"):
        everything = case_queries.length(WorkList.WAITING.value)
    close("C129290")
    with acting(WHO):
        assert case_queries.length(WorkList.WAITING.value) == everything - 1
        assert found not in case_queries.work_list(WorkList.WAITING.value)
        assert queries.by_number("C129290") is None
    assert found.case_number not in words(visitor(WHO).see("/arenden?lista=waiting"))
    assert found.case_number in words(visitor("handlaggare").see("/arenden?lista=waiting"))


@pytest.mark.wall
def test_with_one_account_the_own_case_is_a_customers_and_no_more(visitor, acting, customer, case):
    own, found = customer("enkel"), case("enkel", "brunnsborrare")
    with acting("handlaggare"):
        operations.connect_account(own, user_id(WHO), WHO)
    person = visitor(WHO)
    nothing = told(person.see(MISSING))
    for name in ("meddelanden", "arkiv", "din-adress", "ladda-upp-intyg", "ladda-upp?plats=welding"):
        assert person.see(address(found, name)).status_int == 200, name
    for name in ("handlaggning", "tentamen", "beslut", "bedom", "bevilja", "ta-arendet", "foresla"):
        assert told(person.see(address(found, name))) == nothing, name
        assert told(person.send(address(found, name))) == nothing, name
    for name in ("personnummer", "skyddad", "konto"):
        assert told(person.see(address(own, name))) == nothing, name
    with acting(WHO):
        assert found not in case_queries.work_list(WorkList.WAITING.value)
        held = {one for one in Permission if may(one, found)}
        assert held == {Permission.VIEW, Permission.UPLOAD, Permission.WRITE_MESSAGE}
        with pytest.raises(NotAllowed):
            operations.protect_identity(own, True, {user_id(WHO)})


@pytest.mark.wall
def test_a_person_who_is_close_is_not_named_to_read_protected_contact_data(acting, close, customer):
    close("C129289")
    assert user_id(WHO) not in queries.desk_staff_for(customer("ceper"))
    with acting("handlaggare"), pytest.raises(Refused):
        operations.protect_identity(customer("ceper"), True, {user_id(WHO)})


def test_other_cases_stay_open(visitor, acting, close, case):
    close("C129290")
    with acting(WHO):
        assert may(Permission.REVIEW, case("ceper", "brunnsborrare"))
    assert visitor(WHO).see(address(case("ceper", "brunnsborrare"), "handlaggning")).status_int == 200


def test_what_is_closed_is_read_by_number_and_opened_again(acting, close, case):
    close("c129291", "", " C129290 ", own="C129289")
    assert queries.own_record_of(user_id(WHO)) == "C129289"
    assert queries.records_closed_to(user_id(WHO)) == [
        ("C129289", "CE Person Test"),
        ("C129290", "Enkel Exempel"),
        ("C129291", "Tom Exempel"),
    ]
    close()
    assert queries.records_closed_to(user_id(WHO)) == []
    with acting(WHO):
        assert may(Permission.TAKE, case("enkel", "brunnsborrare"))


def test_a_number_that_no_customer_has_is_refused_at_its_field(close):
    for numbers, own, field in ((["C1"], "", "relatives"), ([], "C1", "own_record")):
        with pytest.raises(Refused) as refusal:
            close(*numbers, own=own)
        assert refusal.value.field == field
    assert queries.closed_to(user_id(WHO)) == frozenset()


@pytest.mark.wall
@pytest.mark.parametrize("who", ["handlaggare", "beslutsfattare", "ceper"])
def test_only_who_manages_accounts_closes_and_opens_records(acting, close, who):
    close("C129289")
    with acting(who), pytest.raises(NotAllowed):
        operations.close_records_by_number(user_id(WHO), "", [])
    assert len(queries.closed_to(user_id(WHO))) == 1


@pytest.mark.wall
def test_the_audit_says_whose_powers_were_narrowed_by_ids_alone(close, customer):
    close("C129290")
    entry = next(one for one in audit.entries_for(api.portal.get()) if one.action == "account.close_records")
    assert audit.details_of(entry) == {"account": user_id(WHO), "customers": customer("enkel").getId()}
    close("C129290")
    found = [one for one in audit.entries_for(api.portal.get()) if one.action == "account.close_records"]
    assert len(found) == 1


def test_a_record_that_is_gone_disturbs_nobody(acting, close, customer):
    close("C129291")
    queries.folder()._delObject(customer("tom").getId(), suppress_events=True)
    transaction.commit()
    with acting(WHO):
        assert case_queries.length(WorkList.WAITING.value) > 0
    assert queries.records_closed_to(user_id(WHO)) == []


@pytest.mark.wall
def test_nobody_opens_records_to_themselves(acting, customer):
    user_id = api.user.get(username="administrator").getId()
    with acting("administrator"):
        operations.close_records(user_id, customer("ceper"), [])
        operations.close_records(user_id, customer("ceper"), [customer("enkel")])
        with pytest.raises(Refused):
            operations.close_records(user_id, None, [customer("enkel")])
    assert queries.closed_to(user_id) == {customer("ceper").getId(), customer("enkel").getId()}
