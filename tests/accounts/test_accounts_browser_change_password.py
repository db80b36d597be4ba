"""Ändra lösenord, as a person without JavaScript meets it."""

import pytest
from plone import api

from sp.personcert.accounts.queries import users
from sp.personcert.demo.people import PASSWORD
from tests.accounts.pages import alert, id_of, letters, receipt
from tests.reading import tree, words
from tests.sending import reread

NEW = "Nio-grusiga-brunnar-1"
LABELS = ["Användarnamn:", "Lösenord:", "Nytt lösenord:", "Bekräfta nytt lösenord:"]
BULLETS = [
    "Ditt lösenord måste bestå av minst 12 tecken och skall bestå av både små och stora bokstäver samt minst"
    " en siffra eller specialtecken (t ex: !, $, #, %, &).",
    "Tänk på att lösenordsverifieringen gör skillnad på små och stora bokstäver",
    "Du kan inte byta till ett lösenord som du haft de sju senaste gångerna",
    "Om du måste skriva ner ditt lösenord för att komma ihåg det, spara det som ett värdepapper",
    "Ge inte ut ditt lösenord till någon annan",
    "Byt lösenord ibland",
]
SHORT = "Det nya lösenordet behöver minst 12 tecken."
LOWER = "Det nya lösenordet behöver en liten bokstav."
UPPER = "Det nya lösenordet behöver en stor bokstav."
DIGIT = "Det nya lösenordet behöver en siffra eller ett specialtecken."
COMMON = "Det nya lösenordet är för lätt att gissa."
PERSON = "Det nya lösenordet får inte innehålla ditt namn, ditt användarnamn eller dina nummer."
HISTORY = "Du har haft det nya lösenordet någon av de sju senaste gångerna."
LONG = "Det nya lösenordet får ha högst 128 tecken."
DIFFERS = "De två nya lösenorden är inte lika. Skriv samma två gånger."
WRONG = "Det nuvarande lösenordet stämmer inte. Skriv det igen."


def change(person, new: str, repeated: str | None = None, current: str = PASSWORD):
    """Fill in the form and send it."""
    form = person.see("/andra-losenord").forms["password-form"]
    form["password"], form["new_password"] = current, new
    form["repeated"] = new if repeated is None else repeated
    return person.submit(form)


def sentences(page) -> list[str]:
    """What the box of errors lists."""
    return [words(item) for item in tree(page).xpath("//*[@id='kw-errors']//li")]


def holds(password: str) -> bool:
    """Whether it is what is stored for the handbook's customer."""
    reread()
    return bool(users().matches(id_of("ceper"), password))


@pytest.mark.handbook("H16")
def test_the_start_page_and_every_menu_offer_to_change_the_password(ceper):
    page = ceper.see("/start")
    for where in ("//main", "//header"):
        links = {words(link): link.get("href") for link in tree(page).xpath(f"{where}//a")}
        assert links["Ändra lösenord"] == "/plone/andra-losenord"
        assert links["Mina inloggningar"] == "/plone/inloggningar"


@pytest.mark.handbook("H17", "H24")
def test_the_form_and_the_advice_have_the_handbooks_words(ceper):
    page = ceper.see("/andra-losenord")
    main = tree(page).xpath("//main")[0]
    assert [words(label) for label in main.xpath(".//label")] == LABELS
    assert words(main.xpath(".//button")[0]) == "Ändra lösenord"
    name = main.xpath(".//input[@id='user_name']")[0]
    assert (name.get("value"), name.get("readonly")) == ("ceper", "readonly")
    advice = main.xpath(".//section[h2='Vad skall jag tänka på när jag byter lösenord?']")[0]
    assert [words(item) for item in advice.xpath(".//li")] == BULLETS


@pytest.mark.handbook("H16", "H18")
def test_a_good_password_takes_the_place_of_the_old_one(ceper, visitor):
    other = visitor("ceper")
    letters()
    answer = change(ceper, NEW)
    assert (answer.status_int, answer.location) == (303, "/plone/andra-losenord?klart=andrat")
    page = ceper.see(answer.location)
    assert receipt(page).startswith("Ditt lösenord är ändrat. Du är kvar här. Alla andra ställen")
    assert "/login" in other.see("/start").location
    assert visitor().log_in("ceper", PASSWORD).status_int == 422
    assert visitor().log_in("ceper", NEW).status_int == 303
    told = [letter for letter in letters() if letter["Subject"] == "Ditt lösenord är ändrat"]
    assert [letter["To"] for letter in told] == ["ceper@example.se"]


@pytest.mark.handbook("H18", "H19", "H20", "H21", "H23")
@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ("Kort-1", [SHORT]),
        ("nio-grusiga-brunnar-1", [UPPER]),
        ("NIO-GRUSIGA-BRUNNAR-1", [LOWER]),
        ("NioGrusigaBrunnar", [DIGIT]),
        ("lösenord", [SHORT, UPPER, DIGIT, COMMON]),
        ("Sommar-2026-Sommar", [COMMON]),
        ("Hos-ceper-i-huset-9", [PERSON]),
        (PASSWORD, [HISTORY]),
        ("Nio-grusiga-brunnar-1" * 7, [LONG]),
        ("Nio-grusiga-brunnar-1" * 500, [LONG]),
    ],
)
def test_every_broken_rule_is_named_in_the_box_and_at_the_field(ceper, new, expected):
    answer = change(ceper, new)
    assert answer.status_int == 422
    assert sentences(answer) == expected
    at_field = tree(answer).xpath("//*[@id='new_password-error']/p")
    assert [words(line) for line in at_field] == expected
    field = tree(answer).xpath("//input[@id='new_password']")[0]
    assert field.get("aria-invalid") == "true" and "new_password-error" in field.get("aria-describedby")
    assert holds(PASSWORD)


@pytest.mark.handbook("H18")
def test_rules_and_a_differing_confirmation_are_told_at_once(ceper):
    answer = change(ceper, "Kort-1", "Kort-2")
    assert sentences(answer) == [SHORT, DIFFERS]
    assert not [field.get("value") for field in tree(answer).xpath("//input[@type='password'][@value]")]
    assert sentences(change(ceper, NEW, NEW.upper())) == [DIFFERS]
    assert holds(PASSWORD)


@pytest.mark.handbook("H18", "H22")
@pytest.mark.parametrize("current", ["fel", PASSWORD.lower(), "x" * 10_000])
def test_a_wrong_present_password_changes_nothing(ceper, current):
    answer = change(ceper, NEW, current=current)
    assert (answer.status_int, sentences(answer)) == (422, [WRONG])
    assert holds(PASSWORD)


def test_empty_fields_are_asked_for(ceper):
    assert sentences(change(ceper, "", current="")) == [
        "Skriv ditt nuvarande lösenord.",
        "Skriv ett nytt lösenord.",
    ]


@pytest.mark.handbook("H14", "H16")
def test_what_follows_along_when_one_pastes_does_not_count(ceper, visitor):
    assert change(ceper, f"\ufeff{NEW} ", f"{NEW}\u200b").status_int == 303
    assert visitor().log_in("ceper", NEW).status_int == 303


def test_the_list_of_rules_marks_the_broken_ones(ceper):
    page = change(ceper, "Kort-1", "Kort-2")
    marked = [words(row) for row in tree(page).xpath("//li[@class='kw-rules__broken']")]
    assert marked == ["Minst 12 och högst 128 tecken", "Lika i båda fälten"]


def test_who_is_not_logged_in_is_led_to_the_login_and_back(visitor):
    answer = visitor().see("/andra-losenord")
    assert answer.location == "/plone/login?came_from=%2Fplone%2Fandra-losenord"
    assert visitor().send("/andra-losenord", {"new_password": NEW}).location.startswith("/plone/login")


@pytest.mark.wall
def test_a_change_needs_a_token_of_the_person(ceper, visitor):
    form = visitor("enkel").see("/andra-losenord").forms["password-form"]
    fields = dict(form.submit_fields()) | {"password": PASSWORD, "new_password": NEW, "repeated": NEW}
    answer = ceper.send("/andra-losenord", fields)
    assert answer.status_int == 403 and "för gammal" in alert(answer)
    assert holds(PASSWORD)


@pytest.mark.wall
def test_the_name_in_the_form_decides_nothing(ceper):
    form = ceper.see("/andra-losenord").forms["password-form"]
    form["user_name"].force_value("enkel")
    form["password"], form["new_password"], form["repeated"] = PASSWORD, NEW, NEW
    assert ceper.submit(form).status_int == 303
    assert holds(NEW)
    assert users().matches(api.user.get(username="enkel").getId(), PASSWORD)


def test_the_same_form_sent_twice_says_that_the_password_is_another_now(ceper):
    form = ceper.see("/andra-losenord").forms["password-form"]
    form["password"], form["new_password"], form["repeated"] = PASSWORD, NEW, NEW
    assert ceper.submit(form).status_int == 303
    assert sentences(ceper.submit(form)) == [WRONG]
