"""Make the site with its demo data in an empty instance folder: ``make_site.py VAR``.

The caller gives a folder that is thrown away when this script fails, so no step needs to be undone.
"""

import argparse
import json
import logging
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from instance import SITE_ID, Instance, write_private

PROFILE = "profile-sp.personcert:default"
ANSWERS = {
    "site_id": SITE_ID,
    "title": "Kundwebben",
    "description": "",
    "default_language": "sv",
    "portal_timezone": "Europe/Stockholm",
    "setup_content": False,
}


def open_root(instance: Instance) -> Any:
    """Start Zope without a server and return its root, acting as its administrator."""
    from AccessControl.SecurityManagement import newSecurityManager
    from Testing.makerequest import makerequest
    from zope.globalrequest import setRequest
    from Zope2.Startup.run import configure_wsgi

    configure_wsgi(str(instance.conf))
    import Zope2

    root = makerequest(Zope2.app(), environ={"SERVER_URL": f"http://127.0.0.1:{instance.port}"})
    setRequest(root.REQUEST)
    user = root.acl_users.getUser("admin")
    newSecurityManager(None, user.__of__(root.acl_users))
    return root


def create_site(root: Any) -> Any:
    """Create the Plone Classic site in Swedish and return it."""
    from plone.distribution.api.site import create
    from zope.component.hooks import setSite

    site = create(root, "classic", ANSWERS)
    setSite(site)
    return site


def install(site: Any, port: int, notice_minutes: int | None = None) -> None:
    """Apply the add-on's profile, and say where letters and QR codes lead and how long notices wait."""
    from zope.interface import alsoProvides

    from sp.personcert.interfaces import IPersonCertLayer

    site.portal_setup.runAllImportStepsFromProfile(PROFILE)
    site.portal_registry["sp.personcert.base_url"] = f"http://127.0.0.1:{port}/{SITE_ID}"
    if notice_minutes is not None:
        site.portal_registry["sp.personcert.notice_minutes"] = notice_minutes
    alsoProvides(site.REQUEST, IPersonCertLayer)


def build_demo(site: Any, accounts: Path) -> None:
    """Let the add-on make its demo data, and list who can log in."""
    from sp.personcert.demo import people
    from sp.personcert.demo.operations import build

    build(site)
    write_private(accounts, json.dumps(people.accounts(), ensure_ascii=False, indent=2) + "\n")


def step(label: str, work: Callable[[], Any]) -> Any:
    """Do one step in a transaction of its own and say how long it took."""
    import transaction

    print(f"  {label} ...", end=" ", flush=True)
    begin = time.monotonic()
    answer = work()
    transaction.commit()
    print(f"{time.monotonic() - begin:.0f} s", flush=True)
    return answer


def make(
    instance: Instance,
    demo: bool,
    extra: Callable[[Any], Any] | None = None,
    notice_minutes: int | None = None,
) -> None:
    """Fill an empty instance folder. ``extra`` is one more step, given the site."""
    os.environ.update(instance.environment(embedded_tasks=False))
    instance.write()
    instance.write_admin()
    logging.basicConfig(filename=instance.log, level=logging.INFO)
    root = step("starting Zope", lambda: open_root(instance))
    site = step("creating the Plone site", lambda: create_site(root))
    step("installing sp.personcert", lambda: install(site, instance.port, notice_minutes))
    if demo:
        step("making demo data", lambda: build_demo(site, instance.accounts))
    if extra:
        step("adding what this run needs", lambda: extra(site))
    root._p_jar.db().close()


def main(argv: list[str]) -> int:
    """Make the site in the folder given."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("var", type=Path)
    parser.add_argument("--port", type=int, default=8080)
    parser.add_argument("--bare", action="store_true", help="without demo data")
    parser.add_argument("--notice-minutes", type=int, help="how long notices to one person are gathered")
    options = parser.parse_args(argv)
    instance = Instance(options.var.resolve(), options.port)
    make(instance, demo=not options.bare, notice_minutes=options.notice_minutes)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
