"""What is typed and where one may be sent."""

import pytest

from sp.personcert.accounts.domain import site_path, without_invisible_ends


@pytest.mark.handbook("H14")
@pytest.mark.parametrize(
    "pasted",
    ["hemligt", " hemligt ", "\ufeffhemligt", "hemligt\u200b", "\u00a0hemligt\u00a0\r\n", "\u2060hemligt\t"],
)
def test_what_cannot_be_seen_at_the_ends_does_not_count(pasted):
    assert without_invisible_ends(pasted) == "hemligt"


def test_a_space_inside_a_password_counts():
    assert without_invisible_ends(" ett långt lösenord ") == "ett långt lösenord"
    assert without_invisible_ends(" \u200b ") == ""


@pytest.mark.parametrize(
    "path", ["/", "/kundwebb/start", "/kundwebb/kunder/a/b/@@arkiv?sortera=namn&omvand=1"]
)
def test_a_path_of_this_host_is_kept(path):
    assert site_path(path) == path


@pytest.mark.parametrize(
    "address",
    [
        "",
        "start",
        "//example.org/",
        "/\\example.org",
        "\\\\example.org",
        "https://example.org/start",
        "javascript:alert(1)",
        "/\t/example.org",
        "/a\r\nSet-Cookie: x=1",
        "/ /example.org",
        "/" + "a" * 3000,
    ],
)
def test_a_way_to_somewhere_else_is_dropped(address):
    assert site_path(address) == ""
