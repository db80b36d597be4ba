"""Mina inloggningar: where a person is logged in, ending it, and new recovery codes."""

import pyotp
import pytest
import transaction

from sp.personcert.accounts import storage
from sp.personcert.demo.people import PASSWORD
from sp.personcert.testing.visitor import Visitor
from tests.accounts.pages import alert, form_at, id_of, receipt
from tests.reading import column, tree, words

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0"
SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.1 Mobile/15E148 Safari/604.1"
)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
FORMS = ("avsluta-inloggning", "avsluta-andra", "nya-reservkoder")


@pytest.fixture
def at_device(visitor):
    """Somebody logged in with a browser of this name, from this address."""

    def log_in(user_name: str, agent: str, address: str = "192.0.2.1") -> Visitor:
        person = visitor()
        person.extra_environ |= {"HTTP_USER_AGENT": agent, "REMOTE_ADDR": address}
        person.log_in(user_name, PASSWORD)
        return person

    return log_in


@pytest.fixture
def officer(visitor):
    """An officer with an app and two recovery codes left."""
    person = visitor("handlaggare")
    transaction.begin()
    account = storage.account(id_of("handlaggare"))
    account.factor_secret, account.recovery_hashes = SECRET, (b"a", b"b")
    transaction.commit()
    return person


def devices(page) -> list[str]:
    """Where the page says that one is logged in."""
    return [words(cell) for cell in tree(page).xpath("//table[@aria-labelledby='nu']//tbody//th")]


def held(user_name: str) -> int:
    """How many sessions are stored."""
    transaction.begin()
    return len(storage.account(id_of(user_name)).sessions)


def test_each_login_is_told_with_device_address_time_and_means(at_device):
    at_device("ceper", FIREFOX, "198.51.100.7")
    page = at_device("ceper", SAFARI, "2001:db8::1").see("/inloggningar")
    assert devices(page) == ["Safari på iPhone den här", "Firefox på Windows"]
    assert column(page, "IP-adress")[:2] == ["2001:db8::1", "198.51.100.7"]
    assert column(page, "Slag") == ["Delad dator", "Delad dator"]
    assert column(page, "Inloggad med")[:2] == ["Lösenord", "Lösenord"]
    latest = tree(page).xpath("//table[@aria-labelledby='senaste']//tbody/tr")
    assert [words(row.xpath("td")[0]) for row in latest] == ["Safari på iPhone", "Firefox på Windows"]
    assert all(len(words(row.xpath("th")[0])) == len("2026-11-24 09:00") for row in latest)


def test_a_private_computer_and_a_code_are_told(visitor):
    person = visitor()
    form = person.see("/login").forms["login"]
    form["user_name"], form["password"], form["private"] = "ceper", PASSWORD, True
    person.submit(form)
    transaction.begin()
    account = storage.account(id_of("ceper"))
    account.logins = tuple(
        type(login)(login.moment, "password recovery", login.address, login.agent) for login in account.logins
    )
    transaction.commit()
    page = person.see("/inloggningar")
    assert column(page, "Slag") == ["Privat dator"]
    assert column(page, "Inloggad med") == ["Lösenord", "Lösenord, reservkod"]


def test_what_a_browser_calls_itself_is_never_shown_as_it_stands(at_device):
    page = at_device("ceper", "<script>alert(1)</script>").see("/inloggningar")
    assert devices(page) == ["Okänd webbläsare den här"]
    assert "alert(1)" not in page.text


@pytest.mark.wall
def test_another_login_is_ended_at_once(at_device):
    stolen, owner = at_device("ceper", FIREFOX), at_device("ceper", SAFARI)
    page = owner.submit(form_at(owner.see("/inloggningar"), "avsluta-inloggning"))
    page = owner.see(page.location)
    assert "Inloggningen är avslutad." in receipt(page)
    assert devices(page) == ["Safari på iPhone den här"]
    assert stolen.see("/start").status_int == 302
    assert owner.see("/start").status_int == 200
    assert held("ceper") == 1


@pytest.mark.wall
def test_all_others_are_ended_and_this_one_stays(at_device):
    others = [at_device("ceper", FIREFOX) for _ in range(3)]
    owner = at_device("ceper", SAFARI)
    page = owner.submit(form_at(owner.see("/inloggningar"), "avsluta-andra"))
    page = owner.see(page.location)
    assert "Alla andra inloggningar är avslutade." in receipt(page)
    assert not [form for form in page.forms.values() if "avsluta" in form.action]
    assert {person.see("/start").status_int for person in others} == {302}
    assert held("ceper") == 1


def test_two_tabs_end_the_same_login_without_harm(at_device):
    at_device("ceper", FIREFOX)
    owner = at_device("ceper", SAFARI)
    form = form_at(owner.see("/inloggningar"), "avsluta-inloggning")
    assert [owner.submit(form).status_int for _ in range(2)] == [303, 303]
    assert held("ceper") == 1


@pytest.mark.wall
def test_nobody_ends_the_login_of_another(at_device):
    victim = at_device("ceper", FIREFOX)
    attacker, at_device_too = at_device("enkel", SAFARI), at_device("enkel", FIREFOX)
    session_id = next(iter(storage.account(id_of("ceper")).sessions))
    form = form_at(attacker.see("/inloggningar"), "avsluta-inloggning")
    changed = dict(form.submit_fields()) | {"kept": session_id}
    assert attacker.send("/avsluta-inloggning", changed).status_int == 403
    assert at_device_too.see("/start").status_int == 200
    stolen = dict(form_at(victim.see("/inloggningar"), "logout").submit_fields())
    assert attacker.send("/avsluta-andra", stolen).status_int == 403
    assert attacker.send("/avsluta-inloggning", {"kept": session_id}).status_int == 403
    assert victim.see("/start").status_int == 200


@pytest.mark.parametrize(
    "fields", [{}, {"kept": "x" * 10_000, "form_token": "\x00å"}, {"form_token": "0" * 64}]
)
@pytest.mark.parametrize("name", FORMS)
def test_bad_tokens_are_told_in_a_plain_sentence(ceper, name, fields):
    page = ceper.send(f"/{name}", fields)
    assert page.status_int == 403
    assert "Sidan var för gammal" in alert(page)
    assert held("ceper") == 1


@pytest.mark.wall
def test_the_public_is_led_to_the_login(visitor):
    for name in ("inloggningar", *FORMS):
        assert visitor().see(f"/{name}").location.endswith(f"/login?came_from=%2Fplone%2F{name}")
        assert "/login" in visitor().send(f"/{name}").location


def test_the_address_of_a_form_leads_to_the_page(ceper):
    for name in FORMS:
        assert ceper.see(f"/{name}").location.endswith("/inloggningar")


def test_who_has_no_app_has_no_recovery_codes(ceper):
    assert "Reservkoder" not in words(ceper.see("/inloggningar"))


def test_new_recovery_codes_are_shown_once_and_take_the_place_of_the_old(officer):
    page = officer.see("/inloggningar")
    assert "Reservkoder kvar: 2" in words(page)
    form = form_at(page, "nya-reservkoder")
    form["code"] = f" {pyotp.TOTP(SECRET).now()} "
    page = officer.submit(form)
    shown = [words(code) for code in tree(page).xpath("//code")]
    assert len(shown) == 10 and "visas bara den här gången" in words(page)
    assert "Reservkoder kvar: 10" in words(page)
    assert "no-store" in page.headers["Cache-Control"]
    assert not tree(officer.see("/inloggningar")).xpath("//code")
    transaction.begin()
    kept = storage.account(id_of("handlaggare")).recovery_hashes
    assert len(kept) == 10 and not {b"a", b"b"} & set(kept)


@pytest.mark.wall
def test_the_same_code_does_not_count_twice(officer):
    form = form_at(officer.see("/inloggningar"), "nya-reservkoder")
    form["code"] = pyotp.TOTP(SECRET).now()
    officer.submit(form)
    transaction.begin()
    kept = storage.account(id_of("handlaggare")).recovery_hashes
    assert officer.submit(form).status_int == 422
    transaction.begin()
    assert storage.account(id_of("handlaggare")).recovery_hashes == kept


@pytest.mark.parametrize("code", ["", " ", "000000", "x" * 10_000, "\x00", "<script>alert(1)</script>", "a"])
def test_a_wrong_code_makes_nothing(officer, code):
    form = form_at(officer.see("/inloggningar"), "nya-reservkoder")
    form["code"] = code
    page = officer.submit(form)
    assert page.status_int == 422
    assert alert(page) and "<script>alert" not in page.text
    transaction.begin()
    assert storage.account(id_of("handlaggare")).recovery_hashes == (b"a", b"b")
