"""Who visits, and how a person logs in."""

from playwright.sync_api import Page

from sp.personcert.demo.people import PASSWORD
from tests.browser.serving import Site

CUSTOMER_NUMBER = "C129289"
CASE_NUMBER = "ca555436"
PERSONNUMMER = "811218-9876"


def fill_login(page: Page, user_name: str, password: str = PASSWORD) -> None:
    """Fill in the login form and send it."""
    page.get_by_label("Användarnamn:").fill(user_name)
    page.get_by_label("Lösenord:").fill(password)
    page.locator("main").get_by_role("button", name="Logga in", exact=True).click()


def log_in(page: Page, site: Site, user_name: str) -> None:
    """Log in with the password of the demonstration."""
    page.goto(f"{site.url}/login")
    fill_login(page, user_name)
    page.wait_for_url(lambda url: "/login" not in url)
