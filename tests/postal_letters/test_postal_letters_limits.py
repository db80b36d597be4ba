"""What a list of letters bears: texts that are gone, many at once, many that wait."""

import pytest

from sp.personcert.foundation.errors import Refused
from sp.personcert.postal_letters import operations, queries
from sp.personcert.postal_letters.domain import LetterState, Obstacle
from tests.postal_letters.conftest import MORNING
from tests.reading import words
from tests.sending import reread

TODAY = MORNING.date()


@pytest.fixture
def gone(analog, letters_of):
    """A letter that tells a kind of text that nobody registers."""
    operations.put(analog, ["new_message", "annual_greeting"], "sv", None, "key")
    return letters_of(analog)[0]


def test_a_letter_whose_text_is_gone_is_not_printed_and_can_be_struck_out(acting, gone, analog, letters_of):
    with acting("handlaggare"):
        assert [one.obstacle for one in queries.waiting(TODAY)] == [Obstacle.NO_TEXT]
        with pytest.raises(Refused):
            operations.print_letters([gone.id])
        operations.cancel(gone.id)
    assert letters_of(analog)[0].state is LetterState.CANCELLED


def test_the_list_shows_it_by_name_and_leads_to_striking_it_out(visitor, gone, analog, other, notify):
    notify(other)
    officer = visitor("handlaggare")
    page = officer.see("/brev")
    assert page.status_int == 200 and "annual_greeting" in words(page) and "Enkel Exempel" in words(page)
    assert "Texten till brevet finns inte längre." in words(page)
    page = officer.see(f"/brev-stryk?brev={gone.id}")
    assert "annual_greeting" in words(page)
    assert "Brevet är struket." in words(officer.submit(page.forms["stryk"]).follow())


def test_an_address_that_works_again_leaves_a_letter_without_text_alone(gone, analog, letters_of, at):
    operations.put(analog, ["annual_greeting"], "sv", TODAY.replace(year=TODAY.year + 1), "held")
    operations.send_by_mail_instead(analog)
    assert {one.state for one in letters_of(analog)} == {LetterState.WAITING}


@pytest.mark.parametrize("button", ["print", "post"])
def test_more_than_two_hundred_at_once_are_refused(visitor, analog, notify, letters_of, button):
    notify(analog)
    (letter,) = letters_of(analog)
    officer = visitor("handlaggare")
    fields = [
        one for one in officer.see("/brev").forms["brev"].submit_fields() if one[0] not in ("brev", "do")
    ]
    many = [("brev", letter.id), *(("brev", f"{number:032x}") for number in range(200))]
    answer = officer.send("/brev", [*fields, ("do", button), *many])
    assert answer.status_int == 422 and "Välj högst 200 brev åt gången." in words(answer)
    reread()
    assert letters_of(analog) == [letter]


def test_the_page_looks_at_no_more_than_two_hundred_for_others(acting, analog, monkeypatch):
    for number in range(queries.LOOKED_AT + 20):
        operations.put(analog, ["new_message"], "sv", None, str(number))
    looked, load = [], queries._customer
    monkeypatch.setattr(queries, "_customer", lambda one: looked.append(one) or load(one))
    with acting("handlaggare"):
        assert queries.for_others(TODAY) == 0
    assert len(looked) == 200
