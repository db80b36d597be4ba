"""The demonstration's letters, at the machine and from anywhere else."""

import os
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from uuid import uuid4

import pytest
import transaction

from sp.personcert.demo.people import PASSWORD
from sp.personcert.foundation import mail
from sp.personcert.foundation.settings import base_url
from sp.personcert.portal.browser import demo_letters
from sp.personcert.testing.visitor import Visitor
from tests.reading import column, tree, words

PAGE = "/demobrev"


@pytest.fixture
def here(portal):
    """Somebody at the machine."""
    transaction.commit()
    return Visitor(address="127.0.0.1")


def put(subject="Hej", text="Ett brev.", age=0, to="ceper@example.se", name=""):
    """A letter in the folder; its id."""
    letter_id = name or str(uuid4())
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = "SP <sp@example.se>", to, subject
    message["Message-ID"] = f"<{letter_id}@kundwebb.example.se>"
    message.set_content(text)
    message.add_alternative(f"<p>{text}</p>", subtype="html")
    stored(letter_id, message.as_bytes(), age)
    return letter_id


def stored(letter_id, data, age=0):
    """A file in the folder, so many seconds old."""
    path = Path(os.environ["SP_MAIL_DIR"]) / f"{letter_id}.eml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    os.utime(path, (1_800_000_000 - age, 1_800_000_000 - age))


def subjects(page):
    """The list, from top to bottom."""
    return [words(cell) for cell in tree(page).xpath("//tbody//th")]


def test_who_is_at_the_machine_reads_the_newest_letter_first(here):
    put("Äldre brev", age=60)
    put("Nyare brev")
    page = here.see(PAGE)
    assert subjects(page) == ["Nyare brev", "Äldre brev"]
    assert column(page, "Till") == ["ceper@example.se"] * 2
    assert column(page, "När") == ["2027-01-15 09:00:00", "2027-01-15 08:59:00"]


def test_a_letter_is_shown_as_plain_text_with_its_headers(here):
    letter_id = put("Länk <b>", "Hej!\n\nRad ett\nRad två <script>kw(1)</script>")
    page = here.see(PAGE).click("Länk")
    assert words(tree(page).xpath("//h1")[0]) == "Länk <b>"
    assert f"Message-ID <{letter_id}@kundwebb.example.se>".replace(" ", "") in words(page).replace(" ", "")
    paragraphs = [words(one) for one in tree(page).xpath("//article/p")]
    assert paragraphs == ["Hej!", "Rad ettRad två <script>kw(1)</script>"]
    assert "<script>kw" not in page.text


def test_a_link_into_the_site_can_be_followed_and_no_other(here):
    inside = f"{base_url()}/valj-losenord?kod=abc_1-2."
    outside = ("https://evil.example/x", f"{base_url()}.evil.example/", f"{base_url()}//evil.example")
    outside += (f"{base_url()}@evil.example", "javascript:alert(1)", base_url().replace("kundwebb", "annan"))
    page = here.see(f"{PAGE}?brev={put(text=' '.join([inside, *outside]))}")
    assert tree(page).xpath("//article//a/@href") == ["/plone/valj-losenord?kod=abc_1-2"]


@pytest.mark.wall
def test_a_site_at_the_root_of_its_host_links_to_itself_alone(monkeypatch):
    monkeypatch.setattr(demo_letters, "base_url", lambda: "https://kundwebb.example.se")
    for tail in (
        "//evil.example",
        "@evil.example",
        ".evil.example/",
        ":80/x",
        "\\evil.example",
        "#x",
        "/\\evil.example",
        "/x\\y",
    ):
        line = f"Se https://kundwebb.example.se{tail} nu"
        assert [piece.href for piece in demo_letters.pieces(line) if piece.href] == [], tail
    found = list(demo_letters.pieces("Se https://kundwebb.example.se/start, nu"))
    assert [(piece.text, piece.href) for piece in found][1:] == [
        ("https://kundwebb.example.se/start", "/start"),
        (", nu", ""),
    ]


def test_a_letter_that_a_task_sent_is_found_by_the_tasks_id(here, customer, portal):
    letter = mail.Letter("Provbrev", ("En mening.",))
    task_id = str(uuid4())
    stored(task_id, mail.compose("ceper@example.se", "sv", letter, task_id).as_bytes())
    page = here.see(f"{PAGE}?brev={task_id}")
    assert words(tree(page).xpath("//h1")[0]) == "Provbrev"
    assert tree(page).xpath("//article//a/@href") == ["/plone/start"]


def test_fifty_letters_stand_on_a_page(here, monkeypatch):
    monkeypatch.setattr(demo_letters, "PAGE_SIZE", 2)
    for age in range(5):
        put(f"Brev {age}", age=age)
    seen, page = [], here.see(PAGE)
    for _ in range(3):
        seen += subjects(page)
        older = tree(page).xpath("//nav[@class='kw-pager']/a[contains(., 'äldre')]/@href")
        page = here.see(older[0]) if older else page
    assert seen == [f"Brev {age}" for age in range(5)] and not older
    for number in ("0", "-1", "9" * 400, "x", "%D9%A3", "99"):
        assert here.see(f"{PAGE}?sida={number}").status_int == 200


def test_a_file_that_is_no_letter_is_left_out(here):
    put("Helt brev")
    for data in (b"", b"\xff\xfe\x00", b"Subject: =?utf-8?b?////?=\n\n", b"To: x\nContent-Type: text/x;"):
        stored(str(uuid4()), data)
    broken = str(uuid4())
    stored(broken, b"To: a@example.se\nSubject: x\nContent-Type: text/plain; charset=klingon\n\n\xff")
    assert subjects(here.see(PAGE)) == ["Helt brev"]
    assert here.see(f"{PAGE}?brev={broken}").status_int == 404


def test_an_empty_folder_says_so(here):
    assert "Här finns inga brev än." in words(here.see(PAGE))


def test_an_administrator_reads_them_from_anywhere(visitor):
    put("Hej")
    assert subjects(visitor("administrator").see(PAGE)) == ["Hej"]


@pytest.mark.wall
@pytest.mark.parametrize("who", ["", "ceper", "handlaggare", "beslutsfattare"])
def test_for_everybody_else_there_is_no_such_page(visitor, who):
    person, letter_id = visitor(who), put("Hemlig länk")
    for address in (PAGE, f"{PAGE}?brev={letter_id}"):
        answer = person.see(address)
        assert (answer.status_int, answer.body) == (404, person.see("/not-there").body)
        assert "demobrev" not in person.see("/login").text


@pytest.mark.wall
@pytest.mark.parametrize("variable", ["SP_DEMO", "SP_MAIL_DIR"])
@pytest.mark.parametrize("who", ["", "administrator"])
def test_outside_a_demonstration_nobody_has_the_page(portal, monkeypatch, variable, who):
    letter_id = put("Hemlig länk")
    transaction.commit()
    person = Visitor(address="127.0.0.1")
    if who:
        person.log_in(who, PASSWORD)
    monkeypatch.delenv(variable)
    for address in (PAGE, f"{PAGE}?brev={letter_id}"):
        answer = person.see(address)
        assert (answer.status_int, answer.body) == (404, person.see("/not-there").body)
    assert "demobrev" not in Visitor(address="127.0.0.1").see("/login").text


@pytest.mark.wall
@pytest.mark.parametrize("address", ["192.0.2.1", "10.0.0.1", "::2", "", "localhost", "127.0.0.1, 192.0.2.1"])
def test_another_address_is_not_the_machine(portal, address):
    transaction.commit()
    assert Visitor(address=address).see(PAGE).status_int == 404


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.0.1", "::1", "::ffff:127.0.0.1"])
def test_every_loopback_address_is_the_machine(portal, address):
    transaction.commit()
    assert Visitor(address=address).see(PAGE).status_int == 200


@pytest.mark.parametrize(
    "host", ["kundwebb.example.se", "localhost", "127.0.0.1", "127.0.0.1:8080", "[::1]:8080"]
)
def test_at_the_machine_the_site_is_asked_for_by_its_name_or_the_machines(portal, host):
    transaction.commit()
    assert Visitor(host=host, address="127.0.0.1").see(PAGE).status_int == 200


@pytest.mark.wall
@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8080",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "127.0.0.2",
        "[",
        "",
    ],
)
def test_a_name_that_was_made_to_lead_here_shows_no_letters(portal, host):
    put("Hemlig länk")
    transaction.commit()
    person = Visitor(host=host, address="127.0.0.1")
    assert person.see(PAGE).status_int == 404
    assert "demobrev" not in person.see("/login").text


@pytest.mark.wall
@pytest.mark.parametrize(
    "header", ["X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Server", "Forwarded", "Via", "X-Real-IP"]
)
def test_a_proxy_that_nobody_declared_is_not_the_machine(here, header):
    put("Hemlig länk")
    assert here.see(PAGE, headers={header: "127.0.0.1"}).status_int == 404
    assert "demobrev" not in here.see("/login", headers={header: "127.0.0.1"}).text


@pytest.mark.wall
def test_no_name_leads_out_of_the_folder(here):
    outside = Path(os.environ["SP_MAIL_DIR"]).parent / "hemlig.eml"
    outside.write_bytes(b"To: a@example.se\nSubject: Hemlig\n\nHemlig\n")
    put(name="x" * 36)
    names = ("../hemlig", "..%2Fhemlig", "../hemlig".ljust(36, "a"), "/etc/passwd", "%00", "x" * 36, "a" * 35)
    for name in names:
        answer = here.see(f"{PAGE}?brev={name}")
        assert (answer.status_int, "Hemlig" in answer.text) == (404, False), name
    assert here.see(f"{PAGE}?brev={'0' * 8}-{'0' * 4}-{'0' * 4}-{'0' * 4}-{'0' * 12}").status_int == 404
    assert here.see(f"{PAGE}?brev:list=..&brev:list=x").status_int == 404
    outside.unlink()


def test_strangers_at_the_machine_are_told_where_letters_are(here):
    page = here.see("/login")
    assert "Demonstration: uppgifterna är påhittade. Brev som skickas syns här." in words(page)
    assert page.click("Brev som skickas syns här").request.path.endswith(PAGE)
