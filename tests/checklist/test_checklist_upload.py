"""The tab Ladda upp intyg: what is asked for, and how each answer stands."""

import pytest
import transaction

from sp.personcert.cases import operations as cases
from sp.personcert.checklist import operations, queries
from sp.personcert.checklist.domain import Verdict
from sp.personcert.documents.domain.delivery import SANDBOX
from sp.personcert.foundation.content import new_id
from tests.handbook import WELL_DRILLERS_SLOTS as SLOTS
from tests.reading import address, column, tree, words

TEXTS = {
    "H108": (
        "OBSERVERA: Dokumenten måste vara undertecknade och ha namnförtydligande samt kontaktuppgifter "
        "till den som utfärdat detta."
    ),
    "H109": (
        "Ett tjänstgöringsintyg ska således vara undertecknat av utfärdande chef och ha kontaktuppgifter "
        "till densamme. Ett anställningsbevis är inte tillräckligt då ett sådant ofta endast anger när "
        "man anställdes och i vilken tjänst."
    ),
    "H112": (
        'INSTRUKTIONER: Du skickar in dokument genom att klicka på "Ladda upp/meddela" och välja det som '
        "du vill sända in. När du har gjort enligt ovan för alla punkter upplyser du oss genom att "
        'klicka på "MEDDELA OSS." Klicka endast en gång! Om du har fått en begäran om komplettering så '
        "gör du om som ovanstående."
    ),
    "H113": (
        "OBSERVERA: Om du tidigare varit certifierad eller är så har vi dina handlingar i arkivet. Vi "
        "lägger då in det som är användbart och det innebär att du inte behöver sända in allt på nytt."
    ),
}
QUOTED = [pytest.param(text, id=number, marks=pytest.mark.handbook(number)) for number, text in TEXTS.items()]


@pytest.fixture
def tab(visitor, drillers):
    """The tab as the customer sees it."""
    return lambda: visitor("ceper").see(address(drillers, "ladda-upp-intyg"))


def row(page, title: str):
    """The row of a slot."""
    return next(tr for tr in tree(page).xpath("//tbody/tr") if title in words(tr.xpath("./th")[0]))


@pytest.mark.handbook("H101", "H102", "H111", "H114", "H115", "H138")
def test_the_tab_asks_for_the_handbooks_nine_documents(tab):
    page = tab()
    assert words(tree(page).xpath("//h2")[0]) == "Ladda upp dokument för brunnsborrare (NyCert)"
    assert [words(th) for th in tree(page).xpath("//thead//th")] == [
        "Dokument",
        "Meddelande",
        "Ladda upp",
        "Hämta mall",
    ]
    titles = [words(th).partition(" Om ")[0] for th in tree(page).xpath("//tbody//th")]
    assert titles == SLOTS


@pytest.mark.parametrize("text", QUOTED)
def test_the_instructions_are_the_handbooks(tab, text):
    assert text in words(tab())


@pytest.mark.handbook("H104", "H105", "H106")
def test_the_tab_says_that_each_document_has_its_row_and_that_post_will_do(tab):
    assert "Lägg varje dokument på sin egen rad, och bara det som vi begär." in words(tab())
    assert "Du kan också skicka handlingar med post. Då lägger vi in dem här." in words(tab())


@pytest.mark.handbook("H107", "H115")
def test_a_blue_i_opens_what_each_document_must_contain(tab, drillers):
    page = tree(tab())
    targets = page.xpath("//tbody//th//button[@class='kw-i']/@popovertarget")
    assert len(targets) == len(SLOTS)
    for target, slot in zip(targets, drillers.rule.slots, strict=True):
        box = page.xpath(f"//*[@id='{target}'][@popover]")[0]
        assert slot.title in words(box) and slot.help_text in words(box)


@pytest.mark.handbook("H116")
def test_every_row_has_its_own_button(tab, drillers):
    page = tab()
    links = tree(page).xpath("//tbody//a[contains(., 'Ladda upp/meddela')]")
    assert [words(link) for link in links] == [f"Ladda upp/meddela: {title}" for title in SLOTS]
    assert links[0].get("href").endswith("/@@ladda-upp?plats=school")


@pytest.mark.handbook("H117", "H131")
def test_an_uploaded_document_is_named_in_its_row_and_the_newest_counts(tab):
    page = tab()
    school = words(row(page, "Avgångsbetyg/Examen"))
    assert "Dokument Avgångsbetyg_C129289_130311_114105.pdf är uppladdat" in school and "Mottaget" in school
    assert "120611" not in school
    assert column(page, "Meddelande")[3] == "Saknas"


@pytest.mark.handbook("H118")
def test_a_template_is_offered_where_there_is_one_and_is_a_download(tab, visitor, drillers):
    page = tab()
    links = tree(page).xpath("//tbody//a[starts-with(normalize-space(.), 'Hämta')]")
    assert [words(link) for link in links] == ["Hämta mall för Projektlista/Uppdragslista"]
    answer = visitor("ceper").see(links[0].get("href"))
    assert answer.status_int == 200 and answer.body == drillers.rule.slot("projects").template.data
    assert answer.headers["Content-Security-Policy"] == SANDBOX
    assert 'filename="Projektlista.docx"' in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("query", ["", "?plats=school", "?plats=x"])
def test_a_template_that_does_not_exist_is_not_there(visitor, drillers, query):
    assert visitor("ceper").see(address(drillers, "hamta-mall") + query).status_int == 404


@pytest.mark.handbook("H123")
def test_reason_and_verdicts_stand_in_the_rows(tab, drillers, acting):
    with acting("ceper"):
        operations.answer_with_reason(drillers, "hot_work", "Kursen är bokad till 2 december.", new_id())
    with acting("handlaggare"):
        for key, verdict, reason in (
            ("school", Verdict.APPROVED, ""),
            ("welding", Verdict.INSUFFICIENT, "Intyget är äldre än fem år."),
        ):
            answer = queries.newest(drillers, key)
            operations.judge(drillers, key, answer.answer_id, verdict, reason)
    page = tab()
    assert "Meddelat ”Kursen är bokad till 2 december.”" in words(row(page, "Heta arbeten"))
    assert "Godkänt" in words(row(page, "Avgångsbetyg/Examen"))
    welding = words(row(page, "Svetsprov"))
    assert "Behöver kompletteras" in welding and "Det här behövs: Intyget är äldre än fem år." in welding


@pytest.mark.handbook("H77")
def test_a_shared_document_counts_as_sent_in_a_new_case(visitor, case):
    page = visitor("ceper").see(address(case("ceper", "kontrollansvarig"), "ladda-upp-intyg"))
    assert "Avgångsbetyg_C129289_" in words(row(page, "Avgångsbetyg/Examen"))


def test_when_the_case_waits_for_its_decision_the_tab_says_so_kindly(visitor, drillers):
    cases.move(drillers, "propose")
    transaction.commit()
    page = visitor("ceper").see(address(drillers, "ladda-upp-intyg"))
    assert page.status_int == 200 and "ärendet väntar på beslut" in words(page)
    assert not tree(page).xpath("//a[contains(., 'Ladda upp/meddela')]|//button[contains(., 'MEDDELA OSS')]")


def test_officers_read_the_table_and_have_no_buttons(visitor, drillers):
    page = visitor("handlaggare").see(address(drillers, "ladda-upp-intyg"))
    assert page.status_int == 200 and "ärendet väntar på beslut" not in words(page)
    assert not tree(page).xpath("//a[contains(., 'Ladda upp/meddela')]|//button[contains(., 'MEDDELA OSS')]")


@pytest.mark.handbook("H143")
def test_when_the_case_is_decided_the_tab_is_gone(visitor, case):
    granted = case("ceper", "energiexpert")
    for view in ("ladda-upp-intyg", "meddela-oss", "ladda-upp?plats=school"):
        assert visitor("ceper").see(address(granted, view)).status_int == 404


@pytest.mark.wall
@pytest.mark.handbook("H34")
@pytest.mark.parametrize(
    "view", ["ladda-upp-intyg", "meddela-oss", "ladda-upp?plats=school", "hamta-mall?plats=projects"]
)
def test_another_customers_case_is_not_there(visitor, drillers, view):
    stranger = visitor("enkel")
    theirs = stranger.see(address(drillers, view))
    made_up = stranger.see(f"{address(drillers)[:-4]}0000/@@{view}")
    assert (theirs.status_int, theirs.body) == (404, made_up.body)
