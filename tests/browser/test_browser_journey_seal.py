"""The journey goes on: the certificate is signed while nobody waits, and the customer fetches it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from sp.personcert.foundation.clock import today
from tests.browser import walks
from tests.browser.files import tool, verdict
from tests.browser.people import CUSTOMER_NUMBER
from tests.browser.serving import Site, eventually
from tests.browser.story import Story

pytestmark = pytest.mark.browser

Browse = Callable[..., Page]
OLD_NUMBER = "SC1603-12"
LAST_DAY = today().replace(year=today().year + 5).isoformat()
NAME = re.compile(rf"Certifikat_(SC\d{{4,6}}-\d{{2}})_{CUSTOMER_NUMBER}_{LAST_DAY}\.pdf")


@pytest.mark.handbook("H1", "H3", "H4", "H43", "H45", "H46", "H51", "H85", "H143", "H167")
def test_the_certificate_lies_in_the_archive_within_seconds(site: Site, browse: Browse, story: Story) -> None:
    page = browse("ceper")
    page.goto(f"{story.case_url}/@@arkiv")

    def new() -> list[re.Match[str]]:
        page.reload()
        return [found for name in walks.archived(page) if (found := NAME.fullmatch(name))]

    (found,) = eventually(new)
    story.certificate_number = found[1]
    fields = walks.fields(page)
    assert fields["Certifikat nr:"] == found[1] != OLD_NUMBER
    assert fields["Behörighet:"] == "Ansvarig AB"
    assert fields["Giltig t.o.m.:"] == LAST_DAY
    assert fields["Publicerad:"] == "Ja"
    assert walks.tabs(page) == ["Meddelanden", "Arkiv", "Din adress"]
    assert page.request.get(f"{story.case_url}/@@ladda-upp-intyg").status == 404
    expect(page.get_by_role("main")).to_contain_text(
        "Vi rekommenderar därför våra kunder att absolut använda"
    )
    expect(page.get_by_role("main")).to_contain_text("Att publicera en bild på sitt certifikat på en hemsida")
    with page.expect_download() as saving:
        page.get_by_role("link", name=found[0]).click()
    story.certificate = saving.value.path().read_bytes()


@pytest.mark.handbook("H1", "H2", "H167")
def test_independent_tools_accept_the_file(site: Site, story: Story, tmp_path) -> None:
    path = tmp_path / "certificate.pdf"
    path.write_bytes(story.certificate)
    signed = tool("pdfsig", path)
    assert "Signature Validation: Signature is Valid." in signed and "Total document signed" in signed
    assert signed.count("Signature #") == 1
    assert "No syntax or stream encoding errors found" in tool("qpdf", "--check", path)
    assert verdict(story.certificate, site.var / "signing").accepted
    text = tool("pdftotext", path, "-")
    for word in (
        "CE Person Test",
        story.certificate_number,
        "Brunnsborrare",
        "Ansvarig AB",
        LAST_DAY,
        "TEST",
    ):
        assert word in text
    assert "811218" not in text


@pytest.mark.handbook("H55", "H59")
def test_a_message_and_a_letter_tell_of_the_decision(site: Site, browse: Browse, story: Story) -> None:
    page = browse("ceper")
    page.goto(f"{story.case_url}/@@meddelanden")
    entry = walks.unfold(page, f"Ditt certifikat {story.certificate_number} ligger i Arkiv.")
    expect(entry).to_contain_text("SPPER")
    expect(walks.thread(page, story.certificate_number)).to_contain_text("Beslut")
    # the first letter is about the demonstration's own certificate
    (letter,) = eventually(lambda: site.letters("ceper@example.se", "Ditt certifikat är klart")[1:])
    text = letter.get_body(("plain",)).get_content()
    assert f"{site.url}/start" in text
    assert story.certificate_number not in text and "Brunnsborrare" not in text
