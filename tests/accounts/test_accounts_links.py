"""One-use links: what the mail holds, what is stored, and that asking tells nobody anything."""

import re
import time
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
import transaction
from plone import api

from sp.personcert.accounts import hashing, storage
from sp.personcert.accounts.domain import LinkKind
from sp.personcert.accounts.operations import administration, links, opening
from sp.personcert.accounts.queries import link_holder, users
from sp.personcert.demo.people import PASSWORD
from sp.personcert.foundation import audit
from sp.personcert.foundation.clock import later
from sp.personcert.testing import environment
from sp.personcert.testing.tasks import queued_urls, run_due

OFFICERS, MAIL_OF_ADMINISTRATOR = "personcert-officers", "administrator@example.se"
NEW = "Nio-grusiga-brunnar-1"
CODE = re.compile(r"/valj-losenord\?kod=([\w.-]+)")
MAIL = Path(environment.FOLDER) / "mail"


def letters() -> list[str]:
    """The texts of the letters that were sent, oldest first."""
    files = sorted(MAIL.glob("*.eml"), key=lambda file: file.stat().st_mtime_ns)
    parsed = [message_from_bytes(file.read_bytes(), policy=default) for file in files]
    texts = [f"{one['To']} {one['Subject']}\n{one.get_body(('plain',)).get_content()}" for one in parsed]
    return [text for text in texts if "certifikat" not in text]


@pytest.fixture(autouse=True)
def _an_empty_mailbox(portal):
    run_due()
    for file in MAIL.glob("*.eml"):
        file.unlink()


@pytest.fixture
def user_id(portal) -> str:
    """The handbook's customer."""
    return api.user.get(username="ceper").getId()


@pytest.fixture
def code(portal, user_id) -> str:
    """The code of a link that was asked for."""
    links.ask_for_reset(portal.REQUEST, "ceper")
    run_due()
    return CODE.findall(letters()[-1])[0]


@pytest.mark.handbook("H12")
def test_the_link_chooses_a_password_once_and_the_owner_is_told(portal, user_id, code):
    text = letters()[-1]
    assert "ceper@example.se Välj ett nytt lösenord" in text and "Ditt användarnamn är: ceper" in text
    assert PASSWORD not in text
    links.choose_password(portal.REQUEST, code, NEW, NEW)
    assert users().matches(user_id, NEW)
    with pytest.raises(links.LinkOver):
        links.choose_password(portal.REQUEST, code, NEW + "x", NEW + "x")
    run_due()
    assert "Ditt lösenord är ändrat" in letters()[-1] and not CODE.search(letters()[-1])


@pytest.mark.wall
def test_only_the_hash_of_the_code_is_stored(portal, user_id, code):
    kept = storage.account(user_id).link
    assert code.partition(".")[2] not in repr(kept) and len(kept.code_hash) == 64
    assert len(code.partition(".")[2]) >= 43
    assert not any(code in url or "kod" in url for url in queued_urls())


@pytest.mark.wall
def test_a_link_dies_when_the_address_of_a_member_of_the_staff_changes(portal, acting):
    colleague = api.user.get(username="handlaggare").getId()
    code = links.make_link(colleague, LinkKind.HELP)
    portal._p_jar.sync()
    with acting("administrator"):
        administration.change_staff_account(colleague, "Handläggare Demo", "ny@example.se", [OFFICERS])
    with pytest.raises(links.LinkOver):
        links.choose_password(portal.REQUEST, code, NEW, NEW)
    run_due()
    assert "handlaggare@example.se Din e-postadress är ändrad" in letters()[-1]


@pytest.mark.wall
def test_looking_at_a_link_changes_nothing(portal, user_id, code):
    transaction.commit()
    assert link_holder(code).user_name == "ceper"
    assert link_holder(code).kind is LinkKind.RESET
    assert not portal._p_jar._registered_objects


@pytest.mark.wall
def test_only_the_newest_link_opens(portal, user_id, code):
    links.ask_for_reset(portal.REQUEST, "ceper")
    run_due()
    newest = CODE.findall(letters()[-1])[0]
    assert link_holder(code) is None and link_holder(newest) is not None


@pytest.mark.wall
def test_a_link_opens_for_sixty_minutes(portal, user_id, code):
    with later(59 * 60):
        assert link_holder(code) is not None
    with later(61 * 60):
        assert link_holder(code) is None


@pytest.mark.wall
@pytest.mark.parametrize(
    "change", ["", "x", ".", "å.å", "{user}.", "{user}.x", "{other}.{secret}", "{code}x", "\0"]
)
def test_another_code_opens_nothing(portal, user_id, code, change):
    other = api.user.get(username="enkel").getId()
    tried = change.format(user=user_id, other=other, code=code, secret=code.partition(".")[2])
    assert link_holder(tried) is None
    with pytest.raises(links.LinkOver):
        links.choose_password(portal.REQUEST, tried, NEW, NEW)
    assert users().matches(user_id, PASSWORD)


def test_a_password_that_breaks_the_rules_leaves_the_link_alive(portal, user_id, code):
    with pytest.raises(links.Refused):
        links.choose_password(portal.REQUEST, code, "kort", "kort")
    assert link_holder(code) is not None


@pytest.mark.wall
def test_a_link_is_dead_for_a_disabled_account_and_after_any_new_password(portal, user_id, code):
    storage.account(user_id).is_disabled = True
    assert link_holder(code) is None
    storage.account(user_id).is_disabled = False
    assert link_holder(code) is not None
    users().updateUserPassword(user_id, NEW)
    assert link_holder(code) is None


def measured(portal, monkeypatch, user_name: str) -> tuple[int, int, int, set[str]]:
    """Verifications, outbox inserts, entries, and what was written, of one request for a link."""
    verified = []
    monkeypatch.setattr(hashing, "verify", lambda *pair: verified.append(pair) or False)
    tasks, entries = len(queued_urls()), len(list(audit.entries_for(portal)))
    transaction.commit()
    links.ask_for_reset(portal.REQUEST, user_name)
    written = {type(one).__name__ for one in portal._p_jar._registered_objects}
    noted = len(list(audit.entries_for(portal))) - entries
    return len(verified), len(queued_urls()) - tasks, noted, written


@pytest.mark.wall
@pytest.mark.handbook("H12")
def test_asking_for_a_known_and_an_unknown_name_runs_the_same_way(portal, monkeypatch):
    known, unknown = measured(portal, monkeypatch, "ceper"), measured(portal, monkeypatch, "ingen")
    assert known == unknown
    assert known[:3] == (0, 1, 1)


@pytest.mark.wall
def test_asking_answers_with_the_same_bytes_also_while_no_mail_leaves(visitor, monkeypatch):
    monkeypatch.delenv("SP_MAIL_DIR")
    pages = []
    for user_name in ("ceper", "ingen"):
        person = visitor()
        form = next(iter(person.see("/glomt-losenord").forms.values()))
        form["user_name"] = user_name
        answer = person.submit(form)
        answer = person.see(answer.location) if answer.status_int == 303 else answer
        pages.append((answer.status_int, len(answer.body)))
    run_due()
    assert pages[0] == pages[1] and pages[0][0] == 200
    assert letters() == []


@pytest.mark.wall
def test_an_unknown_name_sends_nothing_and_is_no_failure(portal):
    links.ask_for_reset(portal.REQUEST, "ingen")
    run_due()
    assert letters() == [] and not any("send-account-letter" in url for url in queued_urls())


@pytest.mark.wall
def test_nobodys_mailbox_is_filled_and_the_owner_gets_a_link_an_hour_later(portal, monkeypatch):
    for _ in range(12):
        links.ask_for_reset(portal.REQUEST, "ceper")
    run_due()
    assert len(letters()) == 3
    real = time.time
    monkeypatch.setattr("time.time", lambda: real() + 3601)
    links.ask_for_reset(portal.REQUEST, "ceper")
    run_due()
    assert len(letters()) == 4


@pytest.mark.wall
def test_a_known_device_asks_for_a_link_while_strangers_fill_the_limit(portal, visitor):
    owner = visitor("ceper")
    owner.submit(owner.see("/start").forms["logout"])
    for person in (visitor(), visitor(), visitor(), visitor(), owner):
        form = next(iter(person.see("/glomt-losenord").forms.values()))
        form["user_name"] = "ceper"
        person.submit(form)
    run_due()
    assert len(letters()) == 4


def test_a_user_who_came_by_stock_means_gets_a_link(portal):
    with api.env.adopt_roles(["Manager"]):
        user = api.user.create(username="gammal", email="gammal@example.se", password=NEW)
    assert storage.account(user.getId()) is None
    links.ask_for_reset(portal.REQUEST, "gammal")
    run_due()
    assert link_holder(CODE.findall(letters()[-1])[0]).user_name == "gammal"


@pytest.mark.handbook("H8")
def test_a_new_accounts_mail_has_the_user_name_and_a_link_and_no_password(portal, acting, customer):
    tom = customer("tom")
    tom.user_id = ""
    with acting("handlaggare"):
        new_id = opening.open_customer_account(tom, "C129291x")
    assert not users().is_usable(new_id)
    run_due()
    (text,) = letters()
    assert "tom@example.se Ditt konto på Kundwebben" in text and "Ditt användarnamn är: c129291x" in text
    assert link_holder(CODE.findall(text)[0]).kind is LinkKind.ACTIVATION
    assert "gäller i 7 dagar" in text


def test_a_mail_that_was_put_off_comes_with_a_fresh_link(portal, user_id, monkeypatch):
    folder = environment.ENVIRONMENT["SP_MAIL_DIR"]
    monkeypatch.delenv("SP_MAIL_DIR")
    links.ask_for_reset(portal.REQUEST, "ceper")
    run_due()
    first = storage.account(user_id).link
    monkeypatch.setenv("SP_MAIL_DIR", folder)
    run_due(after=4000)
    assert len(letters()) == 1
    assert storage.account(user_id).link != first
    assert link_holder(CODE.findall(letters()[0])[0]).user_id == user_id


@pytest.mark.wall
def test_what_a_stranger_asks_for_does_not_shorten_a_new_accounts_link(portal, acting, customer):
    tom = customer("tom")
    tom.user_id = ""
    with acting("handlaggare"):
        opening.open_customer_account(tom, "tom.ny")
    run_due()
    links.ask_for_reset(portal.REQUEST, "tom.ny")
    run_due()
    assert "Ditt konto på Kundwebben" in letters()[-1]
    with later(3 * 86400):
        assert link_holder(CODE.findall(letters()[-1])[0]).kind is LinkKind.ACTIVATION


@pytest.mark.wall
def test_the_former_address_is_told_of_a_new_one(portal, acting):
    user_id = api.user.get(username="handlaggare").getId()
    with acting("administrator"):
        administration.change_staff_account(user_id, "Demo", "ny@example.se", ["personcert-officers"])
    run_due()
    assert letters()[-1].startswith("handlaggare@example.se Din e-postadress är ändrad")


@pytest.mark.wall
def test_a_stolen_session_of_an_administrator_does_not_take_the_account_over(portal, acting):
    user_id = api.user.get(username="administrator").getId()
    groups = ["personcert-administrators"]
    with acting("administrator"):
        for attack in (
            lambda: administration.change_staff_account(user_id, "Demo", "tjuv@example.org", groups),
            lambda: administration.change_staff_account(
                user_id, "Demo", MAIL_OF_ADMINISTRATOR, [*groups, OFFICERS]
            ),
            lambda: administration.reset_second_factor(user_id),
            lambda: administration.disable(user_id),
        ):
            with pytest.raises(administration.Refused):
                attack()
        administration.change_staff_account(user_id, "Nytt Namn Demo", MAIL_OF_ADMINISTRATOR, groups)
    assert api.user.get(userid=user_id).getProperty("email") == MAIL_OF_ADMINISTRATOR
