"""The frame of every page that is not Plone's own."""

from datetime import date
from typing import Any

from plone import api
from plone.keyring.interfaces import IKeyManager
from plone.protect.auto import ProtectTransform
from zope.component import getUtility
from zope.interface import implementer

from sp.personcert.interfaces import IOwnView

from ..addresses import path_of_site
from ..identity import current_user_id
from ..walls.headers import set_security_headers
from .views import CompiledView

MONTHS = {
    "sv": [
        "januari",
        "februari",
        "mars",
        "april",
        "maj",
        "juni",
        "juli",
        "augusti",
        "september",
        "oktober",
        "november",
        "december",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}


@implementer(IOwnView)
class Page(CompiledView):
    """Base of every view in the skeleton. Its template uses the macro ``view/frame``."""

    def __call__(self) -> Any:
        self.prepare()
        return self.checked(self.render())

    def prepare(self) -> None:
        """Strict headers, and no transform chain: it would parse and serialize the page anew."""
        set_security_headers(self.request.response)
        self.request.environ["plone.transformchain.disable"] = True

    def render(self) -> Any:
        """The page itself."""
        return self.index()

    def checked(self, result: Any) -> Any:
        """What plone.protect's transform would have checked: a page that is read writes nothing."""
        if current_user_id():
            transform = ProtectTransform(self, self.request)
            transform.site, transform.key_manager = api.portal.get(), getUtility(IKeyManager)
            transform.check()
        return result

    @property
    def frame(self) -> Any:
        """The skeleton's macro."""
        return self.macro("personcert-page", "page")

    @property
    def site_url(self) -> str:
        """The path of the site, "" at the root of its host; no page of ours names a host."""
        return path_of_site()

    @property
    def home_url(self) -> str:
        """The path of the front page."""
        return self.site_url or "/"

    @property
    def url(self) -> str:
        """The path of the content."""
        return str(self.context.absolute_url_path())

    def day(self, value: date) -> str:
        """14 december 2026. Not toLocalizedTime: that costs 0.5 ms for each date."""
        return f"{value.day} {MONTHS[self.language][value.month - 1]} {value.year}"
