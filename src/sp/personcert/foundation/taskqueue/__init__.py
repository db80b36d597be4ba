"""Tasks: a browser view, named by its path, that runs soon after the commit, apart from the request.

The contract is collective.taskqueue's: ``add(url, method, params, headers, payload, queue)`` with
``key`` and ``user_id`` besides. A task view is registered for the layer ``ITaskQueueLayer``, so
it has no address on the web; ZPublisher runs it like any page, with its own transaction.

What is guaranteed:

* **Together with the transaction.** ``add`` writes a record in the ZODB in the caller's own
  transaction. Aborted: nothing was queued. Committed: the task is never lost.
* **Exactly once in the ZODB.** The transaction of the task is the one that marks it done.
* **Once for each key.** The id of a task is a hash of its key; a second ``add`` finds the first.
* **At most once outside, and never silently lost.** What cannot be taken back (an e-mail) happens
  inside ``effect``, which is marked before and after in commits of its own. If the process dies
  between, nobody can know whether it happened: the task is *uncertain*, for a person to decide.
* **A failing task ends.** General failures are retried eight times over about six hours, waiting
  for something outside (``RetryLater``) lasts five days, a task that takes its process down twice
  is not tried a third time. What has given up is *dead* and keeps the reason; *uncertain* when it had
  begun something outside.

What a record holds: site paths, ids and codes. Never hosts, texts, addresses, tokens or personal
data: the task reads them anew, and refuses what is no longer allowed.

huey carries wake-ups only; losing every one of them delays a task until the next sweep, at most a
minute. Queue from a POST or from another task: plone.protect takes back what a GET writes.

Where they run: in one thread of the server, or in processes of their own (``personcert-worker``).
docs/how-to/add-a-task.md says how to add one, docs/operations.md what the environment may hold.
"""

from .effects import effect, is_done
from .failures import Definite, GiveUp, RetryLater, Uncertain
from .queue import add, known_task, task_path

__all__ = [
    "Definite",
    "GiveUp",
    "RetryLater",
    "Uncertain",
    "add",
    "effect",
    "is_done",
    "known_task",
    "task_path",
]
