"""What of stock Plone stays open on the site root and on stock pages, each name with its reason.

Whoever does not hold ``Use Plone's frame`` reaches our own views and these, and nothing else: a
stock view that comes with an upgrade is closed until it stands here.
"""

from collections.abc import Mapping

CLOSED_TO_ALL = frozenset(
    {
        *("personal-information", "personal-preferences", "user-information", "user-preferences", "author"),
        *(
            "change-password",
            "passwordreset",
            "login-help",
            "mail_password",
            "mail_password_form",
            "register",
        ),
        *("new-user", "usergroup-userprefs", "usergroup-usermembership", "pwreset_form", "registered"),
    }
)
"""Stock pages about accounts, closed in Plone's frame as well: they go round our rules and leave no entry."""

STOCK_NAMES: Mapping[str, str] = {
    "robots.txt": "search engines ask for it; holds nothing of a person",
    "favicon.ico": "browsers ask for it",
    "images": "pictures in stock pages",
    "download": "files that stock pages link to",
}
