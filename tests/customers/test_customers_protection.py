"""Protected identity: who reads, who may change it, and what vanishes."""

import os
from pathlib import Path

import pytest
from plone import api

from sp.personcert.customers import operations, queries
from sp.personcert.foundation import audit, mail
from sp.personcert.foundation.errors import NotAllowed, Refused
from sp.personcert.foundation.taskqueue.records import TaskState
from sp.personcert.public_register import queries as register
from sp.personcert.testing.tasks import record_of, run_due
from tests.reading import address, tree, words
from tests.sending import form_to, reread

PROTECTED = "Skyddade personuppgifter"
HOUR = 3600.0
CONTACT = ("Stumholmen", "0455-123456", "ceper@example.se", "arbete@example.se", "811218", "37123")


def user_id(user_name):
    """The id of an account."""
    return api.user.get(username=user_name).getId()


@pytest.fixture
def ceper_as_customer(customer):
    """The handbook's customer."""
    return customer("ceper")


@pytest.fixture
def protect(acting, ceper_as_customer):
    """Protect the handbook's customer and name somebody."""

    def do(*names, by="handlaggare", protected=True):
        with acting(by):
            operations.protect_identity(ceper_as_customer, protected, {user_id(name) for name in names})

    return do


@pytest.fixture
def places(case, ceper_as_customer):
    """Where contact data stand."""
    found = case("ceper", "brunnsborrare")
    return [
        address(ceper_as_customer),
        *(address(found, view) for view in ("handlaggning", "din-adress", "meddelanden", "arkiv")),
    ]


def leaks(page):
    """What of the contact data stands on a page."""
    return [value for value in CONTACT if value in page.text]


def test_an_officer_protects_an_identity_with_a_check_box_and_names_who_reads(visitor, ceper_as_customer):
    person = visitor("handlaggare")
    form = form_to(person.see(address(ceper_as_customer)).click("Skydd av personuppgifterna"), "skyddad")
    form["protected"] = True
    boxes = {box.id: box for box in form.fields["named"]}
    assert len(boxes) == 3
    boxes[f"named-{user_id('handlaggare2')}"].checked = True
    assert person.submit(form).status_int == 303
    reread()
    assert ceper_as_customer.protected_identity
    assert ceper_as_customer.named_officers == {user_id("handlaggare2")}
    page = person.see(address(ceper_as_customer))
    assert words(tree(page).get_element_by_id("skydd")).startswith(PROTECTED)


@pytest.mark.wall
@pytest.mark.parametrize("who", ["handlaggare", "beslutsfattare"])
def test_who_is_not_named_sees_no_contact_data_anywhere(visitor, protect, places, who):
    before = [leaks(visitor(who).see(place)) for place in places]
    assert before[0] and before[1] and before[2]
    protect("handlaggare2")
    person = visitor(who)
    for place in places:
        page = person.see(place)
        assert page.status_int == 200 and leaks(page) == [], place
        assert PROTECTED in words(page) and "CE Person Test" in words(page), place
        assert "Visa personnummer" not in words(page)


def test_named_officers_and_the_person_read_them_as_before(visitor, protect, places):
    protect("handlaggare2", "beslutsfattare")
    for who in ("handlaggare2", "beslutsfattare"):
        assert "Stumholmen 10" in visitor(who).see(places[0]).text
        assert "811218-****" in visitor(who).see(places[1]).text
    assert "Stumholmen 10" in visitor("ceper").see("/din-adress").text
    assert "811218-9876" in visitor("ceper").see(places[3]).text


@pytest.mark.wall
def test_who_is_not_named_cannot_open_the_personnummer(visitor, acting, protect, ceper_as_customer):
    page, person = address(ceper_as_customer, "personnummer"), visitor("handlaggare")
    fields = form_to(person.see(page), "personnummer").submit_fields()
    protect("handlaggare2")
    person = visitor("handlaggare")
    missing = person.see("/kunder/" + "0" * 32 + "/@@personnummer")
    for answer in (person.see(page), person.send(page, fields)):
        assert (answer.status_int, answer.text) == (404, missing.text)
    with acting("handlaggare"), pytest.raises(NotAllowed):
        operations.open_identity_number(ceper_as_customer)
    named = visitor("handlaggare2")
    assert "811218-9876" in named.submit(form_to(named.see(page), "personnummer")).text


def test_the_register_drops_the_person_at_once_and_takes_back_who_was_in_it(protect, case):
    number = next(entry.number for entry in register.search("Test"))
    protect("handlaggare")
    assert register.search("Test") == [] == register.search()
    assert register.check_number(number).entry is None
    protect(protected=False)
    assert [entry.number for entry in register.search("Test")] == [number]


def test_lifting_publishes_nothing_that_was_not_published(protect, ceper_as_customer):
    for certificate in ceper_as_customer.objectValues():
        certificate.published = False
    protect("handlaggare")
    protect(protected=False)
    assert register.search() == []


@pytest.mark.handbook("H48")
def test_a_protected_certificate_reads_as_not_published(visitor, protect, case):
    protect("handlaggare2")
    page = visitor("ceper").see(address(case("ceper", "energiexpert"), "meddelanden"))
    assert "Publicerad: Nej" in words(page)


@pytest.mark.wall
def test_no_mail_goes_out_meanwhile_not_even_one_that_was_waiting(protect, ceper_as_customer):
    run_due(after=HOUR)  # what the demonstration has left to send
    mails = Path(os.environ["SP_MAIL_DIR"])
    before = set(mails.glob("*.eml"))
    task_ids = [mail.queue_notice(ceper_as_customer, "new_message")]
    protect("handlaggare")
    task_ids.append(mail.queue_notice(ceper_as_customer, "supplement_requested"))
    run_due(after=HOUR)
    assert {record_of(task_id).state for task_id in task_ids} == {TaskState.DONE}
    assert set(mails.glob("*.eml")) == before


@pytest.mark.wall
def test_the_audit_holds_ids_and_no_word_of_the_person(protect, ceper_as_customer):
    protect("handlaggare2")
    entry = audit.entries_for(ceper_as_customer, below=False)[0]
    assert entry.action == "customer.protect_identity"
    assert audit.details_of(entry) == {"named": user_id("handlaggare2")}


@pytest.mark.wall
def test_who_is_not_named_reads_whom_to_ask_and_changes_nothing(visitor, protect, ceper_as_customer):
    place, person = address(ceper_as_customer, "skyddad"), visitor("handlaggare")
    fields = dict(form_to(person.see(place), "skyddad").submit_fields())
    protect("handlaggare2")
    person = visitor("handlaggare")
    page = person.see(place)
    assert "Handläggare Demo Två" in words(page) and "protection" not in page.forms
    answer = person.send(place, fields | {"kept": f"protected {user_id('handlaggare2')}"})
    assert answer.status_int == 403
    answer = person.send(place, fields)
    reread()
    assert answer.status_int == 422 and ceper_as_customer.protected_identity


@pytest.mark.wall
def test_an_unnamed_officer_does_not_name_herself(acting, protect, ceper_as_customer):
    protect("handlaggare2")
    for names in ({user_id("handlaggare")}, {user_id("handlaggare"), user_id("handlaggare2")}):
        with acting("handlaggare"), pytest.raises(NotAllowed):
            operations.protect_identity(ceper_as_customer, True, names)
    assert ceper_as_customer.named_officers == {user_id("handlaggare2")}


def test_when_no_named_officer_is_left_another_may_name_new_ones(acting, protect, ceper_as_customer):
    protect("handlaggare2")
    api.portal.get_tool("acl_users").source_users.removeUser(user_id("handlaggare2"))
    protect("handlaggare")
    assert ceper_as_customer.named_officers == {user_id("handlaggare")}


@pytest.mark.wall
@pytest.mark.parametrize("who", ["beslutsfattare", "administrator", "ceper", "enkel", ""])
def test_nobody_else_protects_or_lifts(visitor, acting, ceper_as_customer, who):
    answer = visitor(who).see(address(ceper_as_customer, "skyddad"))
    assert answer.status_int == (404 if who else 302)
    if who:
        with acting(who), pytest.raises(NotAllowed):
            operations.protect_identity(ceper_as_customer, True, {user_id("handlaggare")})
    assert not ceper_as_customer.protected_identity


@pytest.mark.wall
def test_a_named_decision_maker_reads_the_page_and_does_not_lift(visitor, acting, protect, ceper_as_customer):
    protect("beslutsfattare")
    page = visitor("beslutsfattare").see(address(ceper_as_customer, "skyddad"))
    assert page.status_int == 200 and "protection" not in page.forms
    with acting("beslutsfattare"), pytest.raises(NotAllowed):
        operations.protect_identity(ceper_as_customer, False, ())


def test_somebody_must_be_named_and_only_from_the_list(visitor, protect, ceper_as_customer):
    person = visitor("handlaggare")
    form = form_to(person.see(address(ceper_as_customer, "skyddad")), "skyddad")
    form["protected"] = True
    answer = person.submit(form)
    assert answer.status_int == 422 and "Välj minst en person" in words(answer)
    assert tree(answer).xpath("//input[@name='protected'][@checked]")
    with pytest.raises(Refused) as refusal:
        protect("administrator")
    assert refusal.value.field == "named"
    assert not ceper_as_customer.protected_identity


def test_what_a_colleague_changed_is_not_overwritten_unseen(visitor, protect, ceper_as_customer):
    person = visitor("handlaggare")
    form = form_to(person.see(address(ceper_as_customer, "skyddad")), "skyddad")
    protect("handlaggare", "handlaggare2")
    person = visitor("handlaggare")
    fields = [*form.submit_fields(), ("protected", "1"), ("named", user_id("handlaggare"))]
    answer = person.send(address(ceper_as_customer, "skyddad"), fields)
    reread()
    assert answer.status_int == 422 and "Någon annan har ändrat skyddet" in words(answer)
    assert len(ceper_as_customer.named_officers) == 2


def test_the_list_names_those_who_handle_or_decide_by_name(ceper_as_customer):
    assert list(queries.desk_staff_for(ceper_as_customer).values()) == [
        "Beslutsfattare Demo",
        "Handläggare Demo",
        "Handläggare Demo Två",
    ]
