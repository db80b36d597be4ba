"""Make a real site, with nobody in Zope's root: ``bin/instance run scripts/new_site.py --help``.

The server is stopped meanwhile. The first administrator gets a letter with a one-use link once it runs.
"""

import argparse
import sys
from typing import Any

import transaction
from AccessControl.SecurityManagement import newSecurityManager
from AccessControl.SpecialUsers import system
from plone import api
from plone.distribution.api.site import create
from Testing.makerequest import makerequest
from zope.component.hooks import setSite
from zope.globalrequest import setRequest
from zope.interface import alsoProvides

from sp.personcert.accounts.operations.opening import open_staff_account
from sp.personcert.interfaces import IPersonCertLayer

PROFILE = "profile-sp.personcert:default"
ADMINISTRATORS = "personcert-administrators"
ANSWERS = {
    "title": "Kundwebben",
    "description": "",
    "default_language": "sv",
    "portal_timezone": "Europe/Stockholm",
    "setup_content": False,
}


def read_options() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(prog="new_site.py", description=__doc__)
    parser.add_argument("base_url", help="public address, such as https://kundwebb.example.se")
    parser.add_argument("sender", help="the site's own e-mail address")
    parser.add_argument("user_name", help="of the first administrator")
    parser.add_argument("full_name")
    parser.add_argument("email")
    parser.add_argument("--site-id", default="kundwebb")
    parser.add_argument("--smtp-host", default="localhost")
    # the runner of scripts puts words of its own before ours
    place = next(at for at, given in enumerate(sys.argv) if given.endswith(parser.prog))
    return parser.parse_args(sys.argv[place + 1 :])


def make(root: Any, options: argparse.Namespace) -> None:
    """Everything in one transaction: the site is there as a whole, or not at all."""
    setRequest(root.REQUEST)
    newSecurityManager(None, system.__of__(root.acl_users))
    site = create(root, "classic", {"site_id": options.site_id, **ANSWERS})
    setSite(site)
    site.portal_setup.runAllImportStepsFromProfile(PROFILE)
    alsoProvides(root.REQUEST, IPersonCertLayer)
    site.portal_registry["sp.personcert.base_url"] = options.base_url
    site.portal_registry["plone.smtp_host"] = options.smtp_host
    site.portal_registry["plone.email_from_address"] = options.sender
    with api.env.adopt_roles(["Personcert Administrator"]):
        open_staff_account(options.user_name, options.full_name, options.email, [ADMINISTRATORS])
    transaction.commit()
    print(f"/{options.site_id} is made. {options.user_name} gets a letter when the server runs.")


make(makerequest(globals()["app"]), read_options())
