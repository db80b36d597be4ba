"""The bare layer: a site with the add-on and nobody in it."""

from typing import Any

import transaction
from plone import api
from plone.app.contenttypes.testing import PLONE_APP_CONTENTTYPES_FIXTURE
from plone.app.testing import PloneSandboxLayer, applyProfile
from Products.SiteErrorLog.SiteErrorLog import SiteErrorLog
from ZPublisher.HTTPRequest import HTTPRequest

from . import environment

CONFLICT_RETRIES = 10  # max-conflict-retries of the served instances' zope.conf
BASE_URL = "https://kundwebb.example.se/plone"  # where the layer puts the site

__all__ = ["BASE_URL", "PersonCertLayer", "environment"]


class PersonCertLayer(PloneSandboxLayer):
    """The add-on as a site would load and install it. Each test works on a copy."""

    defaultBases = (PLONE_APP_CONTENTTYPES_FIXTURE,)

    def setUpZope(self, app: Any, configurationContext: Any) -> None:
        """Load the package."""
        import sp.personcert

        self.loadZCML(package=sp.personcert)
        self.loadZCML("overrides.zcml", package=sp.personcert)
        if "error_log" not in app.objectIds():
            app._setObject("error_log", SiteErrorLog())
        self.retries, HTTPRequest.retry_max_count = HTTPRequest.retry_max_count, CONFLICT_RETRIES

    def tearDownZope(self, app: Any) -> None:
        """Leave the process as it was."""
        HTTPRequest.retry_max_count = self.retries

    def setUpPloneSite(self, portal: Any) -> None:
        """Apply the profile."""
        applyProfile(portal, "sp.personcert:default")
        api.portal.set_registry_record("sp.personcert.base_url", BASE_URL)
        transaction.commit()
