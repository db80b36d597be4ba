"""What a browser says of itself, told in two words."""

import pytest

from sp.personcert.accounts.domain.devices import Device

MOZILLA = "Mozilla/5.0 "
WEBKIT = "AppleWebKit/537.36 "


@pytest.mark.parametrize(
    ("agent", "browser", "system"),
    [
        (
            f"{MOZILLA}(Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0",
            "Firefox",
            "Windows",
        ),
        (
            f"{MOZILLA}(Windows NT 10.0; Win64; x64) {WEBKIT}Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0",
            "Edge",
            "Windows",
        ),
        (
            f"{MOZILLA}(Macintosh; Intel Mac OS X 10_15_7) {WEBKIT}Version/18.1 Safari/605.1.15",
            "Safari",
            "Mac",
        ),
        (
            f"{MOZILLA}(iPhone; CPU iPhone OS 18_1 like Mac OS X) {WEBKIT}CriOS/131.0 Mobile Safari/604.1",
            "Chrome",
            "iPhone",
        ),
        (
            f"{MOZILLA}(Linux; Android 14; SM-S911B) {WEBKIT}SamsungBrowser/27.0 Chrome/125.0 Mobile",
            "Samsung Internet",
            "Android",
        ),
        (
            f"{MOZILLA}(X11; CrOS x86_64 14541.0.0) {WEBKIT}Chrome/131.0.0.0 Safari/537.36",
            "Chrome",
            "ChromeOS",
        ),
        (f"{MOZILLA}(X11; Linux x86_64) {WEBKIT}Chrome/131.0 Safari/537.36 OPR/116.0", "Opera", "Linux"),
        ("Wget/1.21.3", "", ""),
        ("<b>Firefox", "", ""),
        ("", "", ""),
    ],
)
def test_a_browser_is_told_by_the_first_mark_that_fits(agent, browser, system):
    assert Device.of(agent) == Device(browser, system)
