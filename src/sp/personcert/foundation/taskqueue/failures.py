"""What a task raises to say how it failed; anything else is a general failure.

The text of these errors is kept with the task and shown to administrators: it is a code or a
short sentence of ours, never what another system answered (that may hold an address).
"""

import traceback


class TaskFailure(Exception):
    """Base of the failures that the queue treats in a way of their own."""


class Definite(TaskFailure):
    """The outside effect surely did not happen: tried again like any failure."""


class RetryLater(Definite):
    """Something outside is down or not set up: wait for it, for days."""


class GiveUp(Definite):
    """It surely did not happen, and trying again cannot help."""


class Uncertain(TaskFailure):
    """The outside effect may or may not have happened: a person decides."""


def frames_of(error: BaseException) -> str:
    """Where it went wrong, for the log; without the error's words, which may name a person."""
    return f"{type(error).__name__}\n{''.join(traceback.format_tb(error.__traceback__))}"
