"""What the queue promises whoever is killed, and the killing."""

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from tests.foundation.taskqueue.crash_probes import COUNT, MAIL
from tests.foundation.taskqueue.killed_server import Seen, Server
from tests.foundation.taskqueue.smtp_sink import Sink
from tests.programs import Program


@dataclass(frozen=True)
class Amount:
    """How much is done in a test of faults."""

    counts: int
    mails: int
    kills: int


IS_FULL = int(os.environ.get("SP_TORTURE", "1")) > 1
AMOUNT = Amount(400, 80, 8) if IS_FULL else Amount(40, 20, 3)


class Moment(StrEnum):
    """What a consumer is doing when it is killed."""

    SENDING = "a letter that the server has not taken"
    TAKEN = "a letter that the server has taken"
    COUNTING = "a task that counts"


MOMENTS = tuple(Moment)


@dataclass
class Killer:
    """Ends consumers in the middle of tasks: of one that sends a letter that the mail server has not taken
    yet, of one whose letter it has taken, of one that counts, and so on.

    Never twice in one task: the queue ends such a task on purpose, as one that takes its process down.
    """

    server: Server
    sink: Sink
    victims: list[Seen] = field(default_factory=list)

    def kill(
        self, program: Program, consumer: str, others: Sequence[Program] = (), within: float = 60.0
    ) -> None:
        """kill -9 at a moment that is the next kind's turn.

        :param others: consumers that are held still meanwhile, or they would do all that there is to do.
        """
        wanted = MOMENTS[len(self.victims) % len(MOMENTS)]
        end = time.monotonic() + within
        for other in others:
            other.signal(signal.SIGSTOP)
        try:
            while not self._is_caught(program, consumer, wanted):
                assert time.monotonic() < end, f"{consumer} was never met at: {wanted}"
                time.sleep(random.uniform(0.0, 0.1))
            program.end(signal.SIGKILL)
        finally:
            for other in others:
                other.signal(signal.SIGCONT)

    def _is_caught(self, program: Program, consumer: str, wanted: Moment) -> bool:
        """Hold it still and look at what it does; whether it may be killed so."""
        program.signal(signal.SIGSTOP)
        time.sleep(0.02)
        known = {victim.id for victim in self.victims}
        tasks = [one for one in self.server.tasks() if one.state == "running" and one.consumer == consumer]
        if len(tasks) == 1 and tasks[0].id not in known and self._moment(tasks[0], wanted):
            self.victims.append(tasks[0])
            return True
        program.signal(signal.SIGCONT)
        return False

    def _moment(self, seen: Seen, wanted: Moment) -> bool:
        if wanted is Moment.COUNTING:
            return seen.view == COUNT
        return seen.effects == ("started",) and (seen.id in self.sink.tasks) == (wanted is Moment.TAKEN)

    def check_victims(self, tasks: Sequence[Seen]) -> None:
        """Letters that were being sent when the process was killed are uncertain, and no others are."""
        uncertain = {one.id for one in tasks if one.state == "uncertain"}
        assert uncertain == {victim.id for victim in self.victims if victim.view == MAIL}
        assert uncertain & set(self.sink.tasks), "no letter was taken before the kill"


def check(tasks: Sequence[Seen], count: int, accepted: Sequence[str], amount: Amount) -> None:
    """All that is promised.

    :param count: the counter in the database.
    :param accepted: ids of the tasks whose letters the mail server took, each as often as it did.
    """
    counts = Counter(one.state for one in tasks if one.view == COUNT)
    mails = {one.id: one.state for one in tasks if one.view == MAIL}
    done = {task_id for task_id, state in mails.items() if state == "done"}
    assert counts == {"done": amount.counts}, "a task was lost, or came to another end"
    assert count == amount.counts, "an effect in the database happened twice or not at all"
    assert len(mails) == amount.mails and set(mails.values()) <= {"done", "uncertain"}, Counter(
        mails.values()
    )
    assert not accepted or max(Counter(accepted).values()) == 1, "a letter was sent twice"
    assert done <= set(accepted) <= set(mails), "a letter counts as sent and was not"
    assert not amount.kills or any(one.crashes for one in tasks), "nobody was killed in the middle"
