"""The child process: the same verdicts as in the process itself, and an end to whatever runs away."""

import json
import os
import time

import pytest

from sp.personcert.foundation.pdf.checking import check
from sp.personcert.foundation.pdf.child import (
    GIBIBYTE,
    LARGEST_ANSWER,
    OPEN_FILES,
    Limits,
    ask,
    check_in_child,
    decode_answer,
    decode_question,
    encode_answer,
    encode_question,
)
from sp.personcert.foundation.pdf.verdicts import Reason, Verdict
from tests.foundation.pdf import tampering
from tests.foundation.pdf.workshop import Workshop

RUNAWAY = "tests.foundation.pdf.runaway"
ONE_SECOND = Limits(seconds=1, memory=GIBIBYTE)
TEN_SECONDS = Limits(seconds=10, memory=GIBIBYTE)


def test_the_child_gives_the_same_verdicts(workshop: Workshop) -> None:
    for document in (workshop.signed, tampering.replace_page(workshop.signed), b""):
        assert check_in_child(document, workshop.trust) == check(document, workshop.trust)


def test_a_well_behaved_child_answers() -> None:
    assert ask(RUNAWAY, b"good day", TEN_SECONDS) == b"good day"


@pytest.mark.parametrize("question", [b"spin", b"sleep"])
def test_a_child_that_takes_too_long_is_ended(question: bytes) -> None:
    start = time.monotonic()
    assert ask(RUNAWAY, question, ONE_SECOND) == b""
    assert time.monotonic() - start < 5


@pytest.mark.parametrize("question", [b"grow", b"crash", b"open"])
def test_a_child_that_breaks_a_limit_fails_at_once(question: bytes) -> None:
    start = time.monotonic()
    assert ask(RUNAWAY, question, TEN_SECONDS) == b""
    assert time.monotonic() - start < 5


def test_the_limits_are_hard() -> None:
    limits = json.loads(ask(RUNAWAY, b"limits", TEN_SECONDS))
    assert limits == [[value, value] for value in (10, GIBIBYTE, LARGEST_ANSWER, OPEN_FILES, 0)]


def test_a_child_cannot_say_more_than_an_answer_holds() -> None:
    assert len(ask(RUNAWAY, b"chatter", TEN_SECONDS)) <= LARGEST_ANSWER


def test_the_service_s_settings_are_not_in_the_child_s_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SP_SECRET", "passphrase")
    environment = json.loads(ask(RUNAWAY, b"environment", TEN_SECONDS))
    assert set(environment) <= {"PYTHONPATH", "LC_ALL", "LC_CTYPE"}


@pytest.mark.parametrize("limits", [(0, GIBIBYTE), (20, 20_000_000)], ids=["no time", "no memory"])
def test_a_check_that_cannot_run_is_a_verdict(workshop: Workshop, limits: tuple[int, int]) -> None:
    assert check_in_child(workshop.signed, workshop.trust, *limits) == Verdict(Reason.ERROR)


def test_a_child_writes_no_byte_code(workshop: Workshop) -> None:
    """Byte code cut short by the limit of file size would break the next start of the service."""
    from sp.personcert.foundation.pdf import checking

    cached = checking.__cached__
    if os.path.exists(cached):
        os.unlink(cached)
    assert check_in_child(workshop.signed, workshop.trust).accepted
    assert not os.path.exists(cached)


def test_questions_and_answers_survive_the_way(workshop: Workshop) -> None:
    document = b"%PDF-1.7\n\n\x00\xff\n"
    assert decode_question(encode_question(document, workshop.trust)) == (document, workshop.trust)
    verdict = check(workshop.signed, workshop.trust)
    assert decode_answer(encode_answer(verdict)) == verdict


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"{}",
        b"[]",
        b"\xff",
        b'{"reason": "fine", "unchanged": true, "ours": true, "signed_at": null}',
        b'{"reason": "accepted", "unchanged": "yes", "ours": true, "signed_at": null}',
        b'{"reason": "accepted", "unchanged": true, "ours": 1, "signed_at": null}',
        b'{"reason": "accepted", "unchanged": true, "ours": true, "signed_at": "today"}',
    ],
)
def test_nonsense_is_not_a_verdict(answer: bytes) -> None:
    assert decode_answer(answer) == Verdict(Reason.ERROR)
