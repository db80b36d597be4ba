"""The list of texts that administrators may change."""

from sp.personcert.foundation import texts
from sp.personcert.portal.browser.texts_list import GROUPS
from tests.portal.own_texts import (
    LIST,
    changed,
)
from tests.reading import tree, words


def test_the_list_holds_every_kind_in_both_languages_with_marks(administrator):
    changed()
    page = administrator.see(LIST)
    rows = {words(row.xpath("./th")[0]): row for row in tree(page).xpath("//tbody/tr")}
    assert len(rows) == len(texts.kinds())
    marks = [words(cell) for cell in rows["Avisering: nytt meddelande"].xpath("./td")]
    assert marks[0].endswith("Ändrad") and not marks[1].endswith("Ändrad")
    links = tree(page).xpath("//tbody//a/@href")
    assert len(links) == 2 * len(rows)
    assert {administrator.see(link).status_int for link in links} == {200}


def test_the_list_is_in_groups(administrator):
    headings = [words(heading) for heading in tree(administrator.see(LIST)).xpath("//main//h2")]
    assert headings == ["Aviseringar", "Brev om konton", "Meddelanden i ärenden", "Ramen runt breven"]
    assert set(GROUPS) == set(texts.TextGroup)
