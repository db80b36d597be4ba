"""Ways through the site, step by step as a person takes them."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.files import as_file
from tests.browser.people import CASE_NUMBER
from tests.browser.serving import Site

#: R1: label, customer, day, time and extension, each as the archive's names have them.
UPLOAD_NAME = re.compile(r"[\wÅÄÖåäö]+_C\d{6}_\d{6}_\d{6}(_\d+)?\.(pdf|docx?|xlsx?)")


def words(place: Locator) -> str:
    """The text of a place as it is seen, with single spaces."""
    return " ".join(place.inner_text().split())


def open_certification(page: Page, site: Site, title: str) -> None:
    """From the start page over the left menu into a certification."""
    page.goto(f"{site.url}/mina-certifieringar")
    page.get_by_role("navigation", name="Personcertifiering").get_by_role("link", name=title).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def open_tab(page: Page, title: str) -> None:
    """One of the tabs of the work field."""
    tab = page.get_by_role("navigation", name="Arbetsfältet").get_by_role("link", name=title, exact=True)
    tab.click()
    expect(tab).to_have_attribute("aria-current", "page")


def tabs(page: Page) -> list[str]:
    """Their titles."""
    return page.get_by_role("navigation", name="Arbetsfältet").get_by_role("link").all_inner_texts()


def fields(page: Page) -> dict[str, str]:
    """The information field: label → value, in its order."""
    place = page.get_by_role("region", name="Informationsfältet")
    values = (" ".join(value.split()) for value in place.locator("dd").all_inner_texts())
    return dict(zip(place.locator("dt").all_inner_texts(), values, strict=True))


def open_from_list(page: Page, site: Site, code: str, number: str = CASE_NUMBER) -> None:
    """An officer opens a case from a work list."""
    page.goto(f"{site.url}/arenden?lista={code}")
    page.get_by_role("link", name=number, exact=True).first.click()
    expect(page.get_by_text(f"ärende {number}")).to_be_visible()


def rows_in_list(page: Page, site: Site, code: str) -> int:
    """How often the case of the story stands in a work list."""
    page.goto(f"{site.url}/arenden?lista={code}")
    return page.get_by_role("rowheader", name=CASE_NUMBER).count()


def open_dialog(page: Page, title: str) -> None:
    """The dialog of a slot, from the table."""
    page.get_by_role("link", name="Ladda upp/meddela").filter(has_text=title).click()
    expect(page.get_by_role("heading", name="Uppladdning av dokument")).to_be_visible()


def shown_stem(page: Page) -> str:
    """The name that the dialog shows, without its quotation marks (H124)."""
    return words(page.locator("div:has(> .kw-legend:text-is('Dokumentnamn:')) > .kw-file")).strip('"')


def transfer(page: Page, name: str, data: bytes, note: str = "") -> None:
    """Choose a file in the dialog and send it."""
    page.get_by_label("Fil att bifoga").set_input_files(as_file(name, data))
    page.get_by_label("Notering:").fill(note)
    page.get_by_role("button", name="Överför").click()


def upload(page: Page, title: str, data: bytes) -> str:
    """Send a file for a slot and close the dialog; gives the name that it got."""
    open_dialog(page, title)
    stem = shown_stem(page)
    transfer(page, "scan 1.PDF", data, f"Om {title}")
    expect(page.get_by_role("status")).to_contain_text(
        f'Din fil "{stem}.pdf" har laddats upp till dokumentbiblioteket'
    )
    page.get_by_role("link", name="Stäng").click()
    return f"{stem}.pdf"


def slot_row(page: Page, title: str) -> Locator:
    """The row of a slot in the table of the tab Ladda upp intyg."""
    return page.get_by_role("row").filter(has=page.get_by_role("rowheader").filter(has_text=title))


def archived(page: Page) -> list[str]:
    """The names in the archive, from top to bottom; the tab must be open."""
    return page.locator("tbody .kw-file").all_inner_texts()


def thread(page: Page, text: str) -> Locator:
    """The thread in which somebody wrote something."""
    return page.locator(".kw-thread").filter(has_text=text)


def unfold(page: Page, text: str) -> Locator:
    """Open the history of a thread; gives its entries (H60, H61)."""
    found = thread(page, text)
    found.locator("summary").click()
    expect(found.locator("article").first).to_be_visible()
    return found.locator("article")


def write(page: Page, text: str) -> None:
    """Fill in the form that is open, and send it."""
    page.get_by_label("Meddelande", exact=True).fill(text)
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_role("status")).to_contain_text("Meddelandet har skickats")


def answer(page: Page, about: str, text: str) -> None:
    """Answer in a thread."""
    thread(page, about).get_by_role("link", name="Svara").click()
    write(page, text)


def refusal(page: Page) -> str:
    """The sentence of a form that was not taken."""
    expect(page.get_by_role("alert")).to_be_focused()
    return words(page.get_by_role("alert"))
