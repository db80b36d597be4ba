"""Getting a document: the same bytes, saved and sandboxed, for its owner and staff only."""

from urllib.parse import unquote

import pytest
import transaction
from plone import api

from sp.personcert.certification_types.domain import DocumentType
from sp.personcert.documents import queries
from sp.personcert.foundation.audit import details_of, entries_for
from tests.reading import address
from tests.sending import reread


@pytest.fixture
def paper(drillers):
    """The newest document of the handbook's archive."""
    return next(one for one in queries.archive(drillers) if one.note == "test ny miljö")


@pytest.mark.handbook("H82")
@pytest.mark.parametrize("who", ["ceper", "handlaggare", "beslutsfattare"])
def test_owner_and_staff_get_the_bytes_as_they_came_in(visitor, drillers, who):
    person = visitor(who)
    for document in queries.archive(drillers):
        answer = person.see(address(document, "hamta"))
        assert answer.status_int == 200 and answer.body == document.read()
        assert answer.content_length == len(answer.body) == document.size


def test_a_download_is_saved_under_the_archives_name_and_never_shown(visitor, paper):
    headers = visitor("ceper").see(address(paper, "hamta")).headers
    name = headers["Content-Disposition"].partition("filename*=UTF-8''")[2]
    assert headers["Content-Disposition"].startswith("attachment;") and unquote(name) == paper.file_name
    assert headers["Content-Type"] == "application/pdf"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert headers["Cache-Control"] == "private, no-store"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_a_word_file_says_that_it_is_one(visitor, drillers):
    word = next(one for one in queries.archive(drillers) if one.file_name.endswith(".docx"))
    said = visitor("ceper").see(address(word, "hamta")).headers["Content-Type"]
    assert said == "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.mark.wall
@pytest.mark.handbook("H82")
def test_for_anybody_else_a_document_is_not_there(visitor, paper):
    stranger = visitor("enkel")
    theirs = stranger.see(address(paper, "hamta"))
    made_up = stranger.see(f"{address(paper)[:-4]}0000/@@hamta")
    assert (theirs.status_int, theirs.body) == (404, made_up.body)
    public = visitor().see(address(paper, "hamta"))
    assert public.status_int in {302, 303} and "/login" in public.location


@pytest.mark.handbook("H84")
def test_what_is_not_visible_is_not_there_for_the_customer(visitor, paper):
    paper.visible_to_customer = False
    transaction.commit()
    assert visitor("ceper").see(address(paper, "hamta")).status_int == 404
    assert visitor("handlaggare").see(address(paper, "hamta")).status_int == 200


@pytest.mark.wall
@pytest.mark.parametrize("view", ["download", "display-file", "view", "edit", "blob", "read"])
def test_no_other_way_leads_to_the_file(visitor, paper, view):
    for person in (visitor("ceper"), visitor("handlaggare")):
        for found in (f"{address(paper)}/@@{view}", f"{address(paper)}/{view}"):
            assert person.see(found).status_int == 404


def noted(portal):
    """The downloads in the audit: user name and path, oldest first."""
    reread()
    found = [entry for entry in entries_for(portal) if entry.action == "documents.downloaded"]
    return [(api.user.get(userid=entry.user_id).getUserName(), entry.path) for entry in found[::-1]]


@pytest.mark.handbook("H178")
def test_staff_answer_for_every_file_that_they_get(portal, visitor, paper):
    path = address(paper).removeprefix("/plone")
    for who in ("handlaggare", "handlaggare", "beslutsfattare"):
        assert visitor(who).see(address(paper, "hamta")).body == paper.read()
    assert noted(portal) == [("handlaggare", path), ("handlaggare", path), ("beslutsfattare", path)]
    assert details_of(entries_for(paper)[0]) == {"type": "attestation"}


@pytest.mark.handbook("H178")
def test_a_certificates_file_is_answered_for_as_well(portal, visitor, case):
    filed = queries.archive(case("ceper", "energiexpert"), document_type=DocumentType.CERTIFICATE)
    visitor("handlaggare").see(address(filed[0], "hamta"))
    assert noted(portal) == [("handlaggare", address(filed[0]).removeprefix("/plone"))]
    assert details_of(entries_for(filed[0])[0]) == {"type": "certificate"}


@pytest.mark.handbook("H178")
def test_the_owners_own_reading_is_not_noted_and_writes_nothing(portal, visitor, paper):
    person = visitor("ceper")
    serial = portal._p_jar.db().lastTransaction()
    assert person.see(address(paper, "hamta")).status_int == 200
    assert portal._p_jar.db().lastTransaction() == serial
    assert noted(portal) == []


@pytest.mark.wall
def test_a_head_request_gets_no_byte_of_the_file_and_is_not_noted(portal, visitor, paper):
    answer = visitor("handlaggare").ask("HEAD", address(paper, "hamta"))
    assert (answer.status_int, answer.body) == (200, b"")
    assert noted(portal) == []


@pytest.mark.wall
def test_who_gets_no_file_leaves_no_entry_of_a_download(portal, visitor, paper):
    for who in ("enkel", "administrator", ""):
        assert visitor(who).see(address(paper, "hamta")).status_int != 200
    assert noted(portal) == []
