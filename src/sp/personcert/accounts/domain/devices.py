"""Which browser on which system: what a browser says of itself, read with two short tables."""

from dataclasses import dataclass

_BROWSERS = (  # the first that fits: most browsers also call themselves Chrome and Safari
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Vivaldi/", "Vivaldi"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True)
class Device:
    """Names of a browser and a system, "" for what is not known."""

    browser: str = ""
    system: str = ""

    @classmethod
    def of(cls, agent: str) -> "Device":
        """What the header User-Agent claims (RFC 9110 section 10.1.5). Nothing proves it."""
        return cls(_first(_BROWSERS, agent), _first(_SYSTEMS, agent))


def _first(table: tuple[tuple[str, str], ...], agent: str) -> str:
    return next((name for mark, name in table if mark in agent), "")
