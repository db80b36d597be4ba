"""Many people at once, through the publisher: none lost, none twice."""

import os
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import transaction

from sp.personcert.foundation.audit import verify
from sp.personcert.messages import queries
from tests.reading import address

COUNT = 6 * int(os.environ.get("SP_TORTURE", "1"))
CLIENTS = ("ceper", "handlaggare", "handlaggare2", "beslutsfattare")


def send_all(person: Any, case: Any, name: str) -> list[int]:
    """Begin ``COUNT`` threads, one after the other."""
    answers = []
    for turn in range(COUNT):
        form = person.see(address(case, "nytt-meddelande")).forms["nytt"]
        form["text"], form["message_type"] = f"{name} {turn}", "Notering"
        answers.append(person.submit(form, "do", value="save").status_int)
    return answers


@pytest.mark.torture
def test_four_people_write_in_one_case_at_once(visitor: Any, case: Any, portal: Any) -> None:
    found = case("ceper", "brunnsborrare")
    people = {name: visitor(name) for name in CLIENTS}
    with ThreadPoolExecutor(len(CLIENTS)) as pool:
        answers = list(pool.map(lambda name: send_all(people[name], found, name), CLIENTS))
    transaction.begin()
    texts = [entry.text for thread in queries.threads(found) for entry in thread.entries]
    wanted = {f"{name} {turn}" for name in CLIENTS for turn in range(COUNT)}
    assert {status for row in answers for status in row} == {303}
    assert wanted <= set(texts)
    assert len(texts) == len(set(texts)), "a message was stored twice"
    assert verify(portal) == []
