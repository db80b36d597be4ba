"""The journey goes on: officers judge and propose, and somebody who took no part decides."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from sp.personcert.foundation.clock import today
from tests.browser import walks
from tests.browser.axe import faults
from tests.browser.people import CASE_NUMBER
from tests.browser.serving import Site
from tests.browser.story import Story

pytestmark = pytest.mark.browser

Browse = Callable[..., Page]
NOT_INDEPENDENT = (
    "Du har handlagt ärendet och kan därför inte fatta beslutet. En annan beslutsfattare måste göra det."
)


def seen_by_customer(browse: Browse, story: Story) -> dict[str, str]:
    """The information field as the customer sees it now."""
    page = browse("ceper")
    page.goto(f"{story.case_url}/@@din-adress")
    return walks.fields(page)


@pytest.mark.handbook("H39", "H40", "H159")
def test_an_officer_gives_the_case_back_and_another_takes_it(
    site: Site, browse: Browse, story: Story
) -> None:
    first = browse("handlaggare")
    walks.open_from_list(first, site, "mine")
    first.get_by_role("button", name="Lämna tillbaka").click()
    expect(first.get_by_role("heading", level=1)).to_have_text("Att göra nu")
    seen = seen_by_customer(browse, story)
    assert (seen["Ärende:"], seen["Handläggare:"]) == ("väntar på handläggare", "– saknas")
    second = browse("handlaggare2")
    second.goto(f"{site.url}/arenden?lista=waiting")
    second.get_by_role("button", name="Ta ärendet").filter(has_text=CASE_NUMBER).click()
    expect(second.get_by_role("heading", level=1)).to_have_text("CE Person Test: Brunnsborrare")
    seen = seen_by_customer(browse, story)
    assert (seen["Ärende:"], seen["Handläggare:"]) == ("behandlas", "Handläggare Demo Två")
    assert walks.rows_in_list(first, site, "mine") == 0


@pytest.mark.handbook("H150")
def test_every_answer_is_read_and_approved(site: Site, browse: Browse, story: Story) -> None:
    officer = browse("handlaggare2")
    walks.open_from_list(officer, site, "mine")
    walks.open_tab(officer, "Handlingar")
    for slot in officer.locator("tbody").get_by_role("rowheader").all_inner_texts():
        expect(officer.get_by_role("heading", name=f"Bedöm: {slot}", exact=True)).to_be_visible()
        officer.get_by_role("radio", name="Godkänt", exact=True).check()
        officer.get_by_role("button", name="Spara och visa nästa").click()
        expect(walks.slot_row(officer, slot)).to_contain_text("Godkänt")
    assert officer.get_by_role("heading", name="Bedöm:").count() == 0
    expect(officer.get_by_text("Registrera en godkänd tentamen först.")).to_be_visible()
    page = browse("ceper")
    page.goto(f"{story.case_url}/@@ladda-upp-intyg")
    assert page.locator(".kw-status").all_inner_texts() == ["Godkänt"] * 9


@pytest.mark.handbook("H49", "H165")
def test_an_exam_is_recorded_and_the_customer_sees_it(site: Site, browse: Browse, story: Story) -> None:
    officer = browse("handlaggare2")
    walks.open_from_list(officer, site, "mine")
    walks.open_tab(officer, "Tentamen")
    officer.get_by_label("Rättad").fill(today().isoformat())
    officer.get_by_role("radio", name="Godkänd").check()
    officer.get_by_role("button", name="Registrera tentamen").click()
    expect(officer.get_by_role("rowheader")).to_have_text(today().isoformat())
    assert seen_by_customer(browse, story)["Tentamen:"] == f"{today().isoformat()} godkänd"


@pytest.mark.handbook("H166")
def test_the_officer_proposes_a_level_and_the_decision_makers_see_it(
    site: Site, browse: Browse, story: Story
) -> None:
    officer = browse("handlaggare2")
    walks.open_from_list(officer, site, "mine")
    walks.open_tab(officer, "Beslut")
    assert not faults(officer)
    officer.get_by_label("Behörighet").select_option("Ansvarig AB")
    officer.get_by_role("button", name="Lämna till beslut").click()
    expect(officer.get_by_role("main")).to_contain_text("Föreslagen behörighet")
    assert walks.rows_in_list(browse("beslutsfattare"), site, "ready") == 1
    assert seen_by_customer(browse, story)["Behörighet:"] == "– saknas"


@pytest.mark.handbook("H166")
def test_who_handled_the_case_cannot_decide_it(site: Site, browse: Browse, story: Story) -> None:
    officer, maker = browse("handlaggare2"), browse("beslutsfattare")
    walks.open_from_list(officer, site, "ready")
    walks.open_tab(officer, "Beslut")
    for sentence in officer.get_by_text(NOT_INDEPENDENT).all():
        expect(sentence).to_be_visible()
    assert officer.get_by_text(NOT_INDEPENDENT).count() > 0
    assert officer.get_by_role("button", name="Bevilja").count() == 0
    walks.open_from_list(maker, site, "ready")
    walks.open_tab(maker, "Beslut")
    inputs = maker.locator("form[action$='@@bevilja'] input").all()
    stolen = {field.get_attribute("name"): field.get_attribute("value") for field in inputs}
    own = {
        field.get_attribute("name"): field.get_attribute("value") for field in officer.locator("input").all()
    }
    for form in ({}, stolen, own):
        answer = officer.request.post(f"{story.case_url}/@@bevilja", form=form, max_redirects=0)
        assert answer.status in {403, 422}
    assert walks.rows_in_list(maker, site, "ready") == 1
    assert seen_by_customer(browse, story)["Certifikat nr:"] == "– saknas"


@pytest.mark.handbook("H43", "H45", "H46", "H143", "H167")
def test_a_decision_maker_who_took_no_part_grants(site: Site, browse: Browse, story: Story) -> None:
    maker = browse("beslutsfattare")
    walks.open_from_list(maker, site, "ready")
    walks.open_tab(maker, "Beslut")
    expect(maker.get_by_role("main")).to_contain_text("Ansvarig AB")
    assert not faults(maker)
    maker.get_by_role("button", name="Bevilja certifiering").click()
    expect(maker.get_by_role("main")).to_contain_text("Beviljat")
    expect(maker.get_by_role("main")).to_contain_text("Beslutsfattare Demo")
    assert walks.rows_in_list(maker, site, "ready") == 0
    found = seen_by_customer(browse, story)["Giltig t.o.m.:"]
    assert found == today().replace(year=today().year + 5).isoformat()
