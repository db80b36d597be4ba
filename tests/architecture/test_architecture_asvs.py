"""The table of OWASP ASVS 5.0: whole, in its own words of state, and with a reason where one is owed."""

import re
from collections import Counter
from dataclasses import dataclass

from tests.architecture.sources import TOP, report

TABLE = TOP / "docs" / "security" / "asvs.md"
IDS = TOP / "tests" / "architecture" / "asvs_5_0.txt"
STATES = {"met", "departure", "open", "not applicable"}
ROW = re.compile(r"\| (\d+\.\d+\.\d+) \| (\d) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|")
SUMMARY = re.compile(r"\| ([a-z ]+) \| [^|]+ \| (\d+) \|")


@dataclass(frozen=True)
class Line:
    """One requirement."""

    number: str
    level: str
    wording: str
    state: str
    why: str


def lines() -> list[Line]:
    """The table."""
    found = [ROW.fullmatch(line) for line in TABLE.read_text(encoding="utf-8").splitlines()]
    return [Line(*match.groups()) for match in found if match]


def test_every_requirement_of_levels_1_and_2_stands_in_the_table_once():
    asked = dict(line.split() for line in IDS.read_text(encoding="utf-8").splitlines())
    counted = Counter(line.number for line in lines())
    wrong = sorted(number for number in asked.keys() | counted.keys() if counted[number] != (number in asked))
    assert not wrong, report("Each requirement has one line.", wrong)
    assert {line.number: line.level for line in lines()} == asked


def test_every_line_has_a_state_and_says_where_or_why():
    wrong = [line.number for line in lines() if line.state not in STATES or len(line.why) < 4]
    wrong += [line.number for line in lines() if line.state in {"departure", "open"} and len(line.why) < 25]
    assert not wrong, report(f"A state is one of {sorted(STATES)}, with a place or a reason.", wrong)


def test_the_states_are_counted_at_the_top():
    text = TABLE.read_text(encoding="utf-8")
    told = {state: int(count) for state, count in SUMMARY.findall(text) if state in STATES}
    assert told == Counter(line.state for line in lines())
