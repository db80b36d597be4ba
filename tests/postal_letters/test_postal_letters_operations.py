"""Letters to those whom e-mail does not reach: filed, printed, ticked off, taken back."""

import subprocess
from dataclasses import replace
from datetime import date, datetime, timedelta
from email import message_from_bytes, policy

import pytest
from plone import api

from sp.personcert.customers import operations as customers
from sp.personcert.customers.domain import AddressFault, CompanyDetails
from sp.personcert.foundation import audit, mail
from sp.personcert.foundation.errors import NotAllowed, Refused
from sp.personcert.messages import operations as messages
from sp.personcert.postal_letters import operations, queries
from sp.personcert.postal_letters.domain import LetterState, Obstacle
from sp.personcert.testing.tasks import run_due

TODAY = date(2026, 11, 23)
PAPERS = {"print": operations.print_letters, "post": operations.tick_off}


def user_id(user_name):
    """The id of an account."""
    return api.user.get(username=user_name).getId()


def text_of(data, folder):
    """The text of a PDF, as it lies on the page."""
    (folder / "letters.pdf").write_bytes(data)
    command = ["pdftotext", "-layout", folder / "letters.pdf", "-"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def entries(customer, action):
    """The audit's entries of one kind about a customer."""
    return [one for one in audit.entries_for(customer, below=False) if one.action == action]


@pytest.mark.handbook("H42")
def test_an_analog_customer_gets_no_mail_and_one_letter_with_the_same_text(
    acting, analog, drillers, letters_of, mails, tmp_path
):
    with acting("handlaggare"):
        messages.start(drillers, "Notering", "Hej", "0" * 32)
        run_due(after=700)
        (letter,) = letters_of(analog)
        assert [one.letter for one in queries.waiting(TODAY)] == [letter]
        page = " ".join(text_of(operations.print_letters([letter.id]), tmp_path).split())
    assert mails() == []
    said = mail.notice_letter(["new_message"], "sv")
    for words in (said.subject, *said.sentences, "Hej!", "support.person@sp.se", "Vänliga hälsningar"):
        assert words in page
    assert "Kundwebben: kundwebb.example.se/plone" in page and "http" not in page
    assert "CE Person Test Stumholmen 10" in page and "371 23 Karlskrona" in page and "Box 857" in page
    assert "811218" not in page and "ca" + "555436" not in page


def test_a_digital_customer_gets_a_mail_and_no_letter(customer, notify, letters_of, mails):
    notify(customer("ceper"))
    assert len(mails()) == 1 and letters_of(customer("ceper")) == []


@pytest.mark.parametrize("why", ["no address", "protected"])
def test_who_cannot_have_mail_gets_a_letter_at_once(acting, customer, notify, letters_of, mails, why):
    person = customer("tom")
    if why == "protected":
        with acting("handlaggare"):
            customers.protect_identity(person, True, {user_id("handlaggare")})
    else:
        person.person = replace(person.person, email="")
    notify(person)
    assert mails() == [] and [one.state for one in letters_of(person)] == [LetterState.WAITING]


def test_several_notices_are_one_letter(acting, analog, notify, letters_of, tmp_path):
    mail.queue_notice(analog, "supplement_requested")
    notify(analog)
    (letter,) = letters_of(analog)
    assert sorted(letter.kinds) == ["new_message", "supplement_requested"]
    with acting("handlaggare"):
        page = " ".join(text_of(operations.print_letters([letter.id]), tmp_path).split())
    assert "vad vi behöver från dig, och till när" in page and "ett nytt meddelande till dig" in page


def test_the_same_key_is_one_letter_whatever_has_become_of_it(acting, analog, letters_of):
    for _time in range(2):
        operations.put(analog, ["new_message"], "sv", None, "key")
    (letter,) = letters_of(analog)
    with acting("handlaggare"):
        operations.cancel(letter.id)
    operations.put(analog, ["new_message"], "sv", None, "key")
    assert [one.state for one in letters_of(analog)] == [LetterState.CANCELLED]


def test_a_letter_is_printed_again_ticked_off_and_gone_from_the_list(acting, analog, notify, letters_of):
    notify(analog)
    (letter,) = letters_of(analog)
    with acting("handlaggare"):
        assert operations.print_letters([letter.id]).startswith(b"%PDF")
    with acting("handlaggare2"):
        operations.print_letters([letter.id, letter.id])
        assert queries.count(TODAY) == 1
        assert operations.tick_off([letter.id]) == 1
        assert queries.waiting(TODAY) == [] and queries.count(TODAY) == 0
        with pytest.raises(Refused):
            operations.print_letters([letter.id])
        with pytest.raises(Refused):
            operations.tick_off([letter.id])
    (now,) = letters_of(analog)
    assert (now.state, now.printed_by, now.posted_by) == (
        LetterState.POSTED,
        user_id("handlaggare2"),
        user_id("handlaggare2"),
    )
    assert now.printed_at.startswith("2026-11-23T09:00") and now.posted_at.startswith("2026-11-23T09:00")


def test_each_letter_leaves_an_entry_on_its_customer(acting, analog, other, notify, letters_of):
    notify(analog, other)
    found = {one: letters_of(one)[0].id for one in (analog, other)}
    with acting("handlaggare"):
        operations.print_letters(found.values())
        operations.tick_off([found[analog]])
        operations.cancel(found[other])
    for person, letter in found.items():
        (entry,) = entries(person, "letter.print")
        assert entry.user_id == user_id("handlaggare")
        assert audit.details_of(entry) == {"letter": letter}
    assert len(entries(analog, "letter.post")) == len(entries(other, "letter.cancel")) == 1
    assert not entries(analog, "letter.cancel") and not entries(other, "letter.post")


def test_only_what_is_printed_is_ticked_off(acting, analog, other, notify, letters_of):
    notify(analog, other)
    ids = [letters_of(one)[0].id for one in (analog, other)]
    with acting("handlaggare"):
        with pytest.raises(Refused):
            operations.tick_off(ids)
        operations.print_letters(ids[:1])
        assert operations.tick_off(ids) == 1
    assert letters_of(analog)[0].state is LetterState.POSTED
    assert letters_of(other)[0].state is LetterState.WAITING


def test_who_has_no_postal_address_is_listed_with_the_reason_and_not_printed(
    acting, analog, customer, other, notify, letters_of, tmp_path
):
    nowhere = customer("tom")
    nowhere.person = replace(nowhere.person, email="")
    analog.person = replace(analog.person, first_name="名")
    notify(nowhere, other, analog)
    ids = {one: letters_of(one)[0].id for one in (nowhere, other, analog)}
    with acting("handlaggare"):
        listed = {one.customer: one.obstacle for one in queries.waiting(TODAY)}
        assert listed == {nowhere: Obstacle.NO_ADDRESS, other: None, analog: Obstacle.UNKNOWN_SIGNS}
        page = text_of(operations.print_letters(ids.values()), tmp_path)
        with pytest.raises(Refused):
            operations.print_letters([ids[nowhere]])
    assert "Enkel Exempel" in page and "Tom Exempel" not in page
    assert letters_of(nowhere)[0].state is LetterState.WAITING
    assert entries(nowhere, "letter.print") == []


def test_an_address_at_work_does_when_there_is_none_at_home(acting, other, notify, letters_of, tmp_path):
    other.person = replace(other.person, address="")
    place = {"address": "Verkgatan 2", "postal_code": "37130", "city": "Karlskrona"}
    other.company = CompanyDetails(name="Exempel AB", **place)
    notify(other)
    with acting("handlaggare"):
        page = text_of(operations.print_letters([letters_of(other)[0].id]), tmp_path)
    lines = [line.strip() for line in page.splitlines() if line.strip()]
    start = lines.index("Enkel Exempel")
    assert lines[start : start + 4] == ["Enkel Exempel", "Exempel AB", "Verkgatan 2", "371 30 Karlskrona"]


def test_the_letter_speaks_the_customers_language(acting, analog, notify, letters_of, tmp_path):
    analog.customer_language = "en"
    notify(analog)
    with acting("handlaggare"):
        page = text_of(operations.print_letters([letters_of(analog)[0].id]), tmp_path)
    assert "You have a new message" in page and "Kind regards" in page


class TestABadAddress:
    """Held back for some days, then printed; or mailed after all."""

    @pytest.fixture
    def held(self, customer, at, notify, letters_of):
        """The letter of somebody whose address does not work."""
        at(datetime(2026, 11, 23, 9, 0))
        person = customer("ceper")
        customers.mark_address_bad(person, AddressFault.REFUSED)
        notify(person)
        (letter,) = letters_of(person)
        return letter

    def test_the_letter_is_not_on_the_list_before_its_day(self, acting, at, held, mails, tmp_path):
        assert mails() == [] and held.from_day == TODAY + timedelta(days=14)
        with acting("handlaggare"):
            for day, shown in ((13, []), (14, [held.id])):
                assert [one.letter.id for one in queries.waiting(TODAY + timedelta(days=day))] == shown
                assert queries.count(TODAY + timedelta(days=day)) == len(shown)
            with pytest.raises(Refused):
                operations.print_letters([held.id])
            at(datetime(2026, 12, 7, 0, 1))
            page = " ".join(text_of(operations.print_letters([held.id]), tmp_path).split())
        assert "eftersom vår e-post till dig inte kommer fram" in page

    def test_an_answer_takes_it_back_and_mails_it(self, acting, customer, held, letters_of, mails):
        with acting("ceper"):
            customers.confirm_address(customer("ceper"))
        assert [one.state for one in letters_of(customer("ceper"))] == [LetterState.CANCELLED]
        run_due(after=700)
        (sent,) = mails()
        said = message_from_bytes(sent.read_bytes(), policy=policy.default)
        assert (said["To"], said["Subject"]) == ("ceper@example.se", "Du har ett nytt meddelande")
        assert len(letters_of(customer("ceper"))) == 1
        assert len(entries(customer("ceper"), "letter.cancel")) == 1

    def test_what_is_due_already_stays_on_paper(self, acting, at, customer, held, letters_of, mails):
        at(datetime(2026, 12, 7, 9, 0))
        with acting("handlaggare"):
            customers.change_email(customer("ceper"), "ny@example.se")
        run_due(after=700)
        assert letters_of(customer("ceper")) == [held]
        sent = [message_from_bytes(one.read_bytes(), policy=policy.default) for one in mails()]
        assert [one["Subject"] for one in sent] == ["Din e-postadress är ändrad"]


@pytest.mark.wall
@pytest.mark.parametrize("who", ["ceper", "enkel", "beslutsfattare", "administrator"])
def test_only_officers_print_tick_off_and_strike_out(acting, analog, notify, letters_of, who):
    notify(analog)
    (letter,) = letters_of(analog)
    with acting(who):
        for call in (operations.print_letters, operations.tick_off):
            with pytest.raises(NotAllowed):
                call([letter.id])
        with pytest.raises(NotAllowed):
            operations.cancel(letter.id)
        assert queries.waiting(TODAY) == [] and queries.find(letter.id) is None
    assert letters_of(analog) == [letter]


@pytest.mark.wall
@pytest.mark.parametrize("own", [False, True])
def test_a_closed_record_is_neither_listed_counted_printed_nor_struck_out(
    acting, analog, other, notify, letters_of, own
):
    notify(analog, other)
    closed, open_one = (letters_of(one)[0] for one in (analog, other))
    with acting("administrator"):
        numbers = ("C129289", []) if own else ("", ["C129289"])
        customers.close_records_by_number(user_id("handlaggare"), *numbers)
    with acting("handlaggare"):
        assert [one.letter for one in queries.waiting(TODAY)] == [open_one]
        assert (queries.count(TODAY), queries.for_others(TODAY)) == (1, 0)
        with pytest.raises(Refused):
            operations.print_letters([closed.id])
        with pytest.raises(Refused):
            operations.cancel(closed.id)
        operations.print_letters([closed.id, open_one.id])
    assert letters_of(analog) == [closed]
    with acting("handlaggare2"):
        assert len(queries.waiting(TODAY)) == 2


@pytest.mark.wall
def test_a_protected_identity_is_for_the_named_officer_alone(acting, analog, notify, letters_of, tmp_path):
    with acting("handlaggare2"):
        customers.protect_identity(analog, True, {user_id("handlaggare2")})
    notify(analog)
    (letter,) = letters_of(analog)
    with acting("handlaggare"):
        assert queries.waiting(TODAY) == [] and queries.for_others(TODAY) == 1
        for call in (operations.print_letters, operations.tick_off):
            with pytest.raises(Refused):
                call([letter.id])
    with acting("handlaggare2"):
        assert queries.for_others(TODAY) == 0
        assert "Stumholmen" in text_of(operations.print_letters([letter.id]), tmp_path)


@pytest.mark.wall
def test_a_record_holds_neither_text_nor_name_nor_address(analog, notify, letters_of):
    notify(analog)
    kept = repr(letters_of(analog))
    for secret in ("CE Person", "Stumholmen", "@", "8112", "C129289", "Hej", "meddelande till"):
        assert secret not in kept


def test_a_customer_who_is_gone_disturbs_nobody(acting, analog, other, notify):
    notify(analog, other)
    analog.__parent__._delObject(analog.getId(), suppress_events=True)
    with acting("handlaggare"):
        assert [one.customer for one in queries.waiting(TODAY)] == [other]
        assert queries.for_others(TODAY) == 0
