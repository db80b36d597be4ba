"""Anybody checks a certificate, by number or by its file."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Event, Semaphore

import pytest
from webtest import Upload

from sp.personcert.certificates.domain import Status
from sp.personcert.foundation.pdf.verdicts import Reason, Verdict
from sp.personcert.public_register import queries
from sp.personcert.public_register.browser import verify
from sp.personcert.public_register.domain import File, Finding, PublicEntry
from tests.reading import tree, words

ENTRY = PublicEntry(
    number="SC1603-12",
    name="CE Person Test",
    type_id="brunnsborrare",
    type_title="Brunnsborrare",
    level_title="Ansvarig AB",
    company="CE Person Test",
    city="Karlskrona",
    valid_from=date(2026, 12, 1),
    valid_to=date(2031, 12, 1),
    state="valid",
    published=True,
)
PDF = b"%PDF-1.7\n"
GENUINE = "Certifikatet är äkta och gäller i dag"
VERDICTS = {
    (File.GENUINE, Status.VALID): GENUINE,
    (File.GENUINE, Status.NOT_YET): "Filen är äkta, men certifikatet gäller inte än",
    (File.GENUINE, Status.NOT_ISSUED): "Filen är äkta, men certifikatet är inte utfärdat än",
    (File.GENUINE, Status.SUSPENDED): "Filen är äkta, men certifikatet är tillfälligt indraget",
    (File.GENUINE, Status.WITHDRAWN): "Filen är äkta, men certifikatet är återkallat",
    (File.GENUINE, Status.EXPIRED): "Filen är äkta, men certifikatet gäller inte längre",
    (File.GENUINE, Status.REPLACED): "Filen är äkta, men certifikatet är ersatt av ett nyare",
    (File.ALTERED, Status.VALID): "Filen är ändrad. Lita inte på den.",
    (File.ALTERED, Status.WITHDRAWN): "Filen är ändrad. Lita inte på den.",
    (File.SIGNED, None): "Vi har signerat filen, men den finns inte i registret",
    (File.BROKEN, None): "Signaturen stämmer inte. Lita inte på filen.",
    (File.STRANGER, None): "Filen kommer inte från oss. Lita inte på den.",
    (File.UNSIGNED, None): "Filen är inte signerad. Lita inte på den.",
    (File.UNKNOWN, None): "Vi kunde inte kontrollera filen. Lita inte på den.",
    (None, Status.VALID): "Certifikatet gäller i dag",
    (None, Status.NOT_YET): "Certifikatet gäller inte än",
    (None, Status.NOT_ISSUED): "Certifikatet är inte utfärdat än",
    (None, Status.SUSPENDED): "Certifikatet är tillfälligt indraget",
    (None, Status.WITHDRAWN): "Certifikatet är återkallat",
    (None, Status.EXPIRED): "Certifikatet gäller inte längre",
    (None, Status.REPLACED): "Certifikatet är ersatt av ett nyare",
}
UNCHANGED = {
    File.GENUINE: "Är filen oförändrad? Ja.",
    File.SIGNED: "Är filen oförändrad? Ja.",
    File.ALTERED: "Är filen oförändrad? Nej.",
    File.BROKEN: "Är filen oförändrad? Det går inte att säga.",
    File.STRANGER: "Är filen oförändrad? Det går inte att säga.",
    File.UNSIGNED: "Är filen oförändrad? Det går inte att säga.",
    File.UNKNOWN: "Är filen oförändrad? Det går inte att säga.",
}
OURS = {
    File.GENUINE: "Har vi signerat den? Ja.",
    File.SIGNED: "Har vi signerat den? Ja.",
    File.ALTERED: "Har vi signerat den? Bara den första delen.",
    File.BROKEN: "Har vi signerat den? Nej.",
    File.STRANGER: "Har vi signerat den? Nej.",
    File.UNSIGNED: "Har vi signerat den? Nej.",
    File.UNKNOWN: "Har vi signerat den? Det går inte att säga.",
}


def uploaded(person, data, name="certifikat.pdf"):
    """The answer to a file."""
    form = next(form for form in person.see("/kontrollera").forms.values() if "file" in form.fields)
    form["file"] = Upload(name, data, "application/pdf")
    return person.submit(form)


def answers(page):
    """The headings of the separate answers."""
    return [words(heading) for heading in tree(page).xpath("//ol[@class='kw-answers']//h4")]


def headline(page):
    """The verdict in one sentence."""
    return words(tree(page).get_element_by_id("svar"))


@pytest.fixture
def granted(portal):
    """The demonstration's granted certificate in the register."""
    return queries.search("Test", "energiexpert")[0]


@pytest.mark.handbook("H2")
def test_a_number_is_answered_from_the_register(visitor, granted):
    page = visitor().see(f"/kontrollera?nr={granted.number.lower()}")
    assert page.status_int == 200
    assert headline(page) == "Certifikatet gäller i dag"
    assert answers(page) == ["Gäller certifikatet i dag? Ja."]
    shown = words(tree(page).xpath("//dl")[0])
    assert all(
        text in shown for text in (granted.number, granted.name, "Energiexpert", "2030-02-03", "Gäller")
    )


def test_unknown_and_unpublished_numbers_are_one_answer(visitor, granted, monkeypatch):
    unknown = visitor().see("/kontrollera?nr=SC9999-99")
    hidden = Finding(None, None, None)
    monkeypatch.setattr(queries, "check_number", lambda number: hidden)
    unpublished = visitor().see(f"/kontrollera?nr={granted.number}")
    assert unknown.status_int == unpublished.status_int == 200
    assert "Vi hittar inget certifikat med det numret" in words(unknown)
    assert words(unknown) == words(unpublished)


@pytest.mark.handbook("H2")
@pytest.mark.parametrize(("file", "status"), [key for key in VERDICTS if key[0]])
def test_every_finding_of_a_file_has_its_words(visitor, monkeypatch, file, status):
    entry = ENTRY if status else None
    monkeypatch.setattr(queries, "check_file", lambda data: Finding(file, entry, status))
    page = uploaded(visitor(), PDF)
    assert page.status_int == 200
    assert headline(page) == VERDICTS[file, status]
    assert answers(page)[:2] == [UNCHANGED[file], OURS[file]]
    assert ("SC1603-12" in headline_and_data(page)) is bool(status)


def headline_and_data(page):
    """The text of the whole answer."""
    return words(tree(page).xpath("//section[contains(@class, 'kw-verdict')]")[0])


@pytest.mark.parametrize("status", [key[1] for key in VERDICTS if key[0] is None])
def test_every_state_of_a_number_has_its_words(visitor, monkeypatch, status):
    monkeypatch.setattr(queries, "check_number", lambda number: Finding(None, ENTRY, status))
    page = visitor().see("/kontrollera?nr=SC1603-12")
    assert headline(page) == VERDICTS[None, status]
    yes = "Ja." if status is Status.VALID else "Nej."
    assert answers(page) == [f"Gäller certifikatet i dag? {yes}"]


def test_only_a_genuine_and_valid_certificate_is_green(visitor, monkeypatch):
    for file, status in (key for key in VERDICTS if key[0]):
        monkeypatch.setattr(queries, "check_file", lambda data, f=file, s=status: Finding(f, None, s))
        green = "kw-verdict--ok" in uploaded(visitor(), PDF).text
        assert green is ((file, status) == (File.GENUINE, Status.VALID)), (file, status)


def test_an_altered_file_of_a_valid_certificate_is_not_said_to_hold(visitor, monkeypatch):
    monkeypatch.setattr(queries, "check_file", lambda data: Finding(File.ALTERED, ENTRY, Status.VALID))
    page = uploaded(visitor(), PDF)
    assert answers(page)[2] == "Gäller certifikatet i dag? Ja, enligt registret."
    assert "Men inte med det som står i den här filen." in words(page)


def test_a_genuine_file_of_an_unpublished_person_shows_no_data(visitor, monkeypatch):
    monkeypatch.setattr(queries, "check_file", lambda data: Finding(File.GENUINE, None, Status.VALID))
    page = uploaded(visitor(), PDF)
    assert headline(page) == GENUINE
    assert "Personen är inte publicerad i registret" in words(page)
    assert tree(page).xpath("//dl") == []


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "Välj en PDF-fil först."),
        (b"PK\x03\x04 something", "Filen är inte en PDF."),
        (b"%PDF-1.7\n" + b"x" * 60, "Filen är för stor för att vara ett av våra certifikat."),
    ],
)
def test_a_file_that_cannot_be_checked_is_refused_with_what_to_do(visitor, monkeypatch, data, sentence):
    monkeypatch.setattr(verify, "LARGEST", 50)
    page = uploaded(visitor(), data)
    assert page.status_int == 422
    assert words(tree(page).get_element_by_id("file-error")).startswith(sentence)
    assert "kw-verdict" not in page.text


def test_no_file_and_no_number_are_asked_for(visitor):
    person = visitor()
    sent, asked = person.send("/kontrollera", {}), person.see("/kontrollera?nr=")
    assert (sent.status_int, asked.status_int) == (422, 422)
    assert "Välj en PDF-fil först." in words(sent)
    assert "Skriv ett certifikatnummer först" in words(asked)


@pytest.mark.wall
def test_nothing_of_an_uploaded_file_is_shown_or_kept(visitor, portal):
    marker = "Jag_är_ett_filnamn"
    size = portal._p_jar.db().lastTransaction()
    page = uploaded(visitor(), PDF + b"<script>alert(1)</script> hemligt innehall %%EOF", f"{marker}.pdf")
    assert page.status_int == 200
    assert marker not in page.text and "hemligt" not in page.text and "alert(1)" not in page.text
    assert portal._p_jar.db().lastTransaction() == size


@pytest.mark.wall
def test_what_is_typed_comes_back_as_text(visitor):
    page = visitor().see("/kontrollera?nr=%3Cscript%3Ealert(1)%3C/script%3E")
    assert "<script>alert" not in page.text


def test_the_demonstration_says_that_its_certificates_are_not_real(visitor, monkeypatch):
    note = "Demonstration: certifikaten är inte riktiga."
    monkeypatch.setenv("SP_DEMO", "1")
    assert note in words(visitor().see("/kontrollera"))
    monkeypatch.setenv("SP_DEMO", "")
    assert note not in words(visitor().see("/kontrollera"))


@pytest.mark.handbook("H3")
def test_the_page_recommends_the_signed_file_to_its_holder(visitor):
    advice = (
        "Vi rekommenderar därför våra kunder att absolut använda sig av dessa PDF certifikat "
        "när man sänder offerter till kunder."
    )
    assert advice in words(visitor().see("/kontrollera"))


def test_the_staff_check_certificates_on_the_same_page(visitor, granted):
    page = visitor("handlaggare").see(f"/kontrollera?nr={granted.number}")
    assert headline(page) == "Certifikatet gäller i dag"


def test_few_strange_files_are_judged_at_once_and_the_others_are_asked_to_wait(visitor, monkeypatch):
    """Somebody who sends slow files keeps two threads busy, never the whole site."""
    began, go_on = Semaphore(0), Event()

    def slow(data, trust):
        began.release()
        assert go_on.wait(20)
        return Verdict(Reason.ERROR)

    monkeypatch.setattr(queries, "check_in_child", slow)
    people = [visitor() for _ in range(queries.AT_ONCE + 1)]
    with ThreadPoolExecutor(queries.AT_ONCE) as pool:
        waiting = [pool.submit(send_file, person, b"%PDF-1.4 strange") for person in people[1:]]
        for _ in waiting:
            assert began.acquire(timeout=20)
        refused = send_file(people[0], b"%PDF-1.4 strange")
        go_on.set()
        answers = [one.result() for one in waiting]
    assert refused.status_int == 422
    assert "Många kontrollerar certifikat just nu" in words(refused)
    assert {answer.status_int for answer in answers} == {200}


def send_file(person, data):
    """Send a PDF to the verify page."""
    return person.send("/kontrollera", upload_files=[("file", "certifikat.pdf", data)])
