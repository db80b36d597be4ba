"""Pictures of the demo's pages at two widths, in every role: ``make screenshots``.

Makes its own site in ``var/screenshots-site`` and serves it while the pictures are taken. The two
pictures of the README are taken anew in ``docs/images``.
"""

import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from instance import SITE_ID, Instance
from serve import Stop, check_port, wait_until_served
from visitor import Account, read_accounts

TOP = Path(__file__).resolve().parent.parent
PORT = 8098
CHROMIUM = "/usr/bin/chromium"
WIDTHS = {"wide": 1280, "narrow": 390}
HEIGHT = 900
PUBLIC = ("", "login", "ansokan", "register", "kontrollera", "fragor-och-svar", "personcertifiering")
OWN = ("start", "personcertifiering", "mina-certifieringar")
OFFICER = ("arenden",)
README_IMAGES = TOP / "docs" / "images"
CUSTOMER, CASE_TITLE, CERTIFIED_TITLE = "ceper", "Brunnsborrare", "Energiexpert"


def file_name(who: str, path: str, width: str) -> str:
    """A picture's file name from visitor, path and width."""
    page = re.sub(r"[^a-z0-9]+", "-", path.lower()).strip("-") or "front"
    return f"{who}--{page}--{width}.png"


def log_in(page: Any, site: str, account: Account) -> None:
    """Fill the login form as a person does."""
    page.goto(f"{site}/login")
    page.fill("#user_name", account.login)
    page.fill("input[type=password]", account.password)
    page.press("input[type=password]", "Enter")
    page.wait_for_load_state()


def own_pages(page: Any, site: str) -> list[str]:
    """What a customer's start page and case pages link to, as paths below the site."""
    page.goto(f"{site}/mina-certifieringar")
    found: list[str] = []
    for link in page.eval_on_selector_all("main a[href]", "links => links.map(link => link.href)"):
        if link.startswith(f"{site}/kunder/") and "@@hamta" not in link:
            found.append(link[len(site) + 1 :].split("#")[0])
    if found:
        page.goto(f"{site}/{found[0]}")
        links = page.eval_on_selector_all("nav a[href]", "links => links.map(link => link.href)")
        found += [link[len(site) + 1 :].split("#")[0] for link in links if link.startswith(f"{site}/kunder/")]
    return list(dict.fromkeys(found))[:12]


def shoot(page: Any, site: str, who: str, paths: list[str], folder: Path) -> None:
    """Take each page at each width."""
    for path in paths:
        for label, width in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": HEIGHT})
            page.goto(f"{site}/{path}")
            page.screenshot(path=str(folder / file_name(who, path, label)), full_page=True)


def take_for_readme(page: Any, site: str, account: Account) -> None:
    """The case page, and the verify page's answer about the certificate that the archive holds."""
    README_IMAGES.mkdir(parents=True, exist_ok=True)
    page.set_viewport_size({"width": WIDTHS["wide"], "height": HEIGHT})
    log_in(page, site, account)
    page.goto(f"{site}/mina-certifieringar")
    page.click(f"main a:text-is('{CASE_TITLE}')")
    page.screenshot(path=str(README_IMAGES / "case-page.png"), full_page=True)
    page.goto(f"{site}/mina-certifieringar")
    page.click(f"main a:text-is('{CERTIFIED_TITLE}')")
    page.click(".kw-tabs a:has-text('Arkiv')")
    with page.expect_download() as download:
        page.click("a[href$='@@hamta']:has-text('Certifikat_')")
    certificate = str(download.value.path())
    page.goto(f"{site}/kontrollera")
    page.set_input_files("input[type=file]", certificate)
    page.click("button:has-text('Kontrollera filen')")
    page.screenshot(path=str(README_IMAGES / "verify-page.png"), full_page=True)


def visits(accounts: list[Account]) -> list[tuple[str, Account | None, tuple[str, ...]]]:
    """(label, account, fixed pages) of everybody who is shown."""
    found: list[tuple[str, Account | None, tuple[str, ...]]] = [("public", None, PUBLIC)]
    for account in accounts:
        found.append((account.login, account, OWN if account.is_customer else OFFICER))
    return found


def take(instance: Instance, folder: Path) -> int:
    """Drive one Chromium through all visits; returns the number of pictures."""
    from playwright.sync_api import sync_playwright

    site = f"http://127.0.0.1:{instance.port}/{SITE_ID}"
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for who, account, pages in visits(read_accounts(instance.accounts)):
            page = browser.new_context(locale="sv-SE").new_page()
            paths = list(pages)
            if account:
                log_in(page, site, account)
                paths += own_pages(page, site) if account.is_customer else []
            shoot(page, site, who, paths, folder)
        customer = next(found for found in read_accounts(instance.accounts) if found.login == CUSTOMER)
        take_for_readme(browser.new_context(locale="sv-SE").new_page(), site, customer)
        browser.close()
    return len(list(folder.glob("*.png")))


def main() -> int:
    """Serve a fresh site and take the pictures."""
    instance = Instance(TOP / "var" / "screenshots-site", PORT)
    folder = TOP / "var" / "screenshots"
    for old in (instance.var, folder):
        shutil.rmtree(old, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        check_port(PORT)
    except Stop as reason:
        print(f"make screenshots: {reason}", file=sys.stderr)
        return 1
    serve = Path(__file__).with_name("serve.py")
    command = [sys.executable, str(serve), "--port", str(PORT), "--var", str(instance.var)]
    server = subprocess.Popen(command)
    try:
        if not wait_until_served(f"http://127.0.0.1:{PORT}/{SITE_ID}"):
            return 1
        print(f"{take(instance, folder)} pictures in {folder}")
        return 0
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)


if __name__ == "__main__":
    sys.exit(main())
