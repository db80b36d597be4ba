"""E-mail: a notice that something waits on the customer web, never what it is about.

An operation calls ``queue_notice`` in its own transaction; a task on the recipient composes the
letter and hands it over. The text says nothing of the case and holds no personnummer (H53, H59):
it names the customer web's address, which comes from the settings and never from a request.
Customers who chose ”Analog” get none (H42).

A letter goes out at most once. While the mail server is down or not set up the task waits, for
days; what the server refused for good is dead; what broke off while it was handed over is
uncertain, and can be looked up at the mail server by its Message-ID, which holds the task's id.

Where letters go: to Plone's mail host, whose settings are the registry records of the mail control
panel; in a demo (``SP_MAIL_DIR``) to that folder, as ``<task id>.eml``.

For letters of another kind (with a one-use link, say) a task view of the feature uses ``compose``
and ``deliver`` itself.
"""

from .composing import Letter, compose
from .delivery import EFFECT, deliver
from .interfaces import IMailRecipient
from .queueing import queue_notice
from .texts import NoticeKind

__all__ = ["EFFECT", "IMailRecipient", "Letter", "NoticeKind", "compose", "deliver", "queue_notice"]
