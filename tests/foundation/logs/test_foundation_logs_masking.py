"""What a log may not hold is taken out of any text, and the rest stays."""

import time

import pytest

from sp.personcert.foundation.logs.masking import MASK, masked

NUMBERS = [
    "198112189876",
    "19811218-9876",
    "8112189876",
    "811218-9876",
    "811218+9876",
    "19811218 9876",
    "811218 - 9876",
    "811218\u20139876",
    "811218%2B9876",
    "811278-9873",  # samordningsnummer
    "200001019999",
    "189912319999",
]
SECRETS = [
    ("GET /valj-losenord?kod={} HTTP/1.1", "aZ-_09.~x"),
    ("/valj-losenord?a=1&kod={}&b=2", "s3cr3t"),
    ("form_token={}&creation_id=1", "deadbeef"),
    ("{{'password': '{}', 'user_name': 'ceper'}}", "Berg och vatten 7, \\'så"),
    ('{{"password": "{}"}}', "Berg och vatten 7"),
    ("{{'password': ['{}', 'b']}}", "Berg och vatten"),
    ("password={}", "Berg-och-vatten-7"),
    ("new_password: {}", "Berg-och-vatten-7"),
    ("lösenord={}", "Berg-och-vatten-7"),
    ("{{'current': '{}', 'private': ''}}", "Berg och"),
    ("&new={}&repeated=x", "Berg%20och"),
    ("{{'kod': '{}'}}", "123456"),
    ("Cookie: {}", "kw-session=abc; kw-form=def"),
    ("'HTTP_COOKIE': '{}', 'PATH': '/'", "kw-session=abc; kw-form=def"),
    ("Set-Cookie: {}", "__Host-kw-session=abc; Secure"),
    ("kw-form={}; x", "abc"),
    ("__Host-kw-session={};", "abc.def"),
    ("__ac={} ", "YWJjZGVm"),
    ("Authorization: {}", "Basic YWRtaW46YWRtaW4="),
    ("sent Bearer {} to", "eyJhbGciOiJIUzI1NiJ9.e30.abcdefgh"),
    ("password='{}", "broken off and going on"),
    ("_authenticator={}", "0123abcd"),
]
STAYS = [
    "2026-11-24 12:00:00,123 INFO [x] Task 5d2f1a3c-8b1e-4a0e-9c59-7e1d7a0a9c11 failed",
    "Audit batch 12 of /plone with 30 entries: " + "198112189876abcd" * 4,
    "/kunder/43e776afb39d487783ce127e5ea8ab22/@@hamta",
    "C129289 ca555436 FX216494 SC1603-12 010-516 63 03",
    "Basic authentication is off; the code is 500, the password was wrong",
    "8113189876 8112329876 9876",
    "sha256 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
]


@pytest.mark.wall
@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("frame", ["{}", "nr={}.", "pnr{}", "kund {} finns", "('{}',)", "x_{}_y", "/{}/view"])
def test_a_personnummer_is_masked_wherever_it_stands(number, frame):
    assert masked(frame.format(number)) == frame.format(MASK)


@pytest.mark.wall
@pytest.mark.parametrize(("text", "secret"), SECRETS)
def test_a_secret_is_masked_and_its_name_stays(text, secret):
    found = masked(f"before {text.format(secret)}\nafter")
    assert secret not in found and MASK in found
    assert all(word not in found for word in secret.split() if len(word) > 3)
    assert found.startswith("before ") and found.endswith("after")


@pytest.mark.parametrize("text", STAYS)
def test_what_is_no_secret_stays(text):
    assert masked(text) == text


@pytest.mark.wall
@pytest.mark.parametrize(
    "piece", ["a", "password", "kod='", "19", "token.", "\\'", "cookie", "8112189", "b'"]
)
def test_a_strangers_long_text_costs_little(piece):
    text = (piece * 200_000)[:200_000]
    begin = time.process_time()
    masked(text)
    assert time.process_time() - begin < 2
