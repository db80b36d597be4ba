"""What of stock Plone stays open on the site root and on stock pages, each name with its reason.

Whoever does not hold ``Use Plone's frame`` reaches our own views and these, and nothing else: a
stock view that comes with an upgrade is closed until it stands here.
"""

from collections.abc import Mapping

STOCK_NAMES: Mapping[str, str] = {
    "robots.txt": "search engines ask for it; holds nothing of a person",
    "favicon.ico": "browsers ask for it",
    "images": "pictures in stock pages",
    "download": "files that stock pages link to",
}
