"""A canary: the personnummer of a customer is found where it may be, and nowhere else."""

import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import transaction
from plone import api

from sp.personcert.customers.storage import KEY
from sp.personcert.foundation import audit
from sp.personcert.portal.browser.skeleton import Skeleton
from sp.personcert.testing.environment import FOLDER
from tests.reading import address, tree
from tests.sending import form_to

from .canary import USER_NAME, Journey, Seen, canary, recorded, sung


@dataclass(frozen=True)
class Evidence:
    """What is left of the journey, as plain values."""

    case: str
    seen: list[Seen]
    opened: Seen
    logged: list[str]
    files: dict[Path, bytes]
    documents: dict[str, bytes]
    records: list[tuple[bytes, bytes]]
    places: set[bytes]
    tables: dict[str, list[str]]
    lexicon: list[str]
    audit: dict[str, str]


@pytest.fixture(scope="module")
def kept() -> list[Evidence]:
    """The journey is made once."""
    return []


@pytest.fixture
def evidence(kept: list[Evidence], request: Any) -> Evidence:
    """The journey, and everything that it left behind."""
    if not kept:
        portal, *who = (request.getfixturevalue(name) for name in ("portal", "visitor", "acting"))
        journey = Journey(*who)
        with recorded() as log:
            journey.travel()
        transaction.begin()
        kept.append(gathered(portal, journey, log.lines))
    return kept[0]


def gathered(portal: Any, journey: Journey, logged: list[str]) -> Evidence:
    """Read it all."""
    children = [*journey.customer.objectValues(), *journey.case.objectValues()]
    entries = [*audit.entries_for(journey.customer), *audit.entries_for(portal, below=False)]
    tables = portal.__annotations__[KEY]
    return Evidence(
        case=address(journey.case),
        seen=journey.seen,
        opened=journey.opened,
        logged=logged,
        files={path: path.read_bytes() for path in Path(FOLDER).rglob("*") if path.is_file()},
        documents={one.file_name: one.read() for one in children if hasattr(one, "blob")},
        records=list(written_records(portal)),
        places={journey.customer._p_oid, tables["identity"]._p_oid},
        tables={name: [str(key) for key in tables[name]] for name in tables},
        lexicon=list(api.portal.get_tool("portal_catalog").plone_lexicon.words()),
        audit={f"{entry} {audit.details_of(entry)}": entry.action for entry in entries},
    )


def written_records(portal: Any) -> Any:
    """Id and state of every object that was written in this test, each time that it was."""
    for step in portal._p_jar.db().storage.changes.iterator():
        yield from ((record.oid, record.data or b"") for record in step)


def cleaned(page: Any) -> str:
    """The customer's own page without its information field, or the dialog without ”Dokument för:”."""
    found = tree(page)
    for place in found.xpath("//dl[contains(@class, 'kw-info__list')]//dd | //form//dl[@class='kw-dl']//dd"):
        place.clear()
    return "".join(found.itertext()) + str([list(element.attrib.values()) for element in found.iter()])


@pytest.mark.wall
@pytest.mark.handbook("H38", "H124")
def test_the_number_is_read_in_its_owners_field_and_where_an_officer_opened_it(evidence: Evidence) -> None:
    read = [seen for seen in evidence.seen if sung(seen.told)]
    assert [seen.place for seen in read if seen.who != USER_NAME] == []
    assert [seen.place for seen in read if not seen.asked.startswith(evidence.case)] == []
    assert [seen.place for seen in read if sung(cleaned(seen.answer) + str(seen.answer.headers))] == []
    assert len(read) > 5 and any("@@ladda-upp?" in seen.asked for seen in read)
    assert sung(evidence.opened.answer.text) and not sung(str(evidence.opened.answer.headers))
    assert len({seen.who for seen in evidence.seen}) == 7 and len(evidence.seen) > 200


@pytest.mark.wall
def test_the_number_is_in_no_address_log_mail_or_file_name(evidence: Evidence) -> None:
    assert [one.place for one in evidence.seen if sung(one.asked) or sung(one.answer.request.url)] == []
    assert len(evidence.logged) > 20
    assert [line[:300] for line in evidence.logged if sung(line)] == []
    assert len([path for path in evidence.files if path.suffix == ".eml"]) >= 3
    assert [str(path) for path, data in evidence.files.items() if sung(str(path)) or sung(data)] == []


@pytest.mark.wall
def test_the_number_is_in_no_document_that_was_made(evidence: Evidence, tmp_path: Path) -> None:
    assert any(name.startswith("Certifikat_") for name in evidence.documents)
    for number, (name, data) in enumerate(evidence.documents.items()):
        assert not sung(name) and not sung(data)
        (tmp_path / f"{number}.pdf").write_bytes(data)
        command = ["pdftotext", f"{number}.pdf", "-"]
        said = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True).stdout
        assert said.strip() and not sung(said)


@pytest.mark.wall
def test_the_number_is_stored_in_the_customer_and_its_look_up_alone(evidence: Evidence) -> None:
    """Whatever was written meanwhile: content, catalogue, lexicon, outbox, audit, accounts, sessions."""
    holders = {oid: data[:120] for oid, data in evidence.records if sung(data)}
    assert len(evidence.records) > 100
    assert holders.keys() == evidence.places, holders
    assert [name for name, keys in evidence.tables.items() if sung(" ".join(keys))] == ["identity"]
    assert canary() in evidence.tables["identity"]


@pytest.mark.wall
def test_neither_search_nor_audit_know_the_number(evidence: Evidence) -> None:
    assert evidence.lexicon and not sung(" ".join(evidence.lexicon))
    assert {"customer.open", "customer.identity_number_opened"} <= set(evidence.audit.values())
    assert [action for entry, action in evidence.audit.items() if sung(entry)] == []


@pytest.mark.wall
def test_a_page_that_fails_after_it_has_shown_the_number_logs_none(
    visitor: Any, acting: Any, monkeypatch: Any
) -> None:
    journey = Journey(visitor, acting)
    journey.open()
    owner, officer = visitor(USER_NAME), visitor("handlaggare")
    form = form_to(officer.see(address(journey.customer, "personnummer")), "personnummer")
    monkeypatch.setattr(Skeleton, "support", property(lambda skeleton: 1 / 0))
    with recorded() as log:
        answers = [owner.see(address(journey.case, "meddelanden")), officer.submit(form)]
        answers.append(owner.see(address(journey.case, "ladda-upp?plats=welding")))
    assert [answer.status_int for answer in answers] == [500, 500, 500]
    assert not any(sung(answer.text) for answer in answers)
    assert any("ZeroDivisionError" in line for line in log.lines)
    assert [line for line in log.lines if sung(line)] == []
